import Optimizers

extension PipelineStepper {
  /// One step of a method that asks for losses and gradients itself, when those at the parameters are known already:
  /// its first question is about them and costs nothing.
  ///
  /// - Returns: How often `objective` was asked.
  func step(
    _ parameters: inout [Scalar], learningRate: Double, knownLoss: Double,
    knownGradient: [Scalar], objective: Stepper<Scalar>.Objective
  ) -> Int {
    var questions = 0
    var span = parameters.mutableSpan
    step(&span, learningRate: learningRate) { point, gradient in
      questions += 1
      guard questions > 1 else {
        for index in knownGradient.indices { gradient[index] = knownGradient[index] }
        return knownLoss
      }
      return objective(point, gradient)
    }
    return questions - 1
  }
}
