import Records

/// The parts of a path inside the drawn domain.
struct ClippedPath {
  enum End: Equatable {
    /// The last recorded point is inside.
    case inside
    /// The path ends outside; it was last inside after this step.
    case left(step: Int)
    /// The path is never inside.
    case never
  }

  /// Sequences of points (step, x, y, loss) without gaps.
  var pieces: [[[Double]]] = []
  var end = End.never

  /// Last point inside.
  var last: (x: Double, y: Double)? { pieces.last?.last.map { ($0[1], $0[2]) } }

  init(_ path: Trajectory, within domain: Landscape) {
    let points = Self.thinned(path, domain)
    var piece: [[Double]] = []
    func close() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = []
    }
    if points.count == 1, Self.contains(points[0], domain) { piece = [Self.row(points[0], path)] }
    for (from, to) in zip(points, points.dropFirst()) {
      guard let (enter, leave) = Self.clip(from, to, domain) else {
        close()
        continue
      }
      if piece.isEmpty { piece.append(Self.row(Self.between(from, to, enter), path)) }
      piece.append(Self.row(Self.between(from, to, leave), path))
      end = leave < 1 ? .left(step: path.steps[from.index]) : .inside
      if leave < 1 { close() }
    }
    close()
    if let last = points.last, Self.contains(last, domain) { end = .inside }
  }

  private typealias Point = (index: Int, x: Double, y: Double)

  private static func row(_ point: Point, _ path: Trajectory) -> [Double] {
    [Double(path.steps[point.index]), point.x, point.y, path.loss[point.index]]
  }

  private static func between(_ from: Point, _ to: Point, _ share: Double) -> Point {
    if share >= 1 { return to }
    return (from.index, from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
  }

  private static func contains(_ point: Point, _ domain: Landscape) -> Bool {
    (domain.x.lower...domain.x.upper).contains(point.x)
      && (domain.y.lower...domain.y.upper).contains(point.y)
  }

  /// Points up to the first non-finite one, without those that nearly coincide.
  private static func thinned(_ path: Trajectory, _ domain: Landscape) -> [Point] {
    let width = domain.x.upper - domain.x.lower
    let height = domain.y.upper - domain.y.lower
    var kept: [Point] = []
    var pending: Point?
    for index in path.x.indices {
      let point = (index: index, x: path.x[index], y: path.y[index])
      guard point.x.isFinite, point.y.isFinite else { break }
      guard let last = kept.last else {
        kept.append(point)
        continue
      }
      let distance = max(abs(point.x - last.x) / width, abs(point.y - last.y) / height)
      pending = distance < 1e-3 ? point : nil
      if pending == nil { kept.append(point) }
    }
    if let pending { kept.append(pending) }
    let limit = 20_000
    guard kept.count > limit else { return kept }
    let stride = (kept.count + limit - 1) / limit
    return kept.indices.filter { $0 % stride == 0 || $0 == kept.count - 1 }.map { kept[$0] }
  }

  /// Fractions of a segment at which it enters and leaves the domain (Liang and Barsky 1984).
  private static func clip(_ from: Point, _ to: Point, _ domain: Landscape) -> (Double, Double)? {
    var enter = 0.0
    var leave = 1.0
    for (start, delta, axis) in [
      (from.x, to.x - from.x, domain.x), (from.y, to.y - from.y, domain.y),
    ] {
      if delta == 0 {
        guard (axis.lower...axis.upper).contains(start) else { return nil }
        continue
      }
      let first = (axis.lower - start) / delta
      let second = (axis.upper - start) / delta
      enter = max(enter, min(first, second))
      leave = min(leave, max(first, second))
    }
    return enter <= leave ? (enter, leave) : nil
  }

  /// About `count` evenly spaced vertices of the path, the first after `phase` of the spacing.
  func waypoints(_ count: Int, phase: Double, within domain: Landscape) -> [[Double]] {
    let width = domain.x.upper - domain.x.lower
    let height = domain.y.upper - domain.y.lower
    func length(_ from: [Double], _ to: [Double]) -> Double {
      let x = (to[1] - from[1]) / width
      let y = (to[2] - from[2]) / height
      return (x * x + y * y).squareRoot()
    }
    let total = pieces.reduce(0.0) { sum, piece in
      zip(piece, piece.dropFirst()).reduce(sum) { $0 + length($1.0, $1.1) }
    }
    let spacing = total / Double(count)
    guard spacing > 0.02 else { return [] }
    var next = spacing * phase
    var traveled = 0.0
    var found: [[Double]] = []
    for piece in pieces {
      for (from, to) in zip(piece, piece.dropFirst()) {
        traveled += length(from, to)
        if traveled >= next {
          found.append(to)
          while next <= traveled { next += spacing }
        }
      }
    }
    return found
  }
}
