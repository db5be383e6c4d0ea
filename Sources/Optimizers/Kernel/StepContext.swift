/// The inputs of a step's coefficients.
struct StepContext: Sendable {
  /// Counted from 1.
  var step: Int
  var learningRate: Double
  /// The momentum of a schedule, which replaces that of the rule.
  var momentum: Double?

  init(step: Int, learningRate: Double, momentum: Double? = nil) {
    self.step = step
    self.learningRate = learningRate
    self.momentum = momentum
  }
}
