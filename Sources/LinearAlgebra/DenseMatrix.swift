/// Products, eigenvectors and orthonormal bases of dense matrices, row-major and without gaps.
///
/// Large matrices go to OpenBLAS and its LAPACK, unless the package is built without the trait `OpenBLAS`. Small ones
/// are computed here: that costs less than a call, and the results on surfaces are the same with every library and processor.
///
/// A symmetric matrix is given by its lower triangle; what is above it is neither read nor written.
package enum DenseMatrix {
  /// Multiplications up to which a product is made here.
  static let smallProduct = 1024
  /// Rows up to which a matrix is factored here.
  static let smallSide = 16

  /// C ← α·A·B + β·C, where A is `rows`×`inner`, B is `inner`×`columns` and a transposed factor is stored the other way
  /// round. With β = 0, C is not read.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func multiply<Scalar: BinaryFloatingPoint>(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Scalar>, transposed transposedA: Bool = false,
    _ b: UnsafePointer<Scalar>, transposed transposedB: Bool = false,
    alpha: Scalar = 1, beta: Scalar = 0, into c: UnsafeMutablePointer<Scalar>
  ) {
    #if OpenBLAS
      if rows * columns * inner > smallProduct {
        return Library.multiply(
          rows: rows, columns: columns, inner: inner, a, transposed: transposedA, b,
          transposed: transposedB, alpha: alpha, beta: beta, into: c)
      }
    #endif
    Portable.multiply(
      rows: rows, columns: columns, inner: inner, a, transposed: transposedA, b,
      transposed: transposedB, alpha: alpha, beta: beta, into: c)
  }

  /// C ← α·A·Aᵀ + β·C for an A of `side`×`inner`, or α·Aᵀ·A + β·C for a transposed one, stored as `inner`×`side`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func addGram<Scalar: BinaryFloatingPoint>(
    side: Int, inner: Int, _ a: UnsafePointer<Scalar>, transposed: Bool = false,
    alpha: Scalar = 1, beta: Scalar = 0, to c: UnsafeMutablePointer<Scalar>
  ) {
    #if OpenBLAS
      if side * side * inner > smallProduct {
        return Library.addGram(
          side: side, inner: inner, a, transposed: transposed, alpha: alpha, beta: beta, to: c)
      }
    #endif
    Portable.addGram(
      side: side, inner: inner, a, transposed: transposed, alpha: alpha, beta: beta, to: c)
  }

  /// C ← α·S·B + β·C for a symmetric S of as many rows as B has, or α·B·S + β·C for one of as many as B has columns.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func multiply<Scalar: BinaryFloatingPoint>(
    rows: Int, columns: Int, symmetric s: UnsafePointer<Scalar>, onRight: Bool,
    _ b: UnsafePointer<Scalar>,
    alpha: Scalar = 1, beta: Scalar = 0, into c: UnsafeMutablePointer<Scalar>
  ) {
    #if OpenBLAS
      if rows * columns * (onRight ? columns : rows) > smallProduct {
        return Library.multiply(
          rows: rows, columns: columns, symmetric: s, onRight: onRight, b, alpha: alpha, beta: beta,
          into: c)
      }
    #endif
    Portable.multiply(
      rows: rows, columns: columns, symmetric: s, onRight: onRight, b, alpha: alpha, beta: beta,
      into: c)
  }

  /// Copies the lower triangle of a square matrix to the upper one, in blocks that stay in the cache.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func mirror<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>
  ) {
    let block = 32
    for firstRow in stride(from: 0, to: side, by: block) {
      for firstColumn in stride(from: 0, through: firstRow, by: block) {
        for row in firstRow..<min(firstRow + block, side) {
          for column in firstColumn..<max(firstColumn, min(firstColumn + block, row)) {
            a[column &* side &+ row] = a[row &* side &+ column]
          }
        }
      }
    }
  }

  /// Replaces a symmetric matrix by its eigenvectors, one a row, and writes the eigenvalues in ascending order. All are NaN
  /// where an entry is not finite.
  ///
  /// - Complexity: O(`side`³).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func diagonalize<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>, values: UnsafeMutablePointer<Scalar>
  ) {
    guard side > 0 else { return }
    mirror(side: side, a)
    guard isFinite(a, side * side) else {
      a.update(repeating: .nan, count: side * side)
      return values.update(repeating: .nan, count: side)
    }
    #if OpenBLAS
      if side > smallSide, Library.diagonalize(side: side, a, values: values) { return }
    #endif
    Portable.diagonalize(side: side, a, values: values)
  }

  /// Replaces the rows of a square matrix by orthonormal ones, the first *k* of which span what the first *k* rows did. All are
  /// NaN where an entry is not finite.
  ///
  /// - Complexity: O(`side`³).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func orthonormalizeRows<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>
  ) {
    guard side > 0 else { return }
    guard isFinite(a, side * side) else {
      return a.update(repeating: .nan, count: side * side)
    }
    #if OpenBLAS
      if side > smallSide { return Library.orthonormalizeRows(side: side, a) }
    #endif
    Portable.orthonormalizeRows(side: side, a)
  }

  @inline(__always)
  private static func isFinite<Scalar: BinaryFloatingPoint>(
    _ a: UnsafePointer<Scalar>, _ count: Int
  ) -> Bool {
    var product: Scalar = 0
    // 0·∞ is NaN.
    for index in 0..<count { product += 0 * a[index] }
    return product == 0
  }
}
