public import Parameters

/// Decay by a factor when the metric stops improving.
///
/// Better means metric < best·(1 − threshold). The learning rate falls when more than `patience` metrics in a row were not
/// better, never below `minimum`; in the `cooldown` after a fall none is counted (PyTorch's ReduceLROnPlateau, relative
/// threshold).
public struct PlateauSchedule: NamedSchedule {
  public static let name = "reduce_on_plateau"
  public static let summary = "decay when the loss stops improving"
  public static let equation = "α·factor^(plateaus so far)"
  public static let source = "PyTorch, ReduceLROnPlateau"
  public static let parameters: [Parameter<PlateauSchedule>] = [
    Parameter("factor", \.factor, .openFraction, "factor at each decay"),
    Parameter(
      "patience", \.patience, .whole(atLeast: 0),
      "evaluations in a row without improvement before the decay"),
    Parameter(
      "threshold", \.threshold, .fraction, "smallest relative improvement that counts"),
    Parameter(
      "cooldown", \.cooldown, .whole(atLeast: 0), "evaluations after a decay that are not counted"),
    Parameter("minimum", \.minimum, .nonNegative, "smallest learning rate"),
  ]

  /// Smaller decays are skipped.
  public static let smallestFall = 1e-8

  public var factor = 0.1
  public var patience = 10
  public var threshold = 1e-4
  public var cooldown = 0
  public var minimum = 0.0

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    moment.plateau.rate ?? base
  }

  public func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment) {
    var memory = moment.plateau
    if metric < memory.best * (1 - threshold) {
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
      if rate - lower > Self.smallestFall { memory.rate = lower }
      memory.cooldown = cooldown
      memory.worse = 0
    }
    moment.plateau = memory
  }
}

/// The state of `PlateauSchedule`.
struct PlateauMemory: Hashable, Sendable {
  /// The rate after the last fall.
  var rate: Double?
  var best = Double.infinity
  /// Metrics in a row that were not better.
  var worse = 0
  /// Metrics still not to be counted.
  var cooldown = 0
}
