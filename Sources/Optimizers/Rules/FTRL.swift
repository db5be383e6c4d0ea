public import Parameters

/// Follow the regularized leader: gradients are summed, and an L1 penalty sets parameters to zero.
///
/// n′ = n + g², z ← z + g − (n′⁻ᵖ/α − n⁻ᵖ/α₋)·θ, n ← n′, θ ← 0 where |z| ≤ λ₁, else (sign(z)·λ₁ − z)/((β + √n)/α + λ₂), with α₋ the
/// learning rate of the step before (McMahan et al. 2013, Algorithm 1, where α is constant). p is −½ there; the denominator has the
/// root whatever p is, as in pytorch_optimizer. Where all gradients so far are zero, so is the parameter. A rate of 0 makes no step.
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
      ? Stepper.leader(count: layout.count, form: gradient) {
        Update<Scalar>(coefficients: Coefficients(self, rate: $0, growth: $1))
      }
      : Stepper(
        storage: Self.storage(count: layout.count), isElementwise: true,
        body: .gradient { context, parameters, gradients, storage in
          guard let growth = storage.rateGrowth(at: context) else { return }
          stepWithPowers(
            parameters, gradients, storage,
            Coefficients(self, rate: context.learningRate, growth: growth))
        })
  }

  fileprivate static func storage<Scalar: KernelScalar>(count: Int) -> SlotStorage<Scalar> {
    SlotStorage(count: count, initial: Memory<Scalar>(), quantities: ["former_rate": 0])
  }

  struct Memory<Scalar: KernelScalar>: RuleMemory {
    var linearSum: Scalar = 0
    var squareSum: Scalar = 0
  }

  struct Coefficients<Scalar: KernelScalar>: Sendable {
    let inverseRate: Scalar
    /// α/α₋
    let growth: Scalar
    let beta: Scalar
    let l1: Scalar
    let l2: Scalar

    init(_ rule: FTRL, rate: Double, growth: Double) {
      inverseRate = Scalar(1 / rate)
      self.growth = Scalar(growth)
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
      let rise = root - memory.squareSum.vectorSquareRoot * coefficients.growth
      memory.linearSum =
        memory.linearSum + gradient - rise * coefficients.inverseRate * parameter
      memory.squareSum = squareSum
      parameter = coefficients.leader(linearSum: memory.linearSum, root: root)
    }
  }

  /// With any power: calls into libm, so no update of the kernel.
  private func stepWithPowers<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, _ coefficients: Coefficients<Scalar>
  ) {
    let (linearSum, squareSum) = (storage[0], storage[1])
    let sign: Scalar = gradient.maximize ? -1 : 1
    for index in 0..<storage.count {
      let gradient = sign * gradients[index]
      let former = Scalar(power(Double(squareSum[index]), -ratePower))
      squareSum[index] += gradient * gradient
      let rise =
        Scalar(power(Double(squareSum[index]), -ratePower)) - former * coefficients.growth
      linearSum[index] += gradient - rise * coefficients.inverseRate * parameters[index]
      parameters[index] = coefficients.leader(
        linearSum: linearSum[index], root: squareSum[index].vectorSquareRoot)
    }
  }
}

extension SlotStorage {
  /// α/α₋, and the rate is remembered; `nil` where it is 0.
  fileprivate func rateGrowth(at context: StepContext) -> Double? {
    let rate = context.learningRate
    guard rate != 0 else { return nil }
    let growth = quantities[0] == 0 ? 1 : rate / quantities[0]
    quantities[0] = rate
    return growth
  }
}

extension Stepper {
  /// - Parameter prepare: makes the update of a step from α and α/α₋.
  @inline(__always)
  fileprivate static func leader<Update: CoordinateUpdate>(
    count: Int, form: GradientForm, prepare: @escaping (_ rate: Double, _ growth: Double) -> Update
  ) -> Stepper<Scalar> where Update.Scalar == Scalar {
    Stepper(
      storage: FTRL.storage(count: count), isElementwise: true,
      body: .gradient { context, parameters, gradients, storage in
        guard let growth = storage.rateGrowth(at: context) else { return }
        StepKernel.run(
          FormedUpdate(prepare(context.learningRate, growth), form), parameters: parameters,
          gradients: gradients, storage: storage)
      })
  }
}
