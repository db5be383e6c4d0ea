import Foundation
public import Parameters

/// One rise to the full learning rate and one long decay far below the start; momentum moves the opposite way.
///
/// From α/divisor to α at t = rise·length − 1, then to α/(divisor·final_divisor) at t = length − 1; with three phases
/// the fall takes as long as the rise, back to the start, before the last descent. Each phase is a straight line or
/// half a cosine wave (Smith and Topin 2019, section 3; phases as PyTorch's OneCycleLR).
public struct OneCycleSchedule: NamedSchedule {
  public static let name = "one_cycle"
  public static let summary =
    "one rise to the full learning rate, then a long decay far below the start"
  public static let equation = "α/divisor → α (t = rise·length − 1) → α/(divisor·final_divisor)"
  public static let source = "Smith and Topin 2019, section 3"
  public static let parameters: [Parameter<OneCycleSchedule>] = [
    .length(\.length),
    Parameter("rise", \.rise, .openFraction, "fraction of the length until the peak"),
    Parameter("divisor", \.divisor, .positive, "peak divided by the learning rate at the start"),
    Parameter(
      "final_divisor", \.finalDivisor, .positive,
      "learning rate at the start divided by the last one"),
    Parameter("annealing", \.annealing, "shape of the rise and the fall"),
    Parameter(
      "three_phases", \.threePhases,
      "falls back to the start in as many steps as it rose, then further"),
    Parameter(
      "cycle_momentum", \.cycleMomentum,
      "moves the momentum (or beta1) opposite to the learning rate"),
    Parameter(
      "minimum_momentum", \.minimumMomentum, .fraction, "momentum at the peak of the learning rate"),
    Parameter(
      "maximum_momentum", \.maximumMomentum, .fraction, "momentum at the start and at the end"),
  ]

  public enum Annealing: String, CaseIterable, Sendable {
    case cosine
    case linear
  }

  public var length: Int?
  public var rise = 0.3
  public var divisor = 25.0
  public var finalDivisor = 10_000.0
  public var annealing = Annealing.cosine
  public var threePhases = false
  public var cycleMomentum = true
  /// At the peak of the learning rate.
  public var minimumMomentum = 0.85
  /// At the start and at the end.
  public var maximumMomentum = 0.95

  public init() {}

  public var conflicts: [Conflict] {
    let (lower, upper) = ("minimum_momentum", "maximum_momentum")
    return [Conflict](
      (
        !cycleMomentum && minimumMomentum != Self().minimumMomentum, lower,
        "has no effect without cycle_momentum"
      ),
      (
        !cycleMomentum && maximumMomentum != Self().maximumMomentum, upper,
        "has no effect without cycle_momentum"
      ),
      (minimumMomentum > maximumMomentum, lower, "must not be above maximum_momentum"),
      (minimumMomentum > maximumMomentum, upper, "must not be below minimum_momentum"))
  }

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    let first = base / divisor
    return value(at: moment, first, base, first, first / finalDivisor)
  }

  public func momentum(at moment: ScheduleMoment) -> Double? {
    guard cycleMomentum else { return nil }
    return value(at: moment, maximumMomentum, minimumMomentum, maximumMomentum, maximumMomentum)
  }

  /// Runs from `first` through `peak` to `last`, by way of `middle` if there are three phases.
  private func value(
    at moment: ScheduleMoment, _ first: Double, _ peak: Double, _ middle: Double, _ last: Double
  ) -> Double {
    let length = Double(length ?? moment.total)
    let position = Double(moment.position)
    let top = rise * length - 1
    if position < top { return annealed(from: first, to: peak, position / top) }
    var begin = max(top, 0)
    var from = peak
    if threePhases {
      let back = 2 * rise * length - 2
      if position < back {
        return annealed(from: peak, to: middle, (position - begin) / (back - begin))
      }
      begin = max(back, 0)
      from = middle
    }
    // A run of one step has no time to fall.
    let duration = length - 1 - begin
    return duration > 0
      ? annealed(from: from, to: last, min(1, (position - begin) / duration)) : last
  }

  private func annealed(from start: Double, to end: Double, _ share: Double) -> Double {
    switch annealing {
    case .linear: (end - start) * share + start
    case .cosine: end + (start - end) / 2 * (1 + cos(.pi * share))
    }
  }
}
