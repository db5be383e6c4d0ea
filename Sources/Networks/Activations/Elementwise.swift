/// Loops over all numbers of a batch. Where result and operand are one buffer the loop has one pointer only: with two it would have to
/// check for overlap, find it and run without vectors.
enum Elementwise {
  /// result ← function(x)
  @inline(__always)
  static func map<Scalar: BLASScalar>(
    _ x: UnsafePointer<Scalar>, _ result: UnsafeMutablePointer<Scalar>, _ count: Int,
    _ function: (Scalar) -> Scalar
  ) {
    if x == UnsafePointer(result) {
      for index in 0..<count { result[index] = function(result[index]) }
    } else {
      for index in 0..<count { result[index] = function(x[index]) }
    }
  }

  /// result ← function(x, y); `result` may be `x`.
  @inline(__always)
  static func map2<Scalar: BLASScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>, _ result: UnsafeMutablePointer<Scalar>,
    _ count: Int, _ function: (Scalar, Scalar) -> Scalar
  ) {
    if x == UnsafePointer(result) {
      for index in 0..<count { result[index] = function(result[index], y[index]) }
    } else {
      for index in 0..<count { result[index] = function(x[index], y[index]) }
    }
  }
}

extension LayerPass {
  /// output ← function(input)
  @inline(__always)
  func map(_ function: (Scalar) -> Scalar) {
    Elementwise.map(input, output, outputCount, function)
  }

  /// The gradient by the input from that by the output and the output: function(gradient, output).
  @inline(__always)
  func mapGradient(
    _ gradients: LayerGradients<Scalar>, _ function: (Scalar, Scalar) -> Scalar
  ) {
    guard let inputGradient = gradients.input else { return }
    Elementwise.map2(gradients.output, output, inputGradient, inputCount, function)
  }
}

/// A function of one number whose derivative follows from its value, so that both passes work in place.
protocol ValueActivation: Layer {}

extension ValueActivation {
  package func output(for input: SampleShape) -> SampleShape { input }
  package var traits: LayerTraits { LayerTraits(worksInPlace: true, readsOutput: true) }
}
