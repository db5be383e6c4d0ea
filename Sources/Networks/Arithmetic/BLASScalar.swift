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

  /// result ← x, or slope·x where x ≤ 0; `result` may be `x`. A NaN stays.
  static func rectify(
    _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, _ count: Int, slope: Self)

  /// result ← gradient, or slope·gradient where y ≤ 0; `result` may be `gradient`.
  static func rectifyGradient(
    _ gradient: UnsafePointer<Self>, _ y: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ count: Int, slope: Self)

  /// Copies rows of `width` numbers, `stride` apart, to rows that follow each other; touches up to `gatherSlack` numbers after the
  /// last of either.
  static func gatherRows(
    _ source: UnsafePointer<Self>, stride: Int, into target: UnsafeMutablePointer<Self>, width: Int,
    rows: Int)

  /// Adds rows of `width` numbers that follow each other to rows `stride` apart.
  static func addRows(
    _ source: UnsafePointer<Self>, to target: UnsafeMutablePointer<Self>, stride: Int, width: Int,
    rows: Int)

  /// The whole number that this is, as an index.
  var index: Int { get }
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

  @inline(__always)
  package static func rectify(
    _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, _ count: Int, slope: Float
  ) {
    bench_rectify_float(x, result, count, slope)
  }

  @inline(__always)
  package static func rectifyGradient(
    _ gradient: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>,
    _ count: Int, slope: Float
  ) {
    bench_rectify_gradient_float(gradient, y, result, count, slope)
  }

  @inline(__always)
  package static func gatherRows(
    _ source: UnsafePointer<Float>, stride: Int, into target: UnsafeMutablePointer<Float>,
    width: Int,
    rows: Int
  ) {
    bench_gather_rows_float(source, stride, target, width, rows)
  }

  @inline(__always)
  package static func addRows(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, stride: Int, width: Int,
    rows: Int
  ) {
    bench_add_rows_float(source, target, stride, width, rows)
  }

  @inline(__always)
  package var index: Int { Int(self) }
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

  @inline(__always)
  package static func rectify(
    _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>, _ count: Int, slope: Double
  ) {
    bench_rectify_double(x, result, count, slope)
  }

  @inline(__always)
  package static func rectifyGradient(
    _ gradient: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
    _ result: UnsafeMutablePointer<Double>,
    _ count: Int, slope: Double
  ) {
    bench_rectify_gradient_double(gradient, y, result, count, slope)
  }

  @inline(__always)
  package static func gatherRows(
    _ source: UnsafePointer<Double>, stride: Int, into target: UnsafeMutablePointer<Double>,
    width: Int,
    rows: Int
  ) {
    bench_gather_rows_double(source, stride, target, width, rows)
  }

  @inline(__always)
  package static func addRows(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, stride: Int,
    width: Int,
    rows: Int
  ) {
    bench_add_rows_double(source, target, stride, width, rows)
  }

  @inline(__always)
  package var index: Int { Int(self) }
}
