import Records
import Statistics

/// What other runs of a scenario, or the curvature, say about an optimizer's learning rate.
package struct RateAdvice: Sendable, Equatable {
  /// A learning rate and the optimizer that has it.
  package struct Other: Sendable, Equatable {
    package var rate: Double
    package var optimizer: String
  }

  package private(set) var rate: Double
  /// The largest smaller rate of the same optimizer of which no run diverged; only where this one diverged.
  package private(set) var stable: Other?
  /// The smallest larger rate of the same optimizer whose median training loss is less than half.
  package private(set) var better: Other?
  /// Rate below which a quadratic with the observed curvature does not diverge; plain gradient descent on surfaces only.
  package private(set) var curvatureBound: Double?
}

extension RateAdvice {
  private struct Member {
    var rate: Double
    var group: ScenarioAnalysis.Group
    var loss: Double
    var isStable: Bool
  }

  /// Advice for every optimizer with a learning rate, by label.
  static func all(
    of groups: [ScenarioAnalysis.Group], in scenario: ScenarioRecord
  ) -> [String: RateAdvice] {
    let participants = Dictionary(
      scenario.optimizers.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    var families: [Family: [Member]] = [:]
    for group in groups {
      guard let participant = participants[group.optimizer], let rate = participant.rate else {
        continue
      }
      families[participant.family, default: []].append(
        Member(
          rate: rate, group: group, loss: group.trainingLoss,
          isStable: group.trials.allSatisfy(\.status.isComplete)))
    }
    var advice: [String: RateAdvice] = [:]
    for family in families.values {
      let sorted = family.sorted { $0.rate < $1.rate }
      for member in sorted {
        advice[member.group.optimizer] = RateAdvice(
          member, among: sorted, isPlain: participants[member.group.optimizer]?.rule == "sgd")
      }
    }
    return advice
  }

  /// - Parameter family: In ascending order of the rates.
  private init(_ member: Member, among family: [Member], isPlain: Bool) {
    func other(_ member: Member) -> Other {
      Other(rate: member.rate, optimizer: member.group.optimizer)
    }
    rate = member.rate
    better = family.first { $0.rate > member.rate && $0.loss < member.loss / 2 }.map(other)
    guard member.group.trials.contains(where: { $0.status.divergedStep != nil }) else { return }
    stable = family.last { $0.rate < member.rate && $0.isStable }.map(other)
    guard isPlain else { return }
    curvatureBound = member.group.trials.compactMap { $0.stableRate(below: member.rate) }.min()
  }
}

/// Everything about an optimizer but its learning rate and its label.
private struct Family: Hashable {
  var rule: String
  var settings: [String: Setting]
  var variant: [String: Setting]
}

extension ScenarioAnalysis.Group {
  /// Median over the runs, infinite after a divergence or without training.
  fileprivate var trainingLoss: Double {
    median(of: trials.map { $0.outcome(of: .trainLoss) })
  }
}

extension Participant {
  fileprivate static let rateName = "learning_rate"

  fileprivate var rate: Double? {
    if case .number(let rate) = hyperparameters[Self.rateName] { rate } else { nil }
  }

  fileprivate var family: Family {
    func others(_ settings: [String: Setting]) -> [String: Setting] {
      settings.filter { !$0.key.hasSuffix(Self.rateName) }
    }
    return Family(
      rule: rule, settings: others(hyperparameters),
      variant: others(variant.map { $0.values ?? $0.changes } ?? [:]))
  }
}

extension TrialRecord {
  /// Bound 2/λ of the stable rates of gradient descent: on a quadratic, a gradient that grows by the factor ρ along its steepest
  /// direction has ρ = αλ − 1, so 2/λ = 2α/(1 + ρ). From the first step at which the gradient's norm grew.
  fileprivate func stableRate(below rate: Double) -> Double? {
    guard status.divergedStep != nil, curve(.trainLoss) == nil,
      let curve = curve(.gradientNorm)
    else { return nil }
    for index in curve.values.indices.dropFirst()
    where curve.steps[index] == curve.steps[index - 1] + 1 {
      let growth = curve.values[index] / curve.values[index - 1]
      if growth > 1, growth.isFinite { return 2 * rate / (1 + growth) }
    }
    return nil
  }
}
