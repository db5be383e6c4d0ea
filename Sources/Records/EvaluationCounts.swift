/// Losses and gradients that a trial had evaluated at each of its recorded steps, when the values of that step were known.
///
/// All arrays have one entry per recorded point. Where an epoch ends, its step comes twice: first without, then with the
/// evaluation that gave the step's own loss.
package struct EvaluationCounts: Sendable, Equatable {
  /// Updates made; ascending.
  package var steps: [Int]
  package var losses: [Int]
  package var gradients: [Int]

  package init(steps: [Int] = [], losses: [Int] = [], gradients: [Int] = []) {
    precondition(
      steps.count == losses.count && steps.count == gradients.count,
      "counts have one step per entry")
    self.steps = steps
    self.losses = losses
    self.gradients = gradients
  }
}

/// Seconds since the begin of a trial at some of its steps. Both arrays have one entry per reading.
///
/// Where an epoch ends, its step comes twice, as in ``EvaluationCounts``.
package struct ClockReadings: Sendable, Equatable {
  /// Updates made; ascending.
  package var steps: [Int]
  package var seconds: [Double]

  package init(steps: [Int] = [], seconds: [Double] = []) {
    precondition(steps.count == seconds.count, "readings have one step per entry")
    self.steps = steps
    self.seconds = seconds
  }
}
