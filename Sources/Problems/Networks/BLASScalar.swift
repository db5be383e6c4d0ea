import COpenBLAS
import CVectorMath
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

  /// eˣ; of floats in vectors, within two units in the last place.
  static func exponential(_ x: Self) -> Self

  /// 1 / (1 + e⁻ˣ); of floats in vectors, within four units.
  static func logistic(_ x: Self) -> Self

  /// The hyperbolic tangent; as `exponential`.
  static func hyperbolicTangent(_ x: Self) -> Self

  /// log(1 + x); a call per number.
  static func logarithmPlusOne(_ x: Self) -> Self

  /// eˣ − 1; a call per number.
  static func exponentialMinusOne(_ x: Self) -> Self

  /// The error function; a call per number.
  static func errorFunction(_ x: Self) -> Self
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

  @inline(__always)
  package static func exponential(_ x: Float) -> Float { bench_exp_float(x) }

  @inline(__always)
  package static func logistic(_ x: Float) -> Float { bench_sigmoid_float(x) }

  @inline(__always)
  package static func hyperbolicTangent(_ x: Float) -> Float { bench_tanh_float(x) }

  package static func logarithmPlusOne(_ x: Float) -> Float { log1p(x) }
  package static func exponentialMinusOne(_ x: Float) -> Float { expm1(x) }
  package static func errorFunction(_ x: Float) -> Float { erf(x) }
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
  package static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  package static func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
  package static func logarithmPlusOne(_ x: Double) -> Double { log1p(x) }
  package static func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
  package static func errorFunction(_ x: Double) -> Double { erf(x) }
}
