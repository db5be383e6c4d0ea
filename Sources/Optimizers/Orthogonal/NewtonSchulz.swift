import LinearAlgebra

/// Orthogonalizes a matrix by a quintic Newton–Schulz iteration.
///
/// X ← aX + (bA + cA²)X with A = XXᵀ keeps singular vectors and moves singular values toward 1. A matrix with more rows than
/// columns is multiplied from the right, with A = XᵀX, so that A has the shorter side.
struct NewtonSchulz<Scalar: KernelScalar>: Sendable {
  let shape: MatrixShape
  let polynomials: NewtonSchulzPolynomials
  let iterations: Int
  /// Smallest norm to divide by.
  var epsilon = 1e-7

  private var side: Int { min(shape.rows, shape.columns) }

  /// Scalars of scratch: the successor of X, A and bA + cA².
  static func scratchCount(_ shape: MatrixShape) -> Int {
    let side = min(shape.rows, shape.columns)
    return side > 1 ? shape.count + 2 * side * side : 0
  }

  /// Orthogonalizes a matrix in place.
  @inline(__always)
  func orthogonalize(_ x: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>) {
    let norm = VectorPrimitives.norm(x, shape.count)
    // Written so that a NaN is no small norm.
    let divisor = norm <= epsilon ? epsilon : norm
    if side == 1 { return scale(x, norm: norm, divisor: divisor) }
    let inverse = Scalar(divisor)
    for index in 0..<shape.count { x[index] /= inverse }
    var current = x
    var next = scratch
    for iteration in 0..<iterations {
      improve(current, into: next, gram: scratch + shape.count, at: iteration)
      swap(&current, &next)
    }
    if current != x { x.update(from: current, count: shape.count) }
  }

  @inline(__always)
  private func improve(
    _ x: UnsafeMutablePointer<Scalar>, into next: UnsafeMutablePointer<Scalar>,
    gram: UnsafeMutablePointer<Scalar>, at iteration: Int
  ) {
    let (a, b, c) = polynomials.polynomial(at: iteration)
    let polynomial = gram + side * side
    let isTall = shape.rows > shape.columns
    DenseMatrix.addGram(side: side, inner: shape.count / side, x, transposed: isTall, to: gram)
    DenseMatrix.mirror(side: side, gram)
    polynomial.update(from: gram, count: side * side)
    DenseMatrix.addGram(
      side: side, inner: side, gram, alpha: Scalar(c), beta: Scalar(b), to: polynomial)
    next.update(from: x, count: shape.count)
    DenseMatrix.multiply(
      rows: shape.rows, columns: shape.columns, symmetric: polynomial, onRight: isTall, x,
      beta: Scalar(a), into: next)
  }

  /// The iteration on one singular value.
  @inline(__always)
  private func scale(_ x: UnsafeMutablePointer<Scalar>, norm: Double, divisor: Double) {
    var value = norm / divisor
    for iteration in 0..<iterations {
      let (a, b, c) = polynomials.polynomial(at: iteration)
      let square = value * value
      value *= a + square * (b + square * c)
    }
    let factor = Scalar(norm == 0 ? 0 : value / norm)
    for index in 0..<shape.count { x[index] *= factor }
  }
}
