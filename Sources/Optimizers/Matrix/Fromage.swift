public import Parameters

/// Fromage: steps of a fixed size relative to each tensor.
///
/// θ ← (θ − α·‖θ‖/‖g‖·g)/√(1 + α²), a ratio of 1 if either norm is 0; with a bound b, ‖θ‖ is limited to b·‖θ₀‖ (Bernstein et al. 2020,
/// Algorithm 1).
public struct Fromage: DirectedRule {
  public static let name = "fromage"
  public static let summary = "steps as large as a fixed fraction of each tensor's norm"
  public static let equation = "θ ← (θ − α·‖θ‖/‖g‖·g)/√(1 + α²)"
  public static let source = "Bernstein et al. 2020, Algorithm 1"
  public static let hyperparameters: [Parameter<Fromage>] = [
    .learningRate(1e-4...1, "step length relative to the norm of a tensor"),
    Parameter(
      "norm_bound", \.normBound, .nonNegative,
      "largest norm of a tensor, relative to its first one; 0 for no limit"),
  ]

  public var learningRate = 0.01
  public var normBound = 0.0
  public var gradient = GradientForm()

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: [],
        quantities: normBound == 0
          ? [] : layout.tensors.indices.map { ("largest_norm_\($0)", 0) }),
      body: .gradient { context, parameters, gradients, storage in
        for (index, tensor) in layout.tensors.enumerated() {
          let (start, count) = (tensor.range.lowerBound, tensor.range.count)
          let parameters = parameters + start
          if normBound > 0, context.step == 1 {
            storage.quantities[index] = normBound * VectorPrimitives.norm(parameters, count)
          }
          update(parameters, gradients + start, count: count, rate: context.learningRate)
          if normBound > 0 { limit(parameters, to: storage.quantities[index], count: count) }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, count: Int,
    rate: Double
  ) {
    let norm = VectorPrimitives.norm(parameters, count)
    let gradientNorm = VectorPrimitives.norm(gradients, count)
    let ratio = norm > 0 && gradientNorm > 0 ? norm / gradientNorm : 1
    let length = Scalar(gradient.maximize ? -rate * ratio : rate * ratio)
    let shrinkage = Scalar(1 / (1 + rate * rate).squareRoot())
    for index in 0..<count {
      parameters[index] = (parameters[index] - length * gradients[index]) * shrinkage
    }
  }

  @inline(__always)
  private func limit<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, to largest: Double, count: Int
  ) {
    let norm = VectorPrimitives.norm(parameters, count)
    guard norm > largest else { return }
    let scale = Scalar(largest / norm)
    for index in 0..<count { parameters[index] *= scale }
  }
}
