public import Parameters

/// Adan: Nesterov momentum from differences of gradients; epsilon outside the root.
///
/// d = g − g₋₁ (0 at first), m, v and n the averages of g, d and (g + β₂d)² with β₁, β₂ and β₃, u = (m̂ + β₂v̂)/(√n̂ + ε); θ ← (θ − αu)/(1 + αλ), or
/// θ ← (1 − αλ)θ − αu if decoupled (Xie et al. 2022, Algorithm 1, whose betas are one minus these). optax has 1 − β₂ for β₂ as the weight of d
/// and v, an epsilon inside the root, and the decoupled decay.
public struct Adan: DirectedRule, ElementwiseRule {
  public static let name = "adan"
  public static let summary = "Nesterov momentum from differences of gradients"
  public static let equation =
    "d = g − g₋₁; m, v, n average g, d, (g + β₂d)² with β₁, β₂, β₃; θ ← (θ − α·(m̂ + β₂v̂)/(√n̂ + ε))/(1 + αλ)"
  public static let source = "Xie et al. 2022, Algorithm 1"
  public static let hyperparameters: [Parameter<Adan>] = [
    .learningRate(1e-4...1), .beta1(\.beta1),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the average gradient difference, β₂"),
    Parameter("beta3", \.beta3, .fraction, "decay rate of the second moment, β₃"),
    Parameter(
      "difference_weight", \.differenceWeight,
      "weight of gradient differences: β₂ as published, 1 − β₂ as in optax"),
    .epsilon(\.epsilon), .rootEpsilon("root_epsilon", \.rootEpsilon),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "proximal weight decay, or decoupled weight decay if 'decoupled', λ"),
    .decoupled(\.decoupled),
  ]

  /// The weight of gradient differences, where libraries differ.
  public enum DifferenceWeight: String, CaseIterable, Sendable {
    case beta2
    case oneMinusBeta2 = "one_minus_beta2"
  }

  public var learningRate = 0.001
  public var beta1 = 0.98
  public var beta2 = 0.92
  public var beta3 = 0.99
  public var differenceWeight = DifferenceWeight.beta2
  public var epsilon = 1e-8
  public var rootEpsilon = 0.0
  public var weightDecay = 0.0
  public var decoupled = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict]((decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<Adan, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanDifference: Scalar = 0
      var meanSquare: Scalar = 0
      var formerGradient: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanDifference: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let hasFormer: Bool
    let weight: Scalar
    let meanScale: Scalar
    let differenceScale: Scalar
    let squareScale: Scalar
    let rootEpsilon: Scalar
    let epsilon: Scalar
    let rate: Scalar
    let shrinkage: Scalar
    let proximal: Scalar

    init(_ rule: Adan, at context: StepContext) {
      typealias Average = ExponentialMovingAverage<Double>
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanDifference = ExponentialMovingAverage(beta: rule.beta2)
      meanSquare = ExponentialMovingAverage(beta: rule.beta3)
      hasFormer = context.step > 1
      let weight = rule.differenceWeight == .beta2 ? rule.beta2 : 1 - rule.beta2
      self.weight = Scalar(weight)
      meanScale = context.correction(of: rule.beta1)
      differenceScale = Scalar(
        weight / Average.totalWeight(beta: rule.beta2, step: context.step))
      squareScale = context.correction(of: rule.beta3)
      rootEpsilon = Scalar(rule.rootEpsilon)
      epsilon = Scalar(rule.epsilon)
      rate = Scalar(context.learningRate)
      let decay = context.learningRate * rule.weightDecay
      shrinkage = Scalar(rule.decoupled ? 1 - decay : 1)
      proximal = Scalar(rule.decoupled ? 1 : 1 / (1 + decay))
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let difference = hasFormer ? gradient - memory.formerGradient : 0
      let ahead = gradient + weight * difference
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanDifference = meanDifference.next(after: memory.meanDifference, value: difference)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: ahead * ahead)
      memory.formerGradient = gradient
      let root = (memory.meanSquare * squareScale + rootEpsilon).vectorSquareRoot
      let step =
        (memory.mean * meanScale + memory.meanDifference * differenceScale) / (root + epsilon)
      parameter = (parameter * shrinkage - rate * step) * proximal
    }
  }
}
