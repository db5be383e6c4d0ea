extension Surface {
  /// Derivatives at many points at once, coordinate by coordinate: coordinate k of point i is at k · `count` + i,
  /// in `points` and in `gradients`, so that one update rule steps over all of them in a single pass.
  ///
  /// - Parameters:
  ///   - points: `dimension` × `count` values.
  ///   - gradients: As many values; overwritten.
  public func manyGradients(
    at points: Span<Double>, count: Int, into gradients: inout MutableSpan<Double>
  ) {
    let dimension = dimension
    precondition(
      points.count == dimension * count && gradients.count == dimension * count,
      "points and gradients must have \(dimension) × \(count) values")
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * dimension) { scratch in
      scratch.initialize(repeating: 0)
      let point = UnsafeMutableBufferPointer(rebasing: scratch[..<dimension])
      let gradient = UnsafeMutableBufferPointer(rebasing: scratch[dimension...])
      for index in 0..<count {
        for axis in 0..<dimension { point[axis] = points[axis &* count &+ index] }
        var span = gradient.mutableSpan
        _ = value(at: point.span, gradient: &span)
        for axis in 0..<dimension { gradients[axis &* count &+ index] = gradient[axis] }
      }
    }
  }
}
