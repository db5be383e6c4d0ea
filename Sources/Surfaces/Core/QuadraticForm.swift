/// ½(x − c)ᵀQ(x − c), Q a symmetric matrix of given eigenvalues in rotated axes.
struct QuadraticForm: Hashable, Sendable {
  let dimension: Int
  /// Entries row by row; symmetric.
  let hessian: [Double]
  var center: [Double]

  /// Q = RᵀΛR.
  ///
  /// - Complexity: O(*n*³).
  init(eigenvalues: [Double], rotation: [Double]) {
    let count = eigenvalues.count
    precondition(rotation.count == count * count, "a rotation of as many coordinates")
    dimension = count
    center = [Double](repeating: 0, count: count)
    var hessian = [Double](repeating: 0, count: count * count)
    for (axis, eigenvalue) in eigenvalues.enumerated() {
      let direction = rotation[(axis * count)..<((axis + 1) * count)]
      for row in 0..<count {
        let weight = eigenvalue * direction[direction.startIndex + row]
        for column in 0..<count {
          hessian[row * count + column] += weight * direction[direction.startIndex + column]
        }
      }
    }
    self.hessian = hessian
  }

  func value(at point: Span<Double>) -> Double {
    var sum = 0.0
    for row in 0..<dimension { sum += (point[row] - center[row]) * derivative(row, at: point) }
    return 0.5 * sum
  }

  func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    var sum = 0.0
    for row in 0..<dimension {
      let derivative = derivative(row, at: point)
      gradient[row] = derivative
      sum += (point[row] - center[row]) * derivative
    }
    return 0.5 * sum
  }

  /// Row `row` of Q(x − c), in eight sums so that the loop is vectorized.
  @inline(__always)
  private func derivative(_ row: Int, at point: Span<Double>) -> Double {
    precondition(point.count == dimension, "a point of \(dimension) coordinates")
    let entries = hessian.span
    let center = center.span
    let first = row * dimension
    var sums = SIMD8<Double>()
    var column = 0
    while column + 8 <= dimension {
      var entry = SIMD8<Double>()
      var offset = SIMD8<Double>()
      for lane in 0..<8 {
        entry[lane] = entries[unchecked: first + column + lane]
        offset[lane] = point[unchecked: column + lane] - center[unchecked: column + lane]
      }
      sums += entry * offset
      column += 8
    }
    var sum = sums.sum()
    while column < dimension {
      sum += entries[first + column] * (point[column] - center[column])
      column += 1
    }
    return sum
  }
}
