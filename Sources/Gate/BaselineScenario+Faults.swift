import Records
import Text

extension GateTier {
  /// The tier of a problem, whatever a file says of it: surfaces are deterministic, networks are not.
  ///
  /// - Parameter metric: Decides where only a description is known, or variants change the surface or the data set: surfaces
  ///   alone are ranked by their loss.
  init(of problem: ComparedFields, metric: Metric) {
    if problem.fields["surface"] != nil {
      self = .exact
    } else if problem.fields["dataset"] != nil {
      self = .noisy
    } else {
      self = metric == .loss ? .exact : .noisy
    }
  }
}

extension BaselineScenario {
  /// The first thing that no baseline written by `bench check --update` holds, with its line.
  ///
  /// Each of these would make the gate compare fewer runs than it says, or compare with values that no run has.
  /// - Parameters:
  ///   - lines: Line of each run.
  ///   - columnsLine: Line of the names of the columns.
  ///   - hasOptimizerFields: Whether the file says what each optimizer is.
  func firstFault(
    lines: [Int], columnsLine: Int, hasOptimizerFields: Bool
  ) -> (line: Int, reason: String)? {
    let proper = GateTier(of: problem, metric: metric)
    guard tier == proper else {
      return (2, "the tier of this problem is \(proper.rawValue), not \(tier.rawValue)")
    }
    guard !runs.isEmpty else { return (columnsLine, "no runs follow") }
    var seeds: [String: [Int]] = [:]
    for (run, line) in zip(runs, lines) {
      if let reason = fault(of: run) { return (line, reason) }
      if hasOptimizerFields, optimizerFields[run.optimizer] == nil {
        return (line, "no '# optimizer: ' line says what '\(run.optimizer)' is")
      }
      // Runs of an optimizer follow one another by seed: a line that is missing or twice there shows at once.
      let expected = seeds[run.optimizer]?.count ?? 0
      guard run.seed == expected else {
        return (line, "seed \(run.seed) of '\(run.optimizer)', expected seed \(expected)")
      }
      seeds[run.optimizer, default: []].append(run.seed)
    }
    let last = lines.last ?? columnsLine
    let count = seeds.values.map(\.count).max() ?? 0
    for optimizer in optimizers {
      let own = seeds[optimizer]?.count ?? 0
      if own < count {
        return (last, "'\(optimizer)' has \(counted(own, "seed")), others have \(count)")
      }
    }
    if tier == .noisy, count < NoisyTier.seeds {
      return (
        last, "\(counted(count, "seed")) per optimizer; a network's baseline has \(NoisyTier.seeds)"
      )
    }
    if hasOptimizerFields,
      let label = optimizerFields.keys.sorted().first(where: { seeds[$0] == nil })
    {
      return (last, "no run of optimizer '\(label)'")
    }
    return nil
  }

  /// What is impossible about one run.
  private func fault(of run: BaselineRun) -> String? {
    let isFinished = run.status == TrialStatus.finished.name
    guard isFinished || run.status == TrialStatus.diverged(step: 0).name else {
      return "status '\(run.status)'; a run of a baseline is finished or diverged"
    }
    let counts = [
      ("steps", run.steps), ("loss_evaluations", run.lossEvaluations),
      ("gradient_evaluations", run.gradientEvaluations),
      ("steps_to_target", run.stepsToTarget ?? 0),
    ]
    if let (name, count) = counts.first(where: { $0.1 < 0 }) {
      return "\(name) \(count); a count is not negative"
    }
    if let reached = run.stepsToTarget, reached > run.steps {
      return "steps_to_target \(reached) after \(counted(run.steps, "step"))"
    }
    if case .number(let budget)? = budget.fields["steps"], Double(run.steps) > budget {
      return "\(counted(run.steps, "step")) with a budget of \(budget.shortest)"
    }
    guard isFinished else {
      return run.result == metric.worst
        ? nil
        : "result \(run.result.shortest) of a diverged run; it counts as \(metric.worst.shortest)"
    }
    // A network may be trained with finite losses and overflow on other samples.
    let mayOverflow = tier == .noisy
    let values =
      [("result", run.result)] + run.waypoints.sorted { $0.key < $1.key }.map { ($0, $1) }
    if !mayOverflow, let (name, value) = values.first(where: { !$0.1.isFinite }) {
      return "\(name) \(value.shortest) of a finished run"
    }
    if run.result.isNaN { return "result nan; a result is a number" }
    if metric.isFraction, run.result != metric.worst, !(0...1).contains(run.result) {
      return "result \(run.result.shortest); \(metric.rawValue) is from 0 to 1"
    }
    let needed = tier == .exact ? "final_loss" : "train_loss"
    return run.waypoints[needed] == nil ? "\(needed) of a finished run is missing" : nil
  }
}

extension Metric {
  /// Whether values are shares of samples.
  fileprivate var isFraction: Bool {
    self == .trainAccuracy || self == .validationAccuracy || self == .testAccuracy
  }
}
