import Records

/// The lowest value of a surface's loss: the known one, or the best that any run found.
package struct LowestValue: Sendable, Equatable {
  package let value: Double
  package let isKnown: Bool
}

/// The lowest value of the loss that each optimizer of a surface runs on.
///
/// Distances to it are what targets are made of, so that a constant added to the loss changes none of them.
struct LowestValues: Sendable {
  /// Of optimizers whose variants run on another surface.
  private var others: [String: Double] = [:]
  private var own: LowestValue?

  /// None for networks, and if the loss has no lowest value or no run has a finite one.
  /// - Complexity: One pass over all curves if a lowest value is not known.
  init(_ result: ScenarioResult) {
    let scenario = result.scenario
    guard scenario.kind == .surface, scenario.isUnbounded != true else { return }
    for participant in scenario.optimizers { others[participant.label] = participant.lowestValue }
    if let known = scenario.lowestValue {
      own = LowestValue(value: known, isKnown: true)
    } else {
      own = Self.best(of: .loss, in: result).map { LowestValue(value: $0, isKnown: false) }
    }
  }

  /// Of the surface that an optimizer runs on.
  func value(for optimizer: String) -> LowestValue? {
    others[optimizer].map { LowestValue(value: $0, isKnown: true) } ?? own
  }

  /// The least of all; `nil` if there is none.
  var least: Double? { (others.values.map(\.self) + [own?.value].compactMap(\.self)).min() }

  /// The best finite value that any run recorded, as a cost.
  static func best(of metric: Metric, in result: ScenarioResult) -> Double? {
    result.runs.compactMap { run in
      run.trial.curve(metric)?.values.lazy.map(metric.cost).filter(\.isFinite).min()
    }.min()
  }
}
