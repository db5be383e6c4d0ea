import COpenBLAS
import Foundation

/// A floating-point type that OpenBLAS multiplies matrices of: `Float` to train, `Double` to certify.
package protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// C ← A·B + β·C for row-major matrices, where A is `rows`×`inner`, B is `inner`×`columns` and a transposed
  /// factor is stored the other way round, without gaps.
  static func multiply(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Self>, transposed transposedA: Bool,
    _ b: UnsafePointer<Self>, transposed transposedB: Bool,
    beta: Self, into c: UnsafeMutablePointer<Self>)

  /// eˣ
  static func exponential(_ x: Self) -> Self
}

extension Float: BLASScalar {
  package static func multiply(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Float>, transposed transposedA: Bool,
    _ b: UnsafePointer<Float>, transposed transposedB: Bool,
    beta: Float, into c: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans,
      transposedB ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner),
      1, a, Int32(transposedA ? rows : inner), b, Int32(transposedB ? inner : columns),
      beta, c, Int32(columns))
  }

  package static func exponential(_ x: Float) -> Float { exp(x) }
}

extension Double: BLASScalar {
  package static func multiply(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Double>, transposed transposedA: Bool,
    _ b: UnsafePointer<Double>, transposed transposedB: Bool,
    beta: Double, into c: UnsafeMutablePointer<Double>
  ) {
    cblas_dgemm(
      CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans,
      transposedB ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner),
      1, a, Int32(transposedA ? rows : inner), b, Int32(transposedB ? inner : columns),
      beta, c, Int32(columns))
  }

  package static func exponential(_ x: Double) -> Double { exp(x) }
}
