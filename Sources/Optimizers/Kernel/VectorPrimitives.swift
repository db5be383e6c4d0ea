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

  @inline(__always)
  static func norm<Scalar: KernelScalar>(_ a: UnsafePointer<Scalar>, _ count: Int) -> Double {
    squaredNorm(a, count).squareRoot()
  }

  /// Σ|aᵢ|.
  @inline(__always)
  static func absoluteSum<Scalar: KernelScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    sum(count) { abs(Double(a[$0])) }
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
