public import Parameters

/// Sharpness-aware minimization: another optimizer, with gradients taken uphill.
///
/// The wrapped optimizer steps at θ with the gradient at θ + ρ·g/(‖g‖ + ε), g that at θ (Foret et al. 2021, Algorithm 1). Adaptive:
/// at θ + ρ·θ²g/(‖θg‖ + ε) (Kwon et al. 2021, "ASAM"). The norm is over all tensors.
public struct SAM: Optimizer {
  public static let name = "sam"
  public static let summary = "another optimizer with gradients from the steepest point nearby"
  public static let equation = "g ← ∇f(θ + ρ·g/(‖g‖ + ε)), then the wrapped optimizer steps"
  public static let source = "Foret et al. 2021, Algorithm 1"
  public static let hyperparameters: [Parameter<SAM>] = [
    .learningRate(1e-4...10, "that of the wrapped optimizer"),
    .wrappedRule(\.rule, "optimizer that takes the steps"),
    Parameter("rho", \.rho, .nonNegative, "ρ, distance uphill"),
    Parameter("adaptive", \.adaptive, "scales the distance by the size of each parameter"),
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
      let norm = VectorPrimitives.norm(count) { Double(point[$0]) * Double(gradient[$0]) }
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
