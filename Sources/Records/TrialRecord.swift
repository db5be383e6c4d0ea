/// What one trial left: one optimizer on one problem with one seed.
///
/// A trial knows nothing of scenarios or labels: those refer to it by its key, so that scenarios which
/// contain the same trial share its result.
package struct TrialRecord: Sendable, Equatable {
  /// Digest of everything that can change the result.
  package var key: String
  /// What the key is the digest of, as canonical JSON.
  package var configuration: String
  package var status: TrialStatus
  /// Why it went no further.
  package var stopReason: StopReason
  /// The epoch whose parameters are the trial's result, where early stopping restores the best one by the validation set.
  package var restoredEpoch: Int?
  /// Updates made.
  package var steps: Int
  /// Whole passes over the training data; 0 for problems without data.
  package var epochs: Int
  package var lossEvaluations: Int
  package var gradientEvaluations: Int
  /// Number of parameters that were trained.
  package var parameters: Int
  /// Memory that the optimizer keeps between steps.
  package var stateBytes: Int
  package var wallSeconds: Double
  /// Processor time of the trial; `nil` in stores from before it was taken, as is the environment.
  package var cpuSeconds: Double?
  package var environment: RunEnvironment?
  /// Of trials that made other than one evaluation per step; `nil` in stores from before they were counted by step.
  package var evaluationCounts: EvaluationCounts?
  /// `nil` in stores from before the clock was read step by step.
  package var clock: ClockReadings?
  package var curves: [Curve]
  /// Present for problems with two or more coordinates worth drawing: the first two.
  package var trajectory: Trajectory?

  package init(
    key: String, configuration: String, status: TrialStatus, stopReason: StopReason? = nil,
    restoredEpoch: Int? = nil, steps: Int, epochs: Int,
    lossEvaluations: Int, gradientEvaluations: Int, parameters: Int, stateBytes: Int,
    wallSeconds: Double, cpuSeconds: Double? = nil, environment: RunEnvironment? = nil,
    evaluationCounts: EvaluationCounts? = nil, clock: ClockReadings? = nil,
    curves: [Curve], trajectory: Trajectory?
  ) {
    self.key = key
    self.configuration = configuration
    self.status = status
    self.stopReason = stopReason ?? (status == .finished ? .budget : .divergence)
    self.restoredEpoch = restoredEpoch
    self.steps = steps
    self.epochs = epochs
    self.lossEvaluations = lossEvaluations
    self.gradientEvaluations = gradientEvaluations
    self.parameters = parameters
    self.stateBytes = stateBytes
    self.wallSeconds = wallSeconds
    self.cpuSeconds = cpuSeconds
    self.environment = environment
    self.evaluationCounts = evaluationCounts
    self.clock = clock
    self.curves = curves
    self.trajectory = trajectory
  }

  /// A trial that came to no result: it failed, or was interrupted.
  package init(key: String, configuration: String, without result: TrialStatus) {
    precondition(!result.isDone, "a trial that is done has a result")
    self.init(
      key: key, configuration: configuration, status: result, steps: 0, epochs: 0,
      lossEvaluations: 0, gradientEvaluations: 0, parameters: 0, stateBytes: 0, wallSeconds: 0,
      curves: [], trajectory: nil)
  }

  /// Without its path and, of networks, its counts by step, and with the ends of its curves and its result only; on a surface also with the points at which the loss was
  /// lower than ever before, which is all that targets need.
  package var condensed: TrialRecord {
    var record = self
    record.trajectory = nil
    record.clock = nil
    if !isOnSurface { record.evaluationCounts = nil }
    record.curves = curves.filter { $0.layer == nil }.map { curve in
      let last = curve.values.count - 1
      let restored = restoredEpoch.flatMap { epoch in curve.epochs?.lastIndex(of: epoch) }
      let descent = isOnSurface && curve.metric == .loss ? curve.descent : []
      let kept = Set(([0, restored ?? last, last] + descent).filter { $0 >= 0 }).sorted()
      return Curve(
        metric: curve.metric, steps: kept.map { curve.steps[$0] },
        epochs: curve.epochs.map { epochs in kept.map { epochs[$0] } },
        values: kept.map { curve.values[$0] })
    }
    return record
  }

  /// Losses of networks are those of epochs too.
  private var isOnSurface: Bool { epochs == 0 && curve(.loss)?.epochs == nil }

  /// Whether the record says when any loss was first reached; condensed records of earlier versions do not.
  package var hasDescent: Bool {
    guard let curve = curve(.loss) else { return true }
    return curve.steps.count > 2 || steps <= 1
  }

  /// The whole metric, not a layer's part.
  package func curve(_ metric: Metric) -> Curve? {
    curves.first { $0.metric == metric && $0.layer == nil }
  }

  /// What the trial came to: the value at the restored epoch, or the last one.
  ///
  /// A metric that is taken at every step has no value of an epoch, and its last one is meant.
  package func result(of metric: Metric) -> Double? {
    guard let curve = curve(metric) else { return nil }
    if let restoredEpoch, metric.isPerEpoch,
      let index = curve.epochs?.lastIndex(of: restoredEpoch)
    {
      return curve.values[index]
    }
    return curve.values.last
  }
}

/// Why a trial went no further.
package enum StopReason: String, CaseIterable, Hashable, Sendable {
  /// The steps or epochs were used up.
  case budget
  /// The loss hardly changed any more.
  case convergence
  /// The validation set had not got better for long enough.
  case earlyStopping = "early_stopping"
  /// The loss stopped being finite.
  case divergence
}

/// How a trial ended.
package enum TrialStatus: Hashable, Sendable {
  case finished
  /// The loss or a parameter stopped being finite at this step (counted from 1; 0 is the start itself).
  case diverged(step: Int)
  /// It could not be run to an end; why, in words.
  case failed(reason: String)
  /// The run was ended from outside while the trial was under way.
  case interrupted

  /// As in `runs.csv`.
  package var name: String {
    switch self {
    case .finished: "finished"
    case .diverged: "diverged"
    case .failed: "failed"
    case .interrupted: "interrupted"
    }
  }

  package var divergedStep: Int? {
    if case .diverged(let step) = self { step } else { nil }
  }

  /// Why it failed.
  package var error: String? {
    if case .failed(let reason) = self { reason } else { nil }
  }

  package var isFailure: Bool { error != nil }

  /// Whether its last values are a result: it made all steps that it was to make, until its budget was spent or a rule of the
  /// scenario stopped it (see ``StopReason``).
  package var isComplete: Bool { self == .finished }

  /// Whether it need not be run again: the same trial would end the same way.
  package var isDone: Bool { isComplete || divergedStep != nil }

  /// - Returns: `nil` for a name of no status, or a divergence without its step.
  init?(name: String, divergedStep: Int?, error: String?) {
    switch name {
    case "finished": self = .finished
    case "diverged":
      guard let divergedStep else { return nil }
      self = .diverged(step: divergedStep)
    case "failed": self = .failed(reason: error ?? "")
    case "interrupted": self = .interrupted
    default: return nil
    }
  }
}
