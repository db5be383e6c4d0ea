import Records

extension Landscape {
  /// Whether gnuplot can place the samples as pixels: it multiplies distances, which must not overflow.
  var canBeImage: Bool {
    [x.upper - x.lower, y.upper - y.lower].allSatisfy { (1e-100...1e100).contains($0) }
  }

  /// Value of the sample nearest to `point`.
  func value(near point: Point) -> Double {
    func index(_ position: Double, _ axis: Axis) -> Int {
      let share = (position - axis.lower) / (axis.upper - axis.lower)
      let last = Double(axis.count - 1)
      return Int(clamped: (min(max(share, 0), 1) * last).rounded(), to: last)
    }
    return values[index(point.y, y) * x.count + index(point.x, x)]
  }

  /// The same surface on a grid of at least `count` samples per side, by cubic convolution
  /// (Keys 1981, a = −1/2).
  ///
  /// Without it, narrow valleys between the samples would look like strings of beads.
  func refined(to count: Int) -> Landscape {
    let columns = max(count, x.count)
    let rows = max(count, y.count)
    guard columns > x.count || rows > y.count else { return self }
    let wide = (0..<y.count).map { row in
      Self.resampled(Array(values[(row * x.count)..<((row + 1) * x.count)]), to: columns)
    }
    var result = [Double](repeating: 0, count: columns * rows)
    for column in 0..<columns {
      for (row, value) in Self.resampled(wide.map { $0[column] }, to: rows).enumerated() {
        result[row * columns + column] = value
      }
    }
    return Landscape(
      x: Axis(lower: x.lower, upper: x.upper, count: columns),
      y: Axis(lower: y.lower, upper: y.upper, count: rows), values: result, start: start,
      landmarks: landmarks)
  }

  private static func resampled(_ samples: [Double], to count: Int) -> [Double] {
    let last = samples.count - 1
    return (0..<count).map { index in
      let position = Double(index) * Double(last) / Double(count - 1)
      let cell = min(Int(position), last - 1)
      let t = position - Double(cell)
      let b = samples[cell]
      let c = samples[cell + 1]
      // A neighbor beyond the edge continues the parabola, which keeps quadratics exact.
      let a =
        cell > 0 ? samples[cell - 1] : extended(b, c, cell + 2 <= last ? samples[cell + 2] : nil)
      let d =
        cell + 2 <= last ? samples[cell + 2] : extended(c, b, cell > 0 ? samples[cell - 1] : nil)
      guard a.isFinite, b.isFinite, c.isFinite, d.isFinite else { return t < 0.5 ? b : c }
      let value =
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
      // Cubics overshoot at cliffs; interpolated values stay within the range of the samples.
      return min(max(value, min(a, b, c, d)), max(a, b, c, d))
    }
  }

  private static func extended(_ edge: Double, _ next: Double, _ third: Double?) -> Double {
    guard let third else { return 2 * edge - next }
    return 3 * edge - 3 * next + third
  }
}

extension DataFile {
  /// Adds a surface as gnuplot's `nonuniform matrix`: the x of each column, then a row per y.
  @discardableResult
  mutating func matrix(_ title: String, _ landscape: Landscape) -> Int {
    // Where a surface overflows, it gets the highest finite value.
    let highest = landscape.values.filter(\.isFinite).max() ?? 0
    let values = landscape.values.map { $0 == .infinity ? highest : $0 }
    var rows = [[Double(landscape.x.count)] + (0..<landscape.x.count).map(landscape.x.position)]
    for row in 0..<landscape.y.count {
      let start = row * landscape.x.count
      rows.append(
        [landscape.y.position(row)] + values[start..<(start + landscape.x.count)])
    }
    return block(
      title, columns: ["columns and their x; then y and the values of its row"], rows: rows)
  }
}
