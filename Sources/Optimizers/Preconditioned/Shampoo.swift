public import Parameters

/// Shampoo: the gradient multiplied along every axis by a root of its summed statistics.
///
/// g ← (1−μ)g + μ·b, g ← g + λθ, L ← L + ggᵀ, R ← R + gᵀg from εI on, b = L^(−1/4)·g·R^(−1/4), θ ← θ − α·b (Gupta et al. 2018, Algorithm 1, with
/// −1/2k for a tensor of k axes, Algorithm 2). Roots are computed at every n-th step and are 0 before the first one. As
/// in pytorch_optimizer, the momentum mixes the gradient with the step before, which starts as the first gradient. A vector longer
/// than a limit has no matrix: its step is its gradient.
public struct Shampoo: DirectedRule {
  public static let name = "shampoo"
  public static let summary = "gradients multiplied by inverse roots of their summed products"
  public static let equation =
    "L ← L + ggᵀ, R ← R + gᵀg, θ ← θ − α·L^(−1/4)·g·R^(−1/4), L = R = εI at the start"
  public static let source = "Gupta et al. 2018, Algorithm 1"
  public static let hyperparameters: [Parameter<Shampoo>] = [
    .learningRate(1e-4...10, "factor on every step"),
    Parameter("momentum", \.momentum, .fraction, "share of the step before in the gradient, μ"),
    .eitherDecay(\.weightDecay), .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decoupled decay shrinks by λ instead of α·λ"),
    Parameter(
      "root_period", \.rootPeriod, .whole(atLeast: 1), "steps between new inverse roots, n"),
    Parameter("epsilon", \.epsilon, .nonNegative, "ε, the diagonal of L and R at the start"),
    Parameter(
      "max_dimension", \.maxDimension, .whole(atLeast: 1),
      "longer sides of tensors have no matrix"),
    Parameter(
      "max_vector", \.maxVector, .whole(atLeast: 0), "longer vectors have no matrix"),
  ]

  public var learningRate = 0.001
  public var momentum = 0.0
  public var weightDecay = 0.0
  public var decoupled = false
  public var fixedDecay = false
  public var rootPeriod = 1
  public var epsilon = 1e-6
  public var maxDimension = 10_000
  public var maxVector = 128
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Shampoo, Double>? { \.momentum }
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let axes = layout.tensors.map { tensor in
      TensorAxes(tensor.shape) { $0 <= (tensor.shape.count > 1 ? maxDimension : maxVector) }
    }
    let scratch = 3 * (axes.map(\.count).max() ?? 0)
    let slots = momentum > 0 ? ["step"] : []
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: slots, extra: axes.reduce(0) { $0 + 2 * $1.matrixCount }),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          var statistics = storage.extra
          for (tensor, axes) in zip(layout.tensors, axes) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            rule.update(
              parameters + start, gradients + start,
              former: momentum > 0 ? storage[0] + start : nil, statistics: statistics, axes,
              scratch: scratch, at: context)
            statistics += 2 * axes.matrixCount
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    former: UnsafeMutablePointer<Scalar>?, statistics: UnsafeMutablePointer<Scalar>,
    _ axes: TensorAxes, scratch: UnsafeMutablePointer<Scalar>, at context: StepContext
  ) {
    let count = axes.count
    let sign: Scalar = maximize ? -1 : 1
    let decay = DecayAtRate<Scalar>(
      weightDecay, decoupled: decoupled, fixed: fixedDecay, rate: context.learningRate)
    let roots = statistics + axes.matrixCount
    if context.step == 1 {
      former?.update(from: gradients, count: count)
      for axis in axes.axes where axis.hasMatrix {
        for index in 0..<axis.length {
          statistics[axis.start + index * (axis.length + 1)] = Scalar(epsilon)
        }
      }
    }
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    let formed = scratch + 2 * count
    for index in 0..<count {
      let gradient = sign * gradients[index]
      let mixed = former.map { average.next(after: $0[index], value: gradient) } ?? gradient
      formed[index] = mixed + decay.penalty * parameters[index]
    }
    axes.addGrams(of: UnsafePointer(formed), alpha: 1, beta: 1, to: statistics)
    if context.step.isMultiple(of: rootPeriod) {
      axes.invertRoots(statistics, order: 2 * axes.axes.count, least: epsilon, into: roots)
    }
    let update = axes.multiply(
      UnsafePointer(formed), with: roots, transposed: false, scratch: scratch)
    let rate = Scalar(context.learningRate)
    for index in 0..<count {
      parameters[index] = decay.kept * parameters[index] - rate * update[index]
    }
    former?.update(from: update, count: count)
  }
}
