/// The sums that end residual blocks.
enum ResidualSum {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func add<Scalar: BLASScalar>(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int,
    into sum: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { sum[index] = a[index] + b[index] }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func accumulate<Scalar: BLASScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int, into sum: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { sum[index] += a[index] }
  }
}
