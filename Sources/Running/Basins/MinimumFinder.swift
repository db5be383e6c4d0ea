import Records
import Surfaces

/// The minima in which a crowd of points ended: those that the surface declares, and others found from the points.
struct MinimumFinder {
  private let surface: any Surface
  /// Points closer than this to a minimum have reached it.
  private let radius: Double
  private(set) var minima: [BasinMap.Minimum] = []

  /// Cells with fewer points than there are better ones are not looked at: a chaotic map ends everywhere.
  private static let candidateLimit = 4096
  private static let polishingSteps = 50

  init(_ surface: any Surface, radius: Double, ends: [(x: Double, y: Double)]) {
    self.surface = surface
    self.radius = radius
    minima = surface.criticalPoints.filter { $0.kind == .minimum }.map {
      BasinMap.Minimum(
        point: Landscape.Point(x: $0.point[0], y: $0.point[1]), value: $0.value, isDeclared: true)
    }
    for end in candidates(among: ends) where minimum(near: end) == nil {
      if let found = polished(end), minimum(near: (found.point.x, found.point.y)) == nil {
        minima.append(found)
      }
    }
  }

  /// Index of the closest minimum within the radius.
  func minimum(near point: (x: Double, y: Double)) -> Int? {
    var best: (index: Int, distance: Double)?
    for (index, minimum) in minima.enumerated() {
      let (dx, dy) = (point.x - minimum.point.x, point.y - minimum.point.y)
      let distance = (dx * dx + dy * dy).squareRoot()
      if distance <= radius, distance < best?.distance ?? .infinity { best = (index, distance) }
    }
    return best?.index
  }

  /// One point from each cell of a grid as fine as the radius, the fullest cells first.
  private func candidates(among ends: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    struct Cell: Hashable, Comparable {
      var column: Int
      var row: Int
      static func < (a: Cell, b: Cell) -> Bool { (a.row, a.column) < (b.row, b.column) }
    }
    var cells: [Cell: (count: Int, point: (x: Double, y: Double))] = [:]
    for end in ends where end.x.isFinite && end.y.isFinite && minimum(near: end) == nil {
      let (column, row) = ((end.x / radius).rounded(), (end.y / radius).rounded())
      // A point this far out is on its way to infinity.
      guard abs(column) < 1e9, abs(row) < 1e9 else { continue }
      cells[Cell(column: Int(column), row: Int(row)), default: (0, end)].count += 1
    }
    // The cell decides between equals: the order of a dictionary differs from run to run.
    return cells.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .prefix(Self.candidateLimit).map(\.value.point)
  }

  /// The minimum next to a point, by Newton's method; `nil` if that leads away or to no minimum.
  private func polished(_ start: (x: Double, y: Double)) -> BasinMap.Minimum? {
    var point = start
    for _ in 0..<Self.polishingSteps {
      guard let step = newtonStep(at: point) else { return nil }
      let length = (step.x * step.x + step.y * step.y).squareRoot()
      // A step as long as half the radius at most, or it may leap into the next basin.
      let scale = min(1, radius / 2 / length)
      if length > 0 { point = (point.x + step.x * scale, point.y + step.y * scale) }
      let (dx, dy) = (point.x - start.x, point.y - start.y)
      guard (dx * dx + dy * dy).squareRoot() <= radius else { return nil }
      guard length > radius * 1e-9 else {
        return BasinMap.Minimum(
          point: Landscape.Point(x: point.x, y: point.y), value: value(at: point).value,
          isDeclared: false)
      }
    }
    return nil
  }

  /// Where the second-order model has its minimum, relative to `point`; `nil` unless the Hessian is positive definite.
  private func newtonStep(at point: (x: Double, y: Double)) -> (x: Double, y: Double)? {
    // The Hessian by central differences of the gradient.
    let width = radius * 1e-4
    func gradient(_ dx: Double, _ dy: Double) -> (x: Double, y: Double) {
      value(at: (point.x + dx, point.y + dy)).gradient
    }
    let (right, left) = (gradient(width, 0), gradient(-width, 0))
    let (up, down) = (gradient(0, width), gradient(0, -width))
    let xx = (right.x - left.x) / (2 * width)
    let yy = (up.y - down.y) / (2 * width)
    let xy = (right.y - left.y + up.x - down.x) / (4 * width)
    let (here, determinant) = (gradient(0, 0), xx * yy - xy * xy)
    // A valley floor has no minimum of its own: its determinant is rounding.
    guard xx + yy > 0, determinant > (xx + yy) * (xx + yy) * 1e-7 else { return nil }
    return (
      x: (xy * here.y - yy * here.x) / determinant, y: (xy * here.x - xx * here.y) / determinant
    )
  }

  private func value(
    at point: (x: Double, y: Double)
  ) -> (value: Double, gradient: (x: Double, y: Double)) {
    let point = [point.x, point.y]
    var gradient = [0.0, 0.0]
    var span = gradient.mutableSpan
    let value = surface.value(at: point.span, gradient: &span)
    return (value, (gradient[0], gradient[1]))
  }
}
