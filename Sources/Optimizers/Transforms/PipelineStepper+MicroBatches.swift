// Gradients of several batches for one update.

extension PipelineStepper {
  /// Gradients that are averaged for one update.
  public var microBatches: Int { pipeline.microBatches }

  /// The weighted mean of the gradients added since the last update.
  public var meanGradient: [Scalar] {
    precondition(pending > 0, "a mean needs a gradient")
    let divisor = Scalar(weights.sum)
    return gradient.map { $0 / divisor }
  }

  /// Adds a gradient to those of the next update, without making one.
  ///
  /// - Parameters:
  ///   - gradients: `count` values; unchanged.
  ///   - weight: its part in the mean, such as the number of samples that it is the mean of; above 0.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func add(_ gradients: Span<Scalar>, weight: Double = 1) {
    precondition(!isPlain, "a pipeline that changes nothing has no sum of gradients")
    precondition(gradients.count == count, "gradients and state must have one length")
    precondition(weight > 0, "a gradient without weight is none")
    if pending == 0 {
      weights = (weight, 1)
      for index in 0..<count { gradient[index] = gradients[index] }
    } else {
      let share = weight / weights.first
      weights.sum += share
      let factor = Scalar(share)
      for index in 0..<count { gradient[index] += factor * gradients[index] }
    }
    pending += 1
  }
}
