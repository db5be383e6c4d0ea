/// What a trial had spent when it knew the value of a metric after some steps.
extension TrialRecord {
  /// Losses evaluated by then, the one that gave the value included. A metric over a whole set costs none of its own.
  ///
  /// - Parameter step: updates made; a fraction between two recorded steps gives a count between theirs.
  package func lossEvaluations(by step: Double, of metric: Metric) -> Double {
    spent(by: step, of: metric, total: lossEvaluations, counts: \.losses)
  }

  /// Gradients evaluated by then.
  package func gradientEvaluations(by step: Double, of metric: Metric) -> Double {
    spent(by: step, of: metric, total: gradientEvaluations, counts: \.gradients)
  }

  /// Losses and gradients evaluated by then.
  package func evaluations(by step: Double, of metric: Metric) -> Double {
    lossEvaluations(by: step, of: metric) + gradientEvaluations(by: step, of: metric)
  }

  /// Wall time by then, in seconds; divided evenly over the steps for trials stored without clock readings.
  package func seconds(by step: Double, of metric: Metric) -> Double {
    guard let clock, !clock.steps.isEmpty else {
      return wallSeconds * min(1, step / Double(max(1, steps)))
    }
    return Self.interpolated(
      at: step, steps: clock.steps, values: clock.seconds, takesFirst: metric.isPerEpoch)
  }

  /// Whether evaluations by a step are known, and not divided evenly over the steps of a trial that was stored without its counts.
  package var knowsEvaluations: Bool {
    evaluationCounts != nil
      || [lossEvaluations, gradientEvaluations].allSatisfy { (steps...(steps + 1)).contains($0) }
  }

  private func spent(
    by step: Double, of metric: Metric, total: Int, counts: KeyPath<EvaluationCounts, [Int]>
  ) -> Double {
    if let evaluationCounts, !evaluationCounts.steps.isEmpty {
      return Self.interpolated(
        at: step, steps: evaluationCounts.steps,
        values: evaluationCounts[keyPath: counts], takesFirst: metric.isPerEpoch)
    }
    let looks = looksAfterLastStep(total)
    let perStep = Double(total - looks) / Double(max(1, steps))
    return min(Double(total), perStep * step + (metric.isPerEpoch ? 0 : 1))
  }

  /// Evaluations after the last update: the result of a surface, the loss that a network diverged with.
  private func looksAfterLastStep(_ total: Int) -> Int {
    let isSurface = curve(.loss)?.epochs == nil && epochs == 0
    return total > steps && (isSurface || status.divergedStep != nil) ? 1 : 0
  }

  /// The value at a step, on the line between its neighbors where it has no entry; ends hold beyond them.
  ///
  /// - Parameter takesFirst: of several entries for one step, the first and not the last.
  private static func interpolated<Value: BinaryNumber>(
    at step: Double, steps: [Int], values: [Value], takesFirst: Bool
  ) -> Double {
    // The first entry after the step.
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(steps[middle]) <= step { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return values[0].double }
    var place = low - 1
    if Double(steps[place]) == step {
      while takesFirst, place > 0, steps[place - 1] == steps[place] { place -= 1 }
      return values[place].double
    }
    guard low < steps.count else { return values[place].double }
    let share = (step - Double(steps[place])) / Double(steps[low] - steps[place])
    return values[place].double + share * (values[low].double - values[place].double)
  }
}

private protocol BinaryNumber {
  var double: Double { get }
}

extension Int: BinaryNumber {
  fileprivate var double: Double { Double(self) }
}

extension Double: BinaryNumber {
  fileprivate var double: Double { self }
}
