import Randomness

/// One stage of a network with its shape settled; it holds no numbers of its own.
///
/// A batch is a row-major matrix, one sample per row. The methods are generic rather than the type, and
/// `NetworkLayer` picks the type by a switch: a call through `any Layer` would run unspecialised code.
protocol Layer: Sendable {
  /// Numbers per sample that go in.
  var inputWidth: Int { get }
  /// Numbers per sample that come out.
  var outputWidth: Int { get }
  /// Length of the layer's stretch of the flat parameter buffer.
  var parameterCount: Int { get }

  /// Fills the layer's parameters before training.
  func initialize(
    _ parameters: UnsafeMutableBufferPointer<Float>, by initialization: Initialization,
    from generator: inout KeyedGenerator)

  /// `output` (`rows`×`outputWidth`) from `input` (`rows`×`inputWidth`).
  func forward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafeMutablePointer<Scalar>)

  /// The gradients of the loss by the parameters and, unless nil, by the input; both are overwritten.
  func backward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    parameterGradient: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?)
}

extension Layer {
  func initialize(
    _ parameters: UnsafeMutableBufferPointer<Float>, by initialization: Initialization,
    from generator: inout KeyedGenerator
  ) {
    precondition(parameterCount == 0, "a layer with parameters says how they start")
  }
}
