public import Parameters

/// PAdam: Adam that divides by a power of the second moment between none and its root.
///
/// θ ← θ − α√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)²ᵖ, moments as in Adam without AMSGrad's maximum (Chen et al. 2020, Algorithm 1; p = ½ is Adam with epsilon
/// before the correction).
public struct PAdam: DecayingRule {
  public static let name = "padam"
  public static let summary = "partially adaptive Adam: divides by a smaller power"
  public static let equation =
    "m, v as adam; θ ← θ − α√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)²ᵖ"
  public static let source = "Chen et al. 2020, Algorithm 1"
  public static let hyperparameters: [Parameter<PAdam>] = [
    .learningRate(1e-4...1, "factor on every step"), .beta1(\.beta1), .beta2(\.beta2),
    Parameter("partial", \.partial, .factor, "power of the second moment to divide by, p"),
    .epsilon(\.epsilon),
  ]

  public var learningRate = 0.1
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var partial = 0.25
  public var epsilon = 1e-8
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<PAdam, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    switch partial {
    case 0.5:
      .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar, FirstPower>(scheduled(by: $0), at: $0)
      }
    case 0.25:
      .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar, RootPower>(scheduled(by: $0), at: $0)
      }
    case 0.125:
      .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar, RootOfRootPower>(scheduled(by: $0), at: $0)
      }
    default:
      .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar, AnyPower>(scheduled(by: $0), at: $0)
      }
    }
  }

  struct Update<Scalar: KernelScalar, Power: DenominatorPower>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar
    let exponent: Double
    let shrinkage: Scalar

    init(_ rule: PAdam, at context: StepContext) {
      typealias Average = ExponentialMovingAverage<Double>
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      let correction = Average.totalWeight(beta: rule.beta2, step: context.step).squareRoot()
      rate = Scalar(
        context.learningRate * correction
          / Average.totalWeight(beta: rule.beta1, step: context.step))
      epsilon = Scalar(rule.epsilon)
      exponent = 2 * rule.partial
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let root = memory.meanSquare.vectorSquareRoot + epsilon
      parameter = parameter * shrinkage - rate * memory.mean / Power.of(root, exponent)
    }
  }
}

/// A power of the denominator; those that are roots of roots leave the loop its vectors.
protocol DenominatorPower: Sendable {
  static func of<Scalar: KernelScalar>(_ base: Scalar, _ exponent: Double) -> Scalar
}

enum FirstPower: DenominatorPower {
  @inline(__always)
  static func of<Scalar: KernelScalar>(_ base: Scalar, _: Double) -> Scalar { base }
}

enum RootPower: DenominatorPower {
  @inline(__always)
  static func of<Scalar: KernelScalar>(_ base: Scalar, _: Double) -> Scalar {
    base.vectorSquareRoot
  }
}

enum RootOfRootPower: DenominatorPower {
  @inline(__always)
  static func of<Scalar: KernelScalar>(_ base: Scalar, _: Double) -> Scalar {
    base.vectorSquareRoot.vectorSquareRoot
  }
}

enum AnyPower: DenominatorPower {
  @inline(__always)
  static func of<Scalar: KernelScalar>(_ base: Scalar, _ exponent: Double) -> Scalar {
    Scalar(power(Double(base), exponent))
  }
}
