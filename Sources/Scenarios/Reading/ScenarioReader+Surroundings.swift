import Optimizers
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// The keys of an optimizer beside its hyperparameters: `schedule`, `clip_norm` and so on, `groups`.
  ///
  /// A rule's own hyperparameter of the same name comes first.
  func surroundings(
    of entrant: inout Entrant, _ reader: MappingReader, for problem: Scenario.Problem?
  ) {
    let own = type(of: entrant.optimizer).descriptions.map(\.name)
    func node(_ key: String) -> Node? { own.contains(key) ? nil : reader[key] }
    if let node = node("schedule"), let schedule = schedule(node, for: problem) {
      reportIgnored(node, by: entrant.optimizer)
      reportUnwatchable(schedule, node, for: problem)
      entrant.schedule = schedule
      entrant.extras["schedule"] = .text(schedule.description)
    }
    var options = UpdateOptions()
    let keys = UpdateOptions.descriptions.filter { !own.contains($0.name) }
    set(keys, of: &options, from: reader)
    report(options.conflicts, in: reader)
    entrant.pipeline = options.pipeline
    for (name, value) in options.changedSettings { entrant.extras[name] = Setting(value) }
    reportUnsuitable(options, of: entrant, node, for: problem)
    if let node = node("groups") { groups(of: &entrant, node, for: problem) }
  }

  /// Reports settings that the rule or the problem has no use for.
  private func reportUnsuitable(
    _ options: UpdateOptions, of entrant: Entrant, _ node: (String) -> Node?,
    for problem: Scenario.Problem?
  ) {
    let rule = entrant.rule
    if entrant.optimizer.comparesLosses {
      for key in ["centralize", "clip_value", "clip_norm"] {
        guard let node = node(key) else { continue }
        issues.report(
          "'\(key)' cannot be combined with \(rule), which compares losses: no loss has such gradients",
          at: node)
      }
    }
    if entrant.optimizer.stepper(count: 1, as: Double.self).needsObjective {
      for key in options.accumulate > 1 ? ["accumulate", "groups"] : ["groups"] {
        guard let node = node(key) else { continue }
        issues.report(
          "'\(key)' cannot be combined with \(rule), which asks for gradients itself", at: node)
      }
    }
    if options.centralizes, problem?.kind == .surface {
      issues.report(
        "'centralize' needs matrices of weights, and a surface has none", at: node("centralize"))
    }
    if let kept = options.keep, let count = problem?.parameterCount, kept >= count {
      issues.report(
        "'keep' must be below the number of parameters, \(count), or it has no effect",
        at: node("keep"))
    }
  }

  /// Reports a metric that a schedule watches and the problem, or the unit of the schedule, does not have.
  private func reportUnwatchable(
    _ schedule: LearningRateSchedule, _ node: Node, for problem: Scenario.Problem?
  ) {
    guard let problem,
      let metric = schedule.schedule.watched.flatMap({ Metric(rawValue: $0.rawValue) })
    else { return }
    var part = node
    while let next = part.mapping?["then"] { part = next }
    let place = part.mapping?["reduce_on_plateau"]?.mapping?["metric"] ?? node
    if problem.kind == .surface {
      issues.report(
        "'metric' of reduce_on_plateau is for networks; a surface has its loss", at: place)
      return
    }
    if schedule.unit == .step {
      issues.report(
        "'metric' of reduce_on_plateau needs 'per: epoch': \(metric.rawValue) is computed once per epoch",
        at: place)
    }
    if metric.needsValidation, !problem.hasValidation {
      issues.report(
        "'metric' of reduce_on_plateau needs validation samples: add 'validation: 0.1' to the network, or another 'metric'",
        at: place)
    }
    if metric.largerIsBetter, !problem.tellsClasses {
      issues.report("an accuracy as 'metric' needs a loss over classes", at: place)
    }
  }
}
