/// Orthogonalizes a matrix by a quintic Newton–Schulz iteration, without allocating.
///
/// X ← aX + (bA + cA²)X with A = XXᵀ keeps singular vectors and moves singular values toward 1. Works on the wide form:
/// a matrix with more rows than columns is transposed.
struct NewtonSchulz<Scalar: KernelScalar> {
  /// Whether the result is the transpose of the matrix given.
  let isTransposed: Bool
  /// Rows and columns of the wide form.
  private let height: Int
  private let width: Int
  private let scratch: UnsafeMutablePointer<Scalar>

  /// Scalars of scratch: X, its successor, Xᵀ, A and bA + cA².
  static func scratchCount(_ rows: Int, _ columns: Int) -> Int {
    let height = min(rows, columns)
    return 3 * rows * columns + 2 * height * height
  }

  init(rows: Int, columns: Int, scratch: UnsafeMutablePointer<Scalar>) {
    isTransposed = rows > columns
    height = min(rows, columns)
    width = max(rows, columns)
    self.scratch = scratch
  }

  /// The wide form of the matrix with these entries (row-major as given), orthogonalized; lives in the scratch.
  @inline(__always)
  func orthogonalized(
    a: Scalar, b: Scalar, c: Scalar, iterations: Int, epsilon: Double, entry: (Int) -> Scalar
  ) -> UnsafeMutablePointer<Scalar> {
    let count = height * width
    var current = scratch
    var next = scratch + count
    let transpose = scratch + 2 * count
    let gram = scratch + 3 * count
    let polynomial = gram + height * height
    if isTransposed {
      for row in 0..<width {
        for column in 0..<height {
          current[column &* width &+ row] = entry(row &* height &+ column)
        }
      }
    } else {
      for index in 0..<count { current[index] = entry(index) }
    }
    let norm = VectorPrimitives.norm(current, count)
    // Written so that a NaN is no small norm.
    let divisor = Scalar(norm <= epsilon ? epsilon : norm)
    for index in 0..<count { current[index] /= divisor }
    for _ in 0..<iterations {
      for row in 0..<height {
        for column in 0..<width {
          transpose[column &* height &+ row] = current[row &* width &+ column]
        }
      }
      gram.update(repeating: 0, count: height * height)
      Self.multiply(current, transpose, into: gram, height, width, height)
      for index in 0..<height * height { polynomial[index] = b * gram[index] }
      // c·A takes the place of Xᵀ, which is done with.
      for index in 0..<height * height { transpose[index] = c * gram[index] }
      Self.multiply(transpose, gram, into: polynomial, height, height, height)
      for index in 0..<count { next[index] = a * current[index] }
      Self.multiply(polynomial, current, into: next, height, height, width)
      swap(&current, &next)
    }
    return current
  }

  /// C ← C + A·B for A of m×k, B of k×n, row-major; rows of B pass four at a time, so that C is read and written less.
  @inline(__always)
  private static func multiply(
    _ a: UnsafeMutablePointer<Scalar>, _ b: UnsafeMutablePointer<Scalar>,
    into c: UnsafeMutablePointer<Scalar>, _ m: Int, _ k: Int, _ n: Int
  ) {
    for row in 0..<m {
      let target = c + row &* n
      let factors = a + row &* k
      var inner = 0
      while inner &+ 4 <= k {
        let (f0, f1, f2, f3) = (
          factors[inner], factors[inner &+ 1], factors[inner &+ 2], factors[inner &+ 3]
        )
        let b0 = b + inner &* n
        let (b1, b2, b3) = (b0 + n, b0 + 2 &* n, b0 + 3 &* n)
        for column in 0..<n {
          target[column] +=
            (f0 * b0[column] + f1 * b1[column]) + (f2 * b2[column] + f3 * b3[column])
        }
        inner &+= 4
      }
      while inner < k {
        let factor = factors[inner]
        let source = b + inner &* n
        for column in 0..<n { target[column] += factor * source[column] }
        inner &+= 1
      }
    }
  }
}
