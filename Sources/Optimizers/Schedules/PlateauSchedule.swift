public import Parameters

/// Decay by a factor when the metric stops improving.
///
/// Better means metric < best − threshold·|best|, or metric < best − threshold where the threshold is absolute; for an accuracy,
/// metric > best + either. The learning rate falls when more than `patience` metrics in a row were not better, never below `minimum`
/// and by more than `epsilon`, or not at all; in the `cooldown` after a fall none is counted. PyTorch's ReduceLROnPlateau, but for
/// relative thresholds below 0: there its best·(1 − threshold) calls every repetition of a negative loss better.
public struct PlateauSchedule: NamedSchedule {
  public static let name = "reduce_on_plateau"
  public static let summary = "decay when the loss, or another metric, stops improving"
  public static let equation = "α·factor^(plateaus so far)"
  public static let source = "PyTorch, ReduceLROnPlateau"
  public static let parameters: [Parameter<PlateauSchedule>] = [
    Parameter("factor", \.factor, .openFraction, "factor at each decay"),
    Parameter(
      "patience", \.patience, .whole(atLeast: 0),
      "evaluations in a row without improvement before the decay"),
    Parameter("threshold", \.threshold, .nonNegative, "smallest improvement that counts"),
    Parameter(
      "cooldown", \.cooldown, .whole(atLeast: 0), "evaluations after a decay that are not counted"),
    Parameter("minimum", \.minimum, .nonNegative, "smallest learning rate"),
    Parameter(
      "threshold_mode", \.thresholdMode,
      "whether the threshold is a fraction of the best value or a difference"),
    Parameter("epsilon", \.epsilon, .nonNegative, "a smaller decay is skipped"),
    Parameter(
      "metric",
      .phrased(
        "one of \(WatchedMetric.names.joined(separator: ", ")) (never of the test set)",
        .choice(WatchedMetric.names)),
      absent: "the training loss", "metric to watch; networks, per epoch",
      get: { ($0.metric?.rawValue).map { .choice($0) } ?? .absent },
      set: {
        if case .choice(let name) = $1 { $0.metric = WatchedMetric(rawValue: name) }
        if $1 == .absent { $0.metric = nil }
      }),
  ]

  public enum ThresholdMode: String, CaseIterable, Sendable {
    case relative
    case absolute
  }

  public var factor = 0.1
  public var patience = 10
  public var threshold = 1e-4
  public var cooldown = 0
  public var minimum = 0.0
  public var thresholdMode = ThresholdMode.relative
  public var epsilon = 1e-8
  /// `nil` for the loss that the caller has anyway.
  public var metric: WatchedMetric?

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        thresholdMode == .relative && threshold >= 1, "threshold",
        "must be below 1, or be absolute (threshold_mode: absolute)"
      ))
  }

  public var watched: WatchedMetric? { metric }
  public var watchesTraining: Bool { true }

  /// Settings that the first version had are always said; others only where they are not at their defaults, so that trials stored
  /// under a description are found.
  public var description: String {
    let first = ["factor", "patience", "threshold", "cooldown", "minimum"]
    let shown = Self.parameters.filter {
      first.contains($0.name) || $0.get(self) != $0.get(Self())
    }
    return "\(Self.name)(\(shown.map { "\($0.name) \($0.get(self))" }.joined(separator: " ")))"
  }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    moment.plateau.rate ?? base
  }

  public func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment) {
    var memory = moment.plateau
    if memory.best.map({ isBetter(metric, than: $0) }) ?? !metric.isNaN {
      memory.best = metric
      memory.worse = 0
    } else {
      memory.worse += 1
    }
    if memory.cooldown > 0 {
      memory.cooldown -= 1
      memory.worse = 0
    }
    if memory.worse > patience {
      let rate = memory.rate ?? base
      let lower = max(rate * factor, minimum)
      if rate - lower > epsilon { memory.rate = lower }
      memory.cooldown = cooldown
      memory.worse = 0
    }
    moment.plateau = memory
  }

  private func isBetter(_ value: Double, than best: Double) -> Bool {
    let isHigher = metric?.largerIsBetter ?? false
    if thresholdMode == .absolute {
      return isHigher ? value > best + threshold : value < best - threshold
    }
    // best ± threshold·|best|, in the one product that PyTorch takes.
    let isOutward = isHigher == (best >= 0)
    let bound = best * (isOutward ? 1 + threshold : 1 - threshold)
    return isHigher ? value > bound : value < bound
  }
}

/// The state of `PlateauSchedule`.
struct PlateauMemory: Hashable, Sendable {
  /// The rate after the last fall.
  var rate: Double?
  var best: Double?
  /// Metrics in a row that were not better.
  var worse = 0
  /// Metrics still not to be counted.
  var cooldown = 0
}
