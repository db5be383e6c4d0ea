import Parameters

/// What schedule-free methods share: the weights of the average, and where to evaluate.
///
/// Only y (the parameters) and z are kept. The average is x = (y − (1−β)z)/β, which is why β must not be 0.
struct ScheduleFreeAveraging: Sendable {
  let beta: Double
  let warmupSteps: Int
  let weightPower: Double
  let weightRatePower: Double

  /// One step of y and z; the first one starts z at y.
  struct Step<Scalar: KernelScalar>: Sendable {
    let isFirst: Bool
    let rate: Scalar
    /// Weight c of z in the average.
    let newWeight: Scalar
    /// Share of a step of z that y makes: 1 − β(1 − c).
    let share: Scalar

    /// y ← βx + (1−β)z after z ← z − α·`direction`, as y + c(z − y) − α(1 − β(1−c))·`direction`.
    @inline(__always)
    func apply(_ direction: Scalar, to parameter: inout Scalar, descent: inout Scalar) {
      let descended = isFirst ? parameter : descent
      let step = rate * direction
      parameter += newWeight * (descended - parameter) - share * step
      descent = descended - step
    }
  }

  /// - Parameter prepare: makes the update of a step from its context and the step of the average.
  @inline(__always)
  func stepper<Update: CoordinateUpdate>(
    count: Int, initial: Update.Memory,
    prepare: @escaping (StepContext, Step<Update.Scalar>) -> Update
  ) -> Stepper<Update.Scalar> {
    Stepper(
      storage: SlotStorage(
        count: count, initial: initial, quantities: ["weight_sum": 0, "largest_rate": 0]),
      evaluationPoint: { parameters, point, storage in
        let scale = Update.Scalar((1 - beta) / beta)
        // The first slot is z.
        for index in 0..<storage.count {
          point[index] = parameters[index] + scale * (parameters[index] - storage.base[index])
        }
      },
      body: .gradient { context, parameters, gradients, storage in
        StepKernel.run(
          prepare(context, next(context, storage.quantities)), parameters: parameters,
          gradients: gradients, slots: storage.base, count: storage.count, range: 0..<storage.count)
      })
  }

  private func next<Scalar: KernelScalar>(
    _ context: StepContext, _ quantities: UnsafeMutablePointer<Double>
  ) -> Step<Scalar> {
    var rate = context.learningRate
    if context.step < warmupSteps { rate *= Double(context.step) / Double(warmupSteps) }
    quantities[1] = max(quantities[1], rate)
    let weight =
      power(Double(context.step), weightPower) * power(quantities[1], weightRatePower)
    quantities[0] += weight
    let share = quantities[0] > 0 ? weight / quantities[0] : 0
    return Step(
      isFirst: context.step == 1, rate: Scalar(rate), newWeight: Scalar(share),
      share: Scalar(1 - beta * (1 - share)))
  }
}

extension Parameter where Owner: Optimizer {
  static func warmUpSteps(_ path: Path<Int>) -> Self {
    Parameter("warmup_steps", path, .whole(atLeast: 0), "steps of linear warm-up")
  }

  static func weightPower(_ path: Path<Double>) -> Self {
    Parameter("weight_power", path, .nonNegative, "exponent of t in the weights of the average")
  }

  static func weightRatePower(_ path: Path<Double>) -> Self {
    Parameter(
      "weight_rate_power", path, .nonNegative,
      "exponent of the learning rate in the weights of the average")
  }
}
