import Datasets
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `budget:` with `steps` for surfaces and `epochs` for networks.
  func budget(_ node: Node, for kind: ScenarioRecord.Kind?) -> Scenario.Budget? {
    guard let reader = MappingReader(node, name: "budget", issues: issues) else { return nil }
    defer { reader.finish() }
    switch kind {
    case .surface:
      guard reader.has("steps") else { break }
      return reader.whole("steps", in: 1...100_000_000).map { .steps($0) }
    case .network:
      guard reader.has("epochs") else { break }
      return reader.whole("epochs", in: 1...100_000).map { .epochs($0) }
    case .smoothing, nil:
      // The problem itself is wrong, and already reported.
      _ = reader.take("steps")
      _ = reader.take("epochs")
      return nil
    }
    _ = reader.require(kind == .surface ? "steps" : "epochs")
    return nil
  }

  /// `target:` with one metric and its value.
  func target(
    _ node: Node, for problem: Scenario.Problem?, kind: ScenarioRecord.Kind?
  ) -> Target? {
    guard let reader = MappingReader(node, name: "target", issues: issues) else { return nil }
    let metrics: [Metric] =
      kind == .network
      ? [
        .testAccuracy, .testLoss, .trainLoss, .trainAccuracy, .validationAccuracy, .validationLoss,
      ] : [.loss]
    let targets = metrics.compactMap { metric -> Target? in
      guard let value = reader.take(metric.rawValue) else { return nil }
      guard let number = value.plainNumber else {
        issues.report("'\(metric.rawValue)' must be a number, not \(value.quoted)", at: value)
        return nil
      }
      if case .network(let task) = problem, metric.needsValidation,
        task.preparation.validation == nil
      {
        issues.report(
          "'\(metric.rawValue)' needs samples to be taken of: add 'validation: 0.1' to the network",
          at: value)
        return nil
      }
      if let problem, metric.largerIsBetter, !problem.tellsClasses {
        issues.report("'\(metric.rawValue)' needs a loss that tells classes apart", at: value)
        return nil
      }
      if metric.largerIsBetter, !(0...1).contains(number) {
        issues.report(
          "'\(metric.rawValue)' must be a share from 0 to 1, not \(value.quoted)", at: value)
        return nil
      }
      return Target(metric: metric, value: number)
    }
    reader.finish()
    if reader.keys.count != 1 {
      issues.report("target must have one metric", at: node)
    }
    return targets.first
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
