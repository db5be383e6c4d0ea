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
  public var curves: [Curve]
  /// Present for problems with two or more coordinates worth drawing: the first two.
  public var trajectory: Trajectory?

  public init(
    key: String, configuration: String, status: TrialStatus, steps: Int, epochs: Int,
    lossEvaluations: Int, gradientEvaluations: Int, parameters: Int, stateBytes: Int,
    wallSeconds: Double, curves: [Curve], trajectory: Trajectory?
  ) {
    self.key = key
    self.configuration = configuration
    self.status = status
    self.steps = steps
    self.epochs = epochs
    self.lossEvaluations = lossEvaluations
    self.gradientEvaluations = gradientEvaluations
    self.parameters = parameters
    self.stateBytes = stateBytes
    self.wallSeconds = wallSeconds
    self.curves = curves
    self.trajectory = trajectory
  }

  /// Without its way, and with the ends of its curves only.
  public var condensed: TrialRecord {
    var record = self
    record.trajectory = nil
    record.curves = curves.map { curve in
      let kept = curve.values.count < 3 ? Array(curve.values.indices) : [0, curve.values.count - 1]
      return Curve(
        metric: curve.metric, steps: kept.map { curve.steps[$0] },
        epochs: curve.epochs.map { epochs in kept.map { epochs[$0] } },
        values: kept.map { curve.values[$0] })
    }
    return record
  }

  public func curve(_ metric: Metric) -> Curve? { curves.first { $0.metric == metric } }
}

/// How a trial ended.
public enum TrialStatus: Hashable, Sendable {
  case finished
  /// The loss or a parameter stopped being finite at this step (counted from 1; 0 is the start itself).
  case diverged(step: Int)

  /// As in `runs.csv`.
  public var name: String {
    switch self {
    case .finished: "finished"
    case .diverged: "diverged"
    }
  }

  public var divergedStep: Int? {
    if case .diverged(let step) = self { step } else { nil }
  }
}
