/// What one trial left: one optimizer on one problem with one seed.
///
/// A trial knows nothing of scenarios or labels: those refer to it by its key, so that scenarios which
/// contain the same trial share its result.
public struct TrialRecord: Sendable, Equatable {
  /// Digest of everything that can change the result.
  public var key: String
  /// What the key is the digest of, as canonical JSON.
  public var configuration: String
  public var status: TrialStatus
  /// Why it went no further.
  public var stopReason: StopReason
  /// The epoch whose parameters are the trial's result, where early stopping restores the best one by the validation set.
  public var restoredEpoch: Int?
  /// Updates made.
  public var steps: Int
  /// Whole passes over the training data; 0 for problems without data.
  public var epochs: Int
  public var lossEvaluations: Int
  public var gradientEvaluations: Int
  /// Number of parameters that were trained.
  public var parameters: Int
  /// Memory that the optimizer keeps between steps.
  public var stateBytes: Int
  public var wallSeconds: Double
  /// Processor time of the trial; `nil` in stores from before it was taken, as is the environment.
  public var cpuSeconds: Double?
  public var environment: RunEnvironment?
  public var curves: [Curve]
  /// Present for problems with two or more coordinates worth drawing: the first two.
  public var trajectory: Trajectory?

  public init(
    key: String, configuration: String, status: TrialStatus, stopReason: StopReason? = nil,
    restoredEpoch: Int? = nil, steps: Int, epochs: Int,
    lossEvaluations: Int, gradientEvaluations: Int, parameters: Int, stateBytes: Int,
    wallSeconds: Double, cpuSeconds: Double? = nil, environment: RunEnvironment? = nil,
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
    self.curves = curves
    self.trajectory = trajectory
  }

  /// A trial that came to no result: it failed, or was interrupted.
  public init(key: String, configuration: String, without result: TrialStatus) {
    precondition(!result.isDone, "a trial that is done has a result")
    self.init(
      key: key, configuration: configuration, status: result, steps: 0, epochs: 0,
      lossEvaluations: 0, gradientEvaluations: 0, parameters: 0, stateBytes: 0, wallSeconds: 0,
      curves: [], trajectory: nil)
  }

  /// Without its way, and with the ends of its curves, and its result, only.
  public var condensed: TrialRecord {
    var record = self
    record.trajectory = nil
    record.curves = curves.filter { $0.layer == nil }.map { curve in
      let last = curve.values.count - 1
      let restored = restoredEpoch.flatMap { epoch in curve.epochs?.lastIndex(of: epoch) }
      let kept = Set([0, restored ?? last, last].filter { $0 >= 0 }).sorted()
      return Curve(
        metric: curve.metric, steps: kept.map { curve.steps[$0] },
        epochs: curve.epochs.map { epochs in kept.map { epochs[$0] } },
        values: kept.map { curve.values[$0] })
    }
    return record
  }

  /// The whole metric, not a layer's part.
  public func curve(_ metric: Metric) -> Curve? {
    curves.first { $0.metric == metric && $0.layer == nil }
  }

  /// What the trial came to: the value at the restored epoch, or the last one.
  ///
  /// A metric that is taken at every step has no value of an epoch, and its last one is meant.
  public func result(of metric: Metric) -> Double? {
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
public enum StopReason: String, CaseIterable, Hashable, Sendable {
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
public enum TrialStatus: Hashable, Sendable {
  case finished
  /// The loss or a parameter stopped being finite at this step (counted from 1; 0 is the start itself).
  case diverged(step: Int)
  /// It could not be run to an end; why, in words.
  case failed(reason: String)
  /// The run was ended from outside while the trial was under way.
  case interrupted

  /// As in `runs.csv`.
  public var name: String {
    switch self {
    case .finished: "finished"
    case .diverged: "diverged"
    case .failed: "failed"
    case .interrupted: "interrupted"
    }
  }

  public var divergedStep: Int? {
    if case .diverged(let step) = self { step } else { nil }
  }

  /// Why it failed.
  public var error: String? {
    if case .failed(let reason) = self { reason } else { nil }
  }

  public var isFailure: Bool { error != nil }

  /// Whether its last values are a result: it made all steps that it was to make, until its budget was spent or a rule of the
  /// scenario stopped it (see ``StopReason``).
  public var isComplete: Bool { self == .finished }

  /// Whether it need not be run again: the same trial would end the same way.
  public var isDone: Bool { isComplete || divergedStep != nil }

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
