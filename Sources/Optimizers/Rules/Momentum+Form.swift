public import Parameters

extension Momentum {
  public enum Form: String, CaseIterable, Sendable {
    case heavyBall = "heavy_ball"
    case average
  }

  static let formHyperparameters: [Parameter<Momentum>] = [
    Parameter("form", \.form, "velocity as a sum (heavy_ball) or as an average of gradients"),
    Parameter(
      "dampening", \.dampening, .fraction, "fraction of the gradient that a heavy ball ignores, τ"),
    .biasCorrection(\.biasCorrection),
  ]

  public var conflicts: [Conflict] {
    [Conflict](
      (
        form == .heavyBall && biasCorrection, "bias_correction",
        "needs form: average; a heavy ball is not an average"
      ),
      (
        form == .average && dampening > 0, "dampening",
        "needs form: heavy_ball; an average weights gradients by 1 − momentum"
      ))
  }
}

extension Momentum.Update {
  init(_ rule: Momentum, at context: StepContext) {
    var rate = context.learningRate
    switch rule.form {
    case .heavyBall:
      velocity = ExponentialMovingAverage(
        beta: rule.momentum, newWeight: context.step == 1 ? 1 : 1 - rule.dampening)
    case .average:
      velocity = ExponentialMovingAverage(beta: rule.momentum)
      if rule.biasCorrection {
        rate /= ExponentialMovingAverage<Double>.totalWeight(
          beta: rule.momentum, step: context.step)
      }
    }
    self.rate = Scalar(rate)
  }
}
