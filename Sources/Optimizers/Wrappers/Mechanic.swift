public import Parameters

/// Mechanic: the sum of another optimizer's updates, scaled by factors that are learned on the way.
///
/// With u the update of the wrapped optimizer, Δ = (θ − θ₀)/(Σs + ε), h = −Δ·(g + λ·Σs·‖g‖/(‖θ‖ + ε)·θ), and for each
/// βᵢ = 1 − 10⁻ⁱ: c = h within ±mᵢ, mᵢ ← max(βᵢmᵢ, |h| + ε), vᵢ ← βᵢ²vᵢ + h², rᵢ ← βᵢrᵢ + c·sᵢ, sᵢ ← (s₀/n·mᵢ + max(rᵢ, 0))/(√vᵢ + ε);
/// θ ← θ₀ + Σs·(Δ + u) (Cutkosky et al. 2023, Algorithm 1; the limits of h as optax has them). Norms are over all tensors. In single precision
/// the first steps, s₀ long per unit of u, must not vanish beside the parameters: the wrapped optimizer is to have a rate of about 1.
public struct Mechanic: Optimizer {
  public static let name = "mechanic"
  public static let summary = "another optimizer's updates, with a scale that is learned"
  public static let equation =
    "θ ← θ₀ + Σs·(Δ + u), u the update of the wrapped optimizer; s: wealth of bets that −g·Δ stays positive"
  public static let source = "Cutkosky et al. 2023, Algorithm 1"
  public static let hyperparameters: [Parameter<Mechanic>] = [
    .learningRate(1e-2...10, "that of the wrapped optimizer"),
    .wrappedRule(\.rule, "optimizer whose updates are scaled"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "λ, weight decay relative to the gradient, in the search for a scale only"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to denominators"),
    Parameter("initial_scale", \.initialScale, .positive, "s₀, first scale of each β"),
    Parameter("beta_count", \.betaCount, .whole(1...16), "n, decay rates that are mixed"),
  ]

  public var rule: WrappedRule = {
    var adam = Adam()
    adam.learningRate = 1
    return WrappedRule(adam)
  }()
  public var weightDecay = 0.01
  public var epsilon = 1e-8
  public var initialScale = 1e-6
  public var betaCount = 6

  public var learningRate: Double {
    get { rule.rule.learningRate }
    set { rule.rule.learningRate = newValue }
  }

  public init() {}

  public var conflicts: [Conflict] { rule.conflicts }
  public var hasMomentum: Bool { rule.rule.hasMomentum }
  public var comparesLosses: Bool { rule.rule.comparesLosses }
  public var followsRates: Bool { rule.rule.followsRates }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    let inner = rule.rule.stepper(for: layout, as: scalar)
    let betas = 0..<betaCount
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["start", "former"],
        quantities: betas.map { ("scale_\($0)", initialScale) }
          + ["largest", "square_sum", "reward"].flatMap { name in
            betas.map { ("\(name)_\($0)", 0) }
          }),
      inner: inner,
      body: inner.needsObjective
        ? .objective { context, parameters, objective, storage in
          remember(parameters, storage, at: context)
          withUnsafeTemporaryAllocation(of: Scalar.self, capacity: storage.count) { buffer in
            guard let first = buffer.baseAddress else { return }
            first.initialize(repeating: 0, count: storage.count)
            var isFirst = true
            inner.advance(parameters, learningRate: context.learningRate) { point, gradient in
              let loss = objective(point, gradient)
              // At the parameters, as in every rule.
              if isFirst { first.update(from: gradient, count: storage.count) }
              isFirst = false
              return loss
            }
            rescale(parameters, first, storage)
          }
        }
        : .gradient { context, parameters, gradients, storage in
          remember(parameters, storage, at: context)
          inner.advance(parameters, gradients: gradients, learningRate: context.learningRate)
          rescale(parameters, gradients, storage)
        })
  }

  @inline(__always)
  private func remember<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ storage: SlotStorage<Scalar>,
    at context: StepContext
  ) {
    if context.step == 1 { storage[0].update(from: parameters, count: storage.count) }
    storage[1].update(from: parameters, count: storage.count)
  }

  /// Replaces the update that was made by that of the sum of all, scaled.
  @inline(__always)
  private func rescale<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>
  ) {
    typealias Vectors = VectorPrimitives
    let (count, start, former) = (storage.count, storage[0], storage[1])
    let total = (0..<betaCount).reduce(0) { $0 + storage.quantities[$1] }
    let divisor = Scalar(total + epsilon)
    // −Δ.
    @inline(__always) func offset(_ index: Int) -> Scalar {
      (start[index] - former[index]) / divisor
    }
    var gain = Vectors.sum(count) { Double(gradients[$0]) * Double(offset($0)) }
    if weightDecay > 0 {
      let decay =
        weightDecay * total * Vectors.norm(gradients, count)
        / (Vectors.norm(former, count) + epsilon)
      gain += decay * Vectors.sum(count) { Double(former[$0]) * Double(offset($0)) }
    }
    let scale = Scalar(learn(gain, storage.quantities))
    for index in 0..<count {
      let update = parameters[index] - former[index]
      parameters[index] = start[index] - scale * (offset(index) - update)
    }
  }

  /// Updates all scales.
  ///
  /// - Returns: Their sum.
  private func learn(_ gain: Double, _ quantities: UnsafeMutablePointer<Double>) -> Double {
    var total = 0.0
    for index in 0..<betaCount {
      let scale = quantities + index
      let (largest, squareSum) = (scale + betaCount, scale + 2 * betaCount)
      let reward = scale + 3 * betaCount
      let beta = 1 - power(0.1, Double(index + 1))
      let limited = Double.visibleMinimum(.visibleMaximum(gain, -largest.pointee), largest.pointee)
      largest.pointee = .visibleMaximum(beta * largest.pointee, abs(gain) + epsilon)
      squareSum.pointee = beta * beta * squareSum.pointee + gain * gain
      reward.pointee = beta * reward.pointee + limited * scale.pointee
      let wealth =
        initialScale / Double(betaCount) * largest.pointee + .visibleMaximum(reward.pointee, 0)
      scale.pointee = wealth / (squareSum.pointee.squareRoot() + epsilon)
      total += scale.pointee
    }
    return total
  }
}
