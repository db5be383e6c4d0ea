import CVectorMath

/// A number type that the step kernel runs in: `Float` for networks, `Double` for surfaces.
public protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, BitwiseCopyable, Sendable {
  /// √self, correctly rounded, as an instruction that vectorizes; NaN below zero.
  var vectorSquareRoot: Self { get }
  /// ∛self of a number of at least 0, within one unit in the last place; vectorizes.
  var vectorCubeRoot: Self { get }
  /// −1, 0 or 1, without a branch; 0 for NaN.
  var vectorSign: Self { get }
}

extension Float: KernelScalar {
  @inline(__always)
  public var vectorSquareRoot: Float { bench_square_root_float(self) }
  @inline(__always)
  public var vectorCubeRoot: Float { bench_cube_root_float(self) }
  @inline(__always)
  public var vectorSign: Float { bench_sign_float(self) }
}

extension Double: KernelScalar {
  @inline(__always)
  public var vectorSquareRoot: Double { bench_square_root_double(self) }
  @inline(__always)
  public var vectorCubeRoot: Double { bench_cube_root_double(self) }
  @inline(__always)
  public var vectorSign: Double { bench_sign_double(self) }
}
