import Records
import Statistics

/// The order of a scenario's optimizers, and what it rests on.
///
/// Surfaces rank by the median number of evaluations that solving took. Optimizers most of whose runs missed the goal follow, by the
/// share of runs that reached it, then by their median loss; where the loss has no lowest value, they share the last rank. The goal is
/// the scenario's target, or without one the hardest of Moré and Wild's precisions that at least one optimizer solves. Where none is
/// solved, the loss decides alone. Networks rank by the median of the scenario's metric.
///
/// Equal numbers of evaluations share a rank, and so do losses whose difference rounding explains (``RoundingFloor``).
package struct ScenarioRanking: Sendable, Equatable {
  package enum Basis: Sendable, Equatable, Codable {
    /// Median evaluations until solved.
    case evaluations(Goal)
    /// Median of the scenario's metric at the end.
    case metric
    /// Nothing: the loss has no lowest value, and the target was missed or is not set.
    case nothing
  }

  package let basis: Basis
  /// What each optimizer needed to solve the surface; empty for networks and without a goal.
  package let efforts: [SolvingEffort]
  /// From 1; those that tie share the mean of their ranks.
  package let ranks: [Double]
  /// Whether an optimizer has a result that can be best: it solved the surface, or its median is finite.
  package let hasResult: [Bool]

  init(_ groups: [ScenarioAnalysis.Group], in result: ScenarioResult) {
    let scenario = result.scenario
    let lowest = LowestValues(result)
    let efforts = Self.efforts(groups, result.scenario, lowest)
    let isUnbounded = scenario.isUnbounded == true
    self.efforts = efforts
    if let goal = efforts.first?.goal, efforts.contains(where: \.isSolved) {
      basis = .evaluations(goal)
    } else {
      basis = isUnbounded ? .nothing : .metric
    }
    let floor = Floor(scenario, groups, lowest)
    let places = groups.indices.map { index in
      Place(
        evaluations: efforts.isEmpty ? .infinity : efforts[index].attempts.medianEffort,
        failureRate: efforts.isEmpty ? 1 : 1 - efforts[index].attempts.successRate,
        cost: isUnbounded
          ? 0 : scenario.rankedBy.cost(median(of: groups[index].outcomes.map(\.value))))
    }
    ranks = averageRanks(of: places, by: <) { $0.isEqual(to: $1, floor) }
    hasResult = places.map { $0.evaluations.isFinite || (!isUnbounded && $0.cost.isFinite) }
  }

  /// What ranks one optimizer of a scenario.
  private struct Place {
    /// Infinite if most runs missed the goal.
    var evaluations: Double
    var failureRate: Double
    var cost: Double

    static func < (left: Place, right: Place) -> Bool {
      if left.evaluations != right.evaluations { return left.evaluations < right.evaluations }
      guard left.evaluations == .infinity else { return false }
      if left.failureRate != right.failureRate { return left.failureRate < right.failureRate }
      return left.cost < right.cost || (right.cost.isNaN && !left.cost.isNaN)
    }

    func isEqual(to other: Place, _ floor: Floor) -> Bool {
      guard evaluations == other.evaluations else { return false }
      return evaluations.isFinite
        || (failureRate == other.failureRate && floor.explains(cost, other.cost))
    }
  }

  /// The size of differences that rounding explains.
  private struct Floor {
    var lowest = 0.0
    var scale = 0.0

    init(
      _ scenario: ScenarioRecord, _ groups: [ScenarioAnalysis.Group], _ lowestValues: LowestValues
    ) {
      guard scenario.kind == .surface else { return }
      let starts = groups.flatMap { $0.trials.compactMap { $0.curve(.loss)?.values.first } }
      lowest = lowestValues.least ?? 0
      scale = starts.filter(\.isFinite).map { abs($0 - lowest) }.max() ?? 0
    }

    func explains(_ first: Double, _ second: Double) -> Bool {
      RoundingFloor.agree(first, second, scale: scale, lowest: lowest)
    }
  }

  // MARK: Goal

  private static func efforts(
    _ groups: [ScenarioAnalysis.Group], _ scenario: ScenarioRecord, _ lowest: LowestValues
  ) -> [SolvingEffort] {
    guard scenario.kind == .surface else { return [] }
    func efforts(_ goal: Goal) -> [SolvingEffort] {
      groups.map {
        SolvingEffort(goal, $0, target: scenario.target, lowest.value(for: $0.optimizer))
      }
    }
    if scenario.target != nil { return efforts(.target) }
    for precision in Goal.precisions.reversed() {
      let found = efforts(.precision(precision))
      if found.contains(where: \.isSolved) { return found }
    }
    return []
  }

  /// What tests compare of the runs of two optimizers, by their places among the groups, in the order of the seeds: evaluations,
  /// infinite for a missed goal, if any of both reached it; or else the metric.
  func compared(_ first: Int, _ second: Int, outcomes: [[Double]]) -> ComparedValues {
    guard case .evaluations = basis else {
      return ComparedValues(outcomes[first], outcomes[second])
    }
    let attempts = [efforts[first].attempts, efforts[second].attempts]
    guard attempts.contains(where: { $0.successes > 0 }) else {
      return ComparedValues(outcomes[first], outcomes[second])
    }
    let values = attempts.map { $0.efforts.map { $0 ?? .infinity } }
    return ComparedValues(values[0], values[1], isEvaluations: true)
  }

  /// Values of two optimizers' runs.
  struct ComparedValues {
    var first: [Double]
    var second: [Double]
    var isEvaluations: Bool

    init(_ first: [Double], _ second: [Double], isEvaluations: Bool = false) {
      self.first = first
      self.second = second
      self.isEvaluations = isEvaluations
    }
  }
}
