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
    let metrics = kind == .network ? Target.networkMetrics : [.loss]
    let keys = Target.descriptions(for: metrics)
    guard let reader = MappingReader(node, name: "target", keys: keys, issues: issues) else {
      return nil
    }
    if reader.keys.count != 1 { issues.report("target must have one metric", at: node) }
    return zip(metrics, keys).compactMap { metric, key -> Target? in
      guard let node = reader[key.name], isAvailable(metric, of: problem, called: key.name, node),
        case .number(let number)? = value(of: key, from: node)
      else { return nil }
      return Target(metric: metric, value: number)
    }.first
  }

  private func isAvailable(
    _ metric: Metric, of problem: Scenario.Problem?, called name: String, _ node: Node
  ) -> Bool {
    guard let problem else { return true }
    if metric.needsValidation, !problem.hasValidation {
      issues.report(
        "'\(name)' needs validation samples: add 'validation: 0.1' to the network", at: node)
      return false
    }
    if metric.isAccuracy, !problem.tellsClasses {
      issues.report(
        problem.predictsValues
          ? "'\(name)' needs classes, but the data have numbers to predict: use an R² such as test_r2"
          : "'\(name)' needs a loss over classes", at: node)
      return false
    }
    if metric.isExplained, !problem.predictsValues {
      issues.report("'\(name)' needs numbers to predict ('task: regression')", at: node)
      return false
    }
    return true
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
