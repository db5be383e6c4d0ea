import Datasets
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `budget:` with `steps` for surfaces and `epochs` for networks.
  func budget(_ node: Node, for kind: ScenarioRecord.Kind?) -> Scenario.Budget? {
    switch kind {
    case .surface: group(StepBudget.self, node).map { .steps($0.steps) }
    case .network: group(EpochBudget.self, node).map { .epochs($0.epochs) }
    // The problem itself is wrong, and already reported.
    case .smoothing, nil: nil
    }
  }

  /// `target:` with one metric and its value.
  func target(
    _ node: Node, for problem: Scenario.Problem?, kind: ScenarioRecord.Kind?
  ) -> Target? {
    let metrics = kind == .network ? Target.networkMetrics + Target.reportedMetrics : [.loss]
    let keys = Target.descriptions(for: metrics)
    guard let reader = MappingReader(node, name: "target", keys: keys, issues: issues) else {
      return nil
    }
    if reader.keys.count != 1 { issues.report("target must have one metric", at: node) }
    return zip(metrics, keys).compactMap { metric, key -> Target? in
      guard let node = reader[key.name], isTarget(metric, of: problem, at: node),
        case .number(let number)? = value(of: key, from: node)
      else { return nil }
      return Target(metric: metric, value: number)
    }.first
  }

  private func isTarget(
    _ metric: Metric, of problem: Scenario.Problem?, at node: Node
  ) -> Bool {
    if metric.isOfTestSet {
      issues.report(
        "'\(metric.rawValue)' cannot be a target: the test set is only reported; use '\(metric.onValidationSet.rawValue)', which needs a validation set, such as 'validation: 0.1' in the network",
        at: node)
      return false
    }
    guard let problem, let requirement = metric.requirement(missingIn: problem) else { return true }
    issues.report("'\(metric.rawValue)' \(requirement)", at: node)
    return false
  }

  /// Checks the metric of `rank_by:` against the problem and those of the variants.
  func check(_ rankBy: Metric?, _ node: Node?, for problems: [Scenario.Problem]) {
    guard let rankBy, let node else { return }
    if problems.contains(where: { $0.kind == .surface }) {
      issues.report("'rank_by' is for networks; surfaces are ranked by their loss", at: node)
      return
    }
    guard let requirement = problems.lazy.compactMap(rankBy.requirement).first else { return }
    issues.report("'rank_by': \(rankBy.rawValue) \(requirement)", at: node)
  }

  /// `early_stopping:` and `convergence:` of a scenario.
  func stopping(_ reader: MappingReader, for problem: Scenario.Problem?) -> StoppingRules {
    var rules = StoppingRules()
    let mistakes = issues.issues.count
    set(StoppingRules.descriptions, of: &rules, from: reader)
    guard let node = reader["early_stopping"], let problem else { return rules }
    guard let task = problem.network else {
      issues.report("'early_stopping' is for networks; a surface has 'convergence'", at: node)
      return rules
    }
    // What a mistaken metric needs is unknown.
    guard let metric = rules.earlyStopping?.metric, issues.issues.count == mistakes else {
      return rules
    }
    if task.preparation.validation == nil, metric.needsValidation {
      issues.report(
        "'early_stopping' needs validation samples: add 'validation: 0.1' to the network, or another 'metric'",
        at: node)
    }
    if metric.isExplained, !problem.predictsValues {
      issues.report("R² as 'metric' needs numbers to predict ('task: regression')", at: node)
    }
    if metric.isAccuracy, !problem.tellsClasses {
      issues.report("an accuracy as 'metric' needs a loss over classes", at: node)
    }
    return rules
  }

  /// `charts:`, a list of chart names that suit the problem and those of its variants; without it, every chart that does.
  func charts(_ node: Node?, for problems: [Scenario.Problem], kind: ScenarioRecord.Kind?)
    -> [String]
  {
    guard let kind else { return [] }
    let suitable =
      problems.isEmpty ? charts.names(for: kind) : charts.names(for: problems)
    guard let node else { return charts.usual(among: suitable) }
    guard let list = node.sequence else {
      issues.report("'charts' must be a list of names", at: node)
      return []
    }
    return list.compactMap { item in
      guard let name = item.scalar?.string else {
        issues.report("a chart must be a name", at: item)
        return nil
      }
      if suitable.contains(name) { return name }
      issues.report(
        charts.all.contains(name)
          ? "chart '\(name)' does not suit this problem\(charts.missingKey(for: name, in: kind)) (there are: \(suitable.joined(separator: ", ")))"
          : "unknown chart '\(name)'\(NearestName.hint(for: name, among: suitable))", at: item)
      return nil
    }
  }
}
