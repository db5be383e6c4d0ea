public import Parameters

/// Follow the regularized leader: gradients are summed, and an L1 penalty sets parameters to zero.
///
/// n′ = n + g², z ← z + g − (n′⁻ᵖ − n⁻ᵖ)/α·θ, n ← n′, θ ← 0 where |z| ≤ λ₁, else (sign(z)·λ₁ − z)/((β + √n)/α + λ₂)
/// (McMahan et al. 2013, Algorithm 1). p is −½ there; the denominator has the root whatever p is, as in pytorch_optimizer.
/// Where all gradients so far are zero, so is the parameter.
public struct FTRL: DirectedRule {
  public static let name = "ftrl"
  public static let summary = "sums of gradients with penalties that set parameters to zero"
  public static let equation =
    "z ← z + g − (√(n + g²) − √n)/α·θ, n ← n + g², θ ← (sign(z)·λ₁ − z)/((β + √n)/α + λ₂) or 0 where |z| ≤ λ₁"
  public static let source = "McMahan et al. 2013, Algorithm 1"
  public static let hyperparameters: [Parameter<FTRL>] = [
    .learningRate(1e-4...10, "change of a parameter in the first step"),
    Parameter(
      "rate_power", \.ratePower, .number(in: -1e3...0), "p, exponent of 1/n in the learning rate"),
    Parameter("beta", \.beta, .nonNegative, "β, added to the root of the sum of squares"),
    Parameter("l1_penalty", \.l1Penalty, .nonNegative, "λ₁, sets small parameters to zero"),
    Parameter("l2_penalty", \.l2Penalty, .nonNegative, "λ₂, shrinks parameters"),
  ]

  public var learningRate = 0.001
  public var ratePower = -0.5
  public var beta = 0.0
  public var l1Penalty = 0.0
  public var l2Penalty = 0.0
  public var gradient = GradientForm()

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    ratePower == -0.5
      ? .elementwise(count: layout.count, form: gradient) {
        Update<Scalar>(coefficients: Coefficients(self, at: $0))
      }
      : .elementwise(count: layout.count, form: gradient) {
        PowerUpdate<Scalar>(coefficients: Coefficients(self, at: $0), exponent: -ratePower)
      }
  }

  struct Memory<Scalar: KernelScalar>: RuleMemory {
    var linearSum: Scalar = 0
    var squareSum: Scalar = 0
  }

  struct Coefficients<Scalar: KernelScalar>: Sendable {
    let inverseRate: Scalar
    let beta: Scalar
    let l1: Scalar
    let l2: Scalar

    init(_ rule: FTRL, at context: StepContext) {
      inverseRate = Scalar(1 / context.learningRate)
      beta = Scalar(rule.beta)
      l1 = Scalar(rule.l1Penalty)
      l2 = Scalar(rule.l2Penalty)
    }

    /// The parameter that follows from the sums.
    @inline(__always)
    func leader(linearSum: Scalar, root: Scalar) -> Scalar {
      let denominator = (root + beta) * inverseRate + l2
      let leader = (linearSum.vectorSign * l1 - linearSum) / denominator
      return abs(linearSum) <= l1 ? 0 : leader
    }
  }

  /// With roots as powers.
  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    let coefficients: Coefficients<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory<Scalar>) {
      let squareSum = memory.squareSum + gradient * gradient
      let root = squareSum.vectorSquareRoot
      let growth = (root - memory.squareSum.vectorSquareRoot) * coefficients.inverseRate
      memory.linearSum = memory.linearSum + gradient - growth * parameter
      memory.squareSum = squareSum
      parameter = coefficients.leader(linearSum: memory.linearSum, root: root)
    }
  }

  /// With any power, which has no vectors.
  struct PowerUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    let coefficients: Coefficients<Scalar>
    let exponent: Double

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory<Scalar>) {
      let squareSum = memory.squareSum + gradient * gradient
      let growth =
        power(Double(squareSum), exponent) - power(Double(memory.squareSum), exponent)
      memory.linearSum =
        memory.linearSum + gradient - Scalar(growth) * coefficients.inverseRate * parameter
      memory.squareSum = squareSum
      parameter = coefficients.leader(
        linearSum: memory.linearSum, root: squareSum.vectorSquareRoot)
    }
  }
}
