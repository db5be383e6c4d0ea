import Randomness

/// Every kind of layer, each behind one case, so that calls are direct and specialised.
enum NetworkLayer: Sendable {
  case dense(Dense)
  case relu(ReLU)

  /// The layer that `specification` asks for on samples of `inputWidth` numbers.
  init(_ specification: LayerSpecification, inputWidth: Int) {
    switch specification {
    case .dense(let units): self = .dense(Dense(inputWidth: inputWidth, units: units))
    case .relu: self = .relu(ReLU(width: inputWidth))
    }
  }

  /// What the layer has whatever its kind; for anything but the passes over the data.
  var shape: any Layer {
    switch self {
    case .dense(let layer): layer
    case .relu(let layer): layer
    }
  }

  func forward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafeMutablePointer<Scalar>
  ) {
    switch self {
    case .dense(let layer):
      layer.forward(rows: rows, parameters: parameters, input: input, output: output)
    case .relu(let layer):
      layer.forward(rows: rows, parameters: parameters, input: input, output: output)
    }
  }

  func backward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    parameterGradient: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?
  ) {
    switch self {
    case .dense(let layer):
      layer.backward(
        rows: rows, parameters: parameters, input: input, output: output,
        outputGradient: outputGradient, parameterGradient: parameterGradient,
        inputGradient: inputGradient)
    case .relu(let layer):
      layer.backward(
        rows: rows, parameters: parameters, input: input, output: output,
        outputGradient: outputGradient, parameterGradient: parameterGradient,
        inputGradient: inputGradient)
    }
  }
}
