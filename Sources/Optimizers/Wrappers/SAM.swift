public import Parameters

/// Sharpness-aware minimisation: any rule, with gradients taken uphill.
///
/// The rule steps at θ with the gradient at θ + ρ·g/(‖g‖ + ε), g that at θ (Foret et al. 2021, Algorithm 1). Adaptive:
/// at θ + ρ·θ²g/(‖θg‖ + ε) (Kwon et al. 2021, "ASAM"). The norm is over all tensors.
public struct SAM: Optimizer {
  public static let name = "sam"
  public static let summary = "another rule with gradients from the steepest point nearby"
  public static let source = "Foret et al. 2021, Algorithm 1"
  public static let hyperparameters: [Parameter<SAM>] = [
    Parameter("learning_rate", \.learningRate, .positive, "the wrapped rule's")
      .searched(.log, 1e-4...10),
    Parameter("rule", \.rule, .nested(.optimizer), "what makes the steps"),
    Parameter("rho", \.rho, .nonNegative, "how far uphill"),
    Parameter("adaptive", \.adaptive, "scales the way uphill by the parameters"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the norm"),
  ]

  public var rule = WrappedRule(SGD())
  public var rho = 0.05
  public var adaptive = false
  public var epsilon = 1e-12

  public var learningRate: Double {
    get { rule.rule.learningRate }
    set { rule.rule.learningRate = newValue }
  }

  public init() {}

  public var hasMomentum: Bool { rule.rule.hasMomentum }
  public var comparesLosses: Bool { rule.rule.comparesLosses }
  public var followsRates: Bool { rule.rule.followsRates }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    let inner = rule.rule.stepper(for: layout, as: scalar)
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["uphill"]),
      evaluationPoint: { parameters, point, _ in
        let count = layout.count
        let all = Array(UnsafeBufferPointer(start: parameters, count: count))
        for (index, value) in inner.evaluationParameters(all).enumerated() { point[index] = value }
      },
      inner: inner,
      body: .objective { context, parameters, objective, storage in
        inner.advance(parameters, learningRate: context.learningRate) { point, gradient in
          _ = objective(point, gradient)
          climb(from: point, gradient, to: storage[0], count: storage.count)
          return objective(storage[0], gradient)
        }
      })
  }

  @inline(__always)
  private func climb<Scalar: KernelScalar>(
    from point: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>,
    to uphill: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    if adaptive {
      let norm = VectorPrimitives.sum(count) {
        let value = Double(point[$0]) * Double(gradient[$0])
        return value * value
      }.squareRoot()
      let scale = Scalar(rho / (norm + epsilon))
      for index in 0..<count {
        uphill[index] = point[index] + scale * (point[index] * point[index]) * gradient[index]
      }
    } else {
      let scale = Scalar(rho / (VectorPrimitives.norm(gradient, count) + epsilon))
      for index in 0..<count { uphill[index] = point[index] + scale * gradient[index] }
    }
  }
}
