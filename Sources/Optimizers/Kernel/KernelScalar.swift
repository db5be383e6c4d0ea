import CVectorMath

/// A number type that the step kernel runs in: `Float` for networks, `Double` for surfaces.
public protocol KernelScalar: BinaryFloatingPoint, SIMDScalar, Codable, BitwiseCopyable, Sendable {
  /// √self, correctly rounded, as an instruction that vectorizes; NaN below zero.
  var vectorSquareRoot: Self { get }
  /// −1, 0 or 1, without a branch; 0 for NaN.
  var vectorSign: Self { get }
}

extension Float: KernelScalar {
  @inline(__always)
  public var vectorSquareRoot: Float { bench_square_root_float(self) }
  @inline(__always)
  public var vectorSign: Float { bench_sign_float(self) }
}

extension Double: KernelScalar {
  @inline(__always)
  public var vectorSquareRoot: Double { bench_square_root_double(self) }
  @inline(__always)
  public var vectorSign: Double { bench_sign_double(self) }
}
