public import Parameters

/// Polyak's step: gradient descent as far as a line with the gradient's slope reaches the smallest loss.
///
/// θ ← θ − s·min((f − f*)/(‖s·g‖² + ε), γ)·g (Polyak 1987; Loizou et al. 2021, SPSₘₐₓ with c = s); SPS+ takes max(f − f*, 0)
/// (Garrigos et al. 2023). No step where ‖s·g‖² + ε is below the machine epsilon. The norm is over all tensors.
public struct PolyakSGD: Optimizer {
  public static let name = "polyak_sgd"
  public static let summary = "gradient descent with Polyak's step length, from the loss"
  public static let equation = "θ ← θ − s·min((f − f*)/(‖s·g‖² + ε), γ)·g"
  public static let source = "Loizou et al. 2021, equation 3"
  public static let hyperparameters: [Parameter<PolyakSGD>] = [
    .learningRate(0.1...10, "s, divides the step length and multiplies its limit"),
    Parameter("maximum_rate", \.maximumRate, .positive, "γ, largest step length")
      .searched(.log, 1e-2...100),
    Parameter("lower_bound", \.lowerBound, .real, "f*, smallest loss there can be"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the squared norm of the gradient"),
    Parameter("variant", \.variant, "sps, or sps+: no step up where the loss is below its bound"),
  ]

  public enum Variant: String, CaseIterable, Sendable {
    case signed = "sps"
    case positive = "sps+"
  }

  public var learningRate = 1.0
  public var maximumRate = 1.0
  public var lowerBound = 0.0
  public var epsilon = 0.0
  public var variant = Variant.signed

  public init() {}

  public var comparesLosses: Bool { true }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(count: layout.count, slots: []),
      body: .loss { context, parameters, gradients, loss, storage in
        let scale = context.learningRate
        let length = length(
          loss: loss, squaredNorm: VectorPrimitives.squaredNorm(gradients, storage.count),
          scale: scale)
        VectorPrimitives.add(-scale * length, times: gradients, to: parameters, storage.count)
      })
  }

  private func length(loss: Double, squaredNorm: Double, scale: Double) -> Double {
    let denominator = scale * scale * squaredNorm + epsilon
    if denominator <= Double.ulpOfOne { return 0 }
    let gap = loss - lowerBound
    return .visibleMinimum(
      (variant == .positive ? .visibleMaximum(gap, 0) : gap) / denominator, maximumRate)
  }
}
