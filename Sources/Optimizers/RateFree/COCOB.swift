public import Parameters

/// COCOB: coin betting, where each coordinate bets part of what it won so far on the sign of its next gradient.
///
/// L ← max(L, |g|), G ← G + |g|, R ← max(R − g·(θ − θ₀), 0), C ← C − g,
/// θ ← θ₀ + C/(L·max(G + L, aL))·(L + R) (Orabona and Tommasi 2017, Algorithm 2). Steps do not change with the size of gradients;
/// the learning rate scales gradients, so that a schedule weights them.
public struct COCOB: ElementwiseRule {
  public static let name = "cocob"
  public static let summary = "coin betting: steps from sums of gradients, without a learning rate"
  public static let equation =
    "L ← max(L, |g|), G ← G + |g|, R ← max(R − g(θ − θ₀), 0), C ← C − g, θ ← θ₀ + C(L + R)/(L·max(G + L, aL))"
  public static let source = "Orabona and Tommasi 2017, Algorithm 2"
  public static let hyperparameters: [Parameter<COCOB>] = [
    .learningRate(0.1...10, "weight of a gradient; a constant one changes nothing"),
    Parameter("alpha", \.alpha, .nonNegative, "a, limits the first bets")
      .searched(.log, 1...1000),
    Parameter("epsilon", \.epsilon, .nonNegative, "first scale of the gradients"),
    .penalty(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var alpha = 100.0
  public var epsilon = 1e-8
  public var weightDecay = 0.0

  public init() {}

  var gradientForm: GradientForm { GradientForm(weightDecay: weightDecay) }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var start: Scalar = 0
      var scale: Scalar
      var absoluteSum: Scalar = 0
      var reward: Scalar = 0
      var negativeSum: Scalar = 0
    }

    let isFirst: Bool
    let weight: Scalar
    let alpha: Scalar
    let epsilon: Scalar

    var initialMemory: Memory { Memory(scale: epsilon) }

    init(_ rule: COCOB, at context: StepContext) {
      isFirst = context.step == 1
      weight = Scalar(context.learningRate)
      alpha = Scalar(rule.alpha)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = weight * gradient
      let size = abs(gradient)
      let start = isFirst ? parameter : memory.start
      let scale = memory.scale > size ? memory.scale : size
      let absoluteSum = memory.absoluteSum + size
      let won = memory.reward - gradient * (parameter - start)
      let reward = won < 0 ? 0 : won
      let negativeSum = memory.negativeSum - gradient
      let (early, late) = (alpha * scale, absoluteSum + scale)
      let bet = negativeSum / (scale * (late > early ? late : early)) * (scale + reward)
      // Without epsilon, there is no scale before the first gradient.
      parameter = start + (negativeSum == 0 ? 0 : bet)
      memory = Memory(
        start: start, scale: scale, absoluteSum: absoluteSum, reward: reward,
        negativeSum: negativeSum)
    }
  }
}
