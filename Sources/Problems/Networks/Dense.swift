import Randomness

/// A dense layer: y = x·Wᵀ + b.
///
/// Parameters: W as [units][inputs], row-major, then b as [units]. With G = ∂L/∂y, ∂L/∂W = Gᵀ·x, ∂L/∂b = Σ rows
/// of G and ∂L/∂x = G·W (Goodfellow, Bengio and Courville 2016, "Deep Learning", section 6.5).
struct Dense: Layer {
  let inputWidth: Int
  let units: Int

  var outputWidth: Int { units }
  var weightCount: Int { inputWidth * units }
  var parameterCount: Int { weightCount + units }

  func initialize(
    _ parameters: UnsafeMutableBufferPointer<Float>, by initialization: Initialization,
    from generator: inout KeyedGenerator
  ) {
    let deviation = initialization.weightDeviation(fanIn: inputWidth)
    for index in 0..<weightCount { parameters[index] = Float(deviation * generator.normal()) }
    for index in weightCount..<parameterCount { parameters[index] = 0 }
  }

  func forward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafeMutablePointer<Scalar>
  ) {
    // The product adds to rows that hold the bias already, in place of the zeros that it would have to write.
    let bias = parameters + weightCount
    for row in 0..<rows { (output + row * units).update(from: bias, count: units) }
    Scalar.multiply(
      rows: rows, columns: units, inner: inputWidth, input, transposed: false,
      parameters, transposed: true, beta: 1, into: output)
  }

  func backward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    parameterGradient: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?
  ) {
    Scalar.multiply(
      rows: units, columns: inputWidth, inner: rows, outputGradient, transposed: true,
      input, transposed: false, beta: 0, into: parameterGradient)
    let biasGradient = parameterGradient + weightCount
    biasGradient.update(from: outputGradient, count: units)
    for row in 1..<max(rows, 1) {
      let rowGradient = outputGradient + row * units
      for unit in 0..<units { biasGradient[unit] += rowGradient[unit] }
    }
    if let inputGradient {
      Scalar.multiply(
        rows: rows, columns: inputWidth, inner: units, outputGradient, transposed: false,
        parameters, transposed: false, beta: 0, into: inputGradient)
    }
  }
}
