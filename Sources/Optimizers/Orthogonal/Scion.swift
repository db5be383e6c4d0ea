public import Parameters

/// Scion: steps of fixed length in a norm that suits each tensor.
///
/// d ← μd + (1−μ)g, θ ← θ − α·ρ·lmo(d), or within a ball θ ← (1 − α)θ − α·ρ·lmo(d) (Pethick et al. 2025, Algorithms 1 and 2). lmo(d) has
/// norm 1 and the largest product with d: an orthogonal matrix from Newton–Schulz iterations, signs, or normalized rows or columns.
public struct Scion: DirectedRule {
  public static let name = "scion"
  public static let summary = "steps of fixed length in the spectral or another norm"
  public static let equation =
    "d ← μd + (1−μ)g, θ ← θ − α·ρ·lmo(d); lmo: orthogonal matrix, signs or normalized columns"
  public static let source = "Pethick et al. 2025, Algorithms 1 and 2"
  public static let hyperparameters: [Parameter<Scion>] = [
    .learningRate(1e-4...1, "length of a step in its norm"),
    Parameter("momentum", \.momentum, .fraction, "decay rate of the average gradient, μ"),
    Parameter(
      "norm", \.norm,
      "whose unit ball steps come from; auto: spectral for matrices and convolutions, root mean square for vectors"
    ),
    Parameter("scale", \.scale, .positive, "factor on every step or radius of the ball, ρ"),
    Parameter("constraint", \.constraint, "keeps parameters within the ball of radius ρ"),
    .newtonSchulzIterations(\.iterations),
    Parameter("normalize", \.normalize, "scales the norm by the sides of the matrix"),
    Parameter("max_scale", \.maxScale, "scales spectral steps by at least 1"),
    Parameter("transpose", \.transpose, "exchanges rows and columns before they are normalized"),
    .eitherDecay(\.weightDecay, decoupledByDefault: true), .decoupled(\.decoupled),
  ]

  public enum Norm: String, CaseIterable, Sendable {
    case auto, none, spectral
    case spectralConvolution = "spectral_convolution"
    case sign, bias, column, row
  }

  public var learningRate = 0.001
  /// One minus the paper's weight of the new gradient.
  public var momentum = 0.9
  public var norm = Norm.auto
  public var scale = 1.0
  public var constraint = false
  public var iterations = 5
  public var normalize = true
  public var maxScale = false
  public var transpose = false
  public var weightDecay = 0.0
  public var decoupled = true
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Scion, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let oracles = layout.tensors.map { LinearOracle<Scalar>(self, $0.shape) }
    let scratch = oracles.map { $0.shape.count + $0.scratchCount }.max() ?? 0
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean"]),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          for (tensor, oracle) in zip(layout.tensors, oracles) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            rule.update(
              parameters + start, gradients + start, mean: storage[0] + start, oracle,
              scratch: scratch, rate: context.learningRate)
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, _ oracle: LinearOracle<Scalar>,
    scratch direction: UnsafeMutablePointer<Scalar>, rate: Double
  ) {
    let count = oracle.shape.count
    let sign: Scalar = maximize ? -1 : 1
    // The ball bounds parameters instead of their decay.
    let decay = DecayAtRate<Scalar>(
      constraint ? 1 : weightDecay, decoupled: constraint || decoupled, rate: rate)
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    for index in 0..<count {
      let gradient = sign * gradients[index] + decay.penalty * parameters[index]
      mean[index] = average.next(after: mean[index], value: gradient)
      direction[index] = mean[index]
    }
    let size = oracle.minimize(direction, scratch: direction + count)
    let step = Scalar(rate * scale * size)
    for index in 0..<count {
      parameters[index] = parameters[index] * decay.kept - step * direction[index]
    }
  }
}
