/// Reductions over vectors, summed in `Double` whatever the scalar.
///
/// Eight partial sums, so that the loop has vectors; the order of summation depends on the length alone.
enum VectorPrimitives {
  /// Σ term(i) for i in 0..<*count*.
  @inline(__always)
  static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
    var lanes = SIMD8<Double>(repeating: 0)
    let whole = count & ~7
    var index = 0
    while index < whole {
      lanes += SIMD8(
        term(index), term(index &+ 1), term(index &+ 2), term(index &+ 3),
        term(index &+ 4), term(index &+ 5), term(index &+ 6), term(index &+ 7))
      index &+= 8
    }
    var total = lanes.sum()
    while index < count {
      total += term(index)
      index &+= 1
    }
    return total
  }

  @inline(__always)
  static func dot<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    sum(count) { Double(a[$0]) * Double(b[$0]) }
  }

  @inline(__always)
  static func squaredNorm<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    sum(count) { Double(a[$0]) * Double(a[$0]) }
  }

  /// ‖a‖; finite and above 0 wherever it can be written as a number.
  @inline(__always)
  static func norm<Scalar: KernelScalar>(_ a: UnsafePointer<Scalar>, _ count: Int) -> Double {
    norm(count) { Double(a[$0]) }
  }

  /// √Σ value(i)² for i in 0..<*count*, scaled where squares would overflow or vanish (Blue 1978, "A portable Fortran program
  /// to find the Euclidean norm of a vector").
  @inline(__always)
  static func norm(_ count: Int, _ value: (Int) -> Double) -> Double {
    let square = sum(count) {
      let value = value($0)
      return value * value
    }
    // Nothing helps where an entry is not a number.
    if holdsSquares(square) || square.isNaN { return square.squareRoot() }
    return scaledNorm(count, value).product
  }

  /// Whether a sum of squares lost none of them: neither infinite nor so small that they vanish beside it.
  @inline(__always)
  static func holdsSquares(_ sum: Double) -> Bool { sum >= 1e-270 && sum.isFinite }

  /// A norm as a power of two and a factor between 1 and √*count*, which multiply to ∞ where they must.
  struct ScaledNorm {
    var scale: Double
    var factor: Double
    var product: Double { scale * factor }
  }

  /// The scale is 0, ∞ or NaN, and the factor 1, where an entry is no finite number or all are 0.
  ///
  /// Out of line: it is seldom run, and would take registers from the loops around it.
  @inline(never)
  static func scaledNorm(_ count: Int, _ value: (Int) -> Double) -> ScaledNorm {
    // Zeros, as biases begin, and NaN need no more than this sum, which cannot vanish.
    let total = sum(count) { abs(value($0)) }
    guard total > 0 else { return ScaledNorm(scale: total, factor: 1) }
    var largest = 0.0
    for index in 0..<count {
      let size = abs(value(index))
      // A NaN is taken and kept.
      largest = size <= largest || largest.isNaN ? largest : size
    }
    guard largest > 0, largest.isFinite else { return ScaledNorm(scale: largest, factor: 1) }
    let scale = largest.binade
    let square = sum(count) {
      let value = value($0) / scale
      return value * value
    }
    return ScaledNorm(scale: scale, factor: square.squareRoot())
  }

  /// √(Σ aᵢ²/n), without overflow where it can be written as a number.
  @inline(__always)
  static func rootMeanSquare<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    let square = squaredNorm(a, count)
    guard holdsSquares(square) else { return scaledRootMeanSquare(a, count) }
    return (square / Double(count)).squareRoot()
  }

  @inline(never)
  private static func scaledRootMeanSquare<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    let norm = scaledNorm(count) { Double(a[$0]) }
    return norm.scale * (norm.factor / Double(count).squareRoot())
  }

  /// Σ|aᵢ|.
  @inline(__always)
  static func absoluteSum<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    sum(count) { abs(Double(a[$0])) }
  }

  /// 1/Σ|aᵢ|, above 0 although the sum may overflow; ∞ for zeros.
  @inline(__always)
  static func inverseAbsoluteSum<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    let total = absoluteSum(a, count)
    guard total == .infinity else { return 1 / total }
    let largest = absoluteMaximum(a, count)
    return 1 / largest / sum(count) { abs(Double(a[$0])) / largest }
  }

  /// max|aᵢ|; NaN if any entry is.
  @inline(__always)
  static func absoluteMaximum<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    var largest: Scalar = 0
    for index in 0..<count {
      let value = abs(a[index])
      // Written so that a NaN is taken and, once taken, kept.
      largest = value <= largest || largest.isNaN ? largest : value
    }
    return Double(largest)
  }

  /// y ← y + factor·x.
  @inline(__always)
  static func add<Scalar: KernelScalar>(
    _ factor: Double, times x: UnsafePointer<Scalar>, to y: UnsafeMutablePointer<Scalar>,
    _ count: Int
  ) {
    let factor = Scalar(factor)
    for index in 0..<count { y[index] += factor * x[index] }
  }
}
