package import Records

/// The outcome of one run in its scenario.
package struct TrialOutcome: Sendable, Equatable {
  /// The scenario's metric at the end of the run; ``Metric/worst`` if the run diverged, failed or was interrupted.
  package var value: Double
  /// Updates until the target was first reached; `nil` if it was not reached, or without a target.
  package var stepsToTarget: Int?
  /// Wall time in seconds until then.
  package var secondsToTarget: Double?
  /// `nil` without training, or if the training was too short.
  package var diagnosis: Diagnosis?

  package init(_ trial: TrialRecord, in scenario: ScenarioRecord) {
    value = trial.outcome(of: scenario.rankedBy)
    stepsToTarget = scenario.target.flatMap(trial.steps(to:))
    secondsToTarget = scenario.target.flatMap { target in
      trial.steps(to: target).map { trial.seconds(by: Double($0), of: target.metric) }
    }
    diagnosis = Diagnosis(of: trial)
  }

  /// Steps to the target, infinite where it was not reached.
  package var stepsOrInfinity: Double { stepsToTarget.map(Double.init) ?? .infinity }
}

extension TrialRecord {
  /// Result of the trial; ∞ or −∞, whichever is worse, after a divergence.
  package func outcome(of metric: Metric) -> Double {
    guard status.isComplete, let value = result(of: metric), value.isFinite else {
      return metric.worst
    }
    return value
  }

  /// Updates until the target was first reached, including runs that diverge later.
  package func steps(to target: Target) -> Int? {
    place(of: target).map { $0.curve.steps[$0.index] }
  }

  /// First epoch after which the target was reached; 0 is before training.
  package func epochs(to target: Target) -> Int? {
    place(of: target).flatMap { place in place.curve.epochs.map { $0[place.index] } }
  }

  /// The first recorded point that reaches the target.
  private func place(of target: Target) -> (curve: Curve, index: Int)? {
    guard let curve = curve(target.metric),
      let index = curve.values.firstIndex(where: target.isReached(by:))
    else { return nil }
    return (curve, index)
  }
}
