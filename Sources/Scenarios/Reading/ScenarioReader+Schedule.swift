import Optimizers
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `schedule:`, a name, or a mapping of one name to its parameters with `then:` and `per:`.
  func schedule(_ node: Node, for problem: Scenario.Problem?) -> LearningRateSchedule? {
    if node.scalar != nil {
      guard let schedule = named(node) else { return nil }
      if problem?.kind == .network, !spansBudget(type(of: schedule)) { reportUnit(at: node) }
      return LearningRateSchedule(schedule, per: .step)
    }
    guard let reader = MappingReader(node, name: "schedule", keys: nil, issues: issues) else {
      return nil
    }
    let unit = unit(reader, for: problem)
    let schedule = composed(reader, except: ["per", "then"])
    guard let schedule, let unit else { return nil }
    return LearningRateSchedule(schedule, per: unit)
  }

  /// A name alone: a schedule without required parameters.
  private func named(_ node: Node) -> (any NamedSchedule)? {
    guard let name = node.scalar?.string, let type = scheduleType(name, at: node) else {
      return nil
    }
    report(missingIn: type, at: node)
    return type.init()
  }

  private func unit(_ reader: MappingReader, for problem: Scenario.Problem?) -> ScheduleUnit? {
    guard let node = reader["per"] else {
      if problem?.kind == .network { reportUnit(at: reader.node) }
      return .step
    }
    let key = ScenarioKeys.key("per", of: "schedule")
    guard case .choice(let name)? = value(of: key, from: node),
      let unit = ScheduleUnit(rawValue: name)
    else { return nil }
    if unit == .epoch, problem?.kind == .surface {
      issues.report("a surface has no epochs; write 'per: step'", at: node)
    }
    return unit
  }

  /// 0.95 per step differs from 0.95 per epoch, and a network has both.
  private func reportUnit(at node: Node) {
    issues.report("a schedule of a network needs 'per: step' or 'per: epoch'", at: node)
  }

  /// A mapping's one schedule, and the one that `then` names.
  private func composed(_ reader: MappingReader, except others: [String]) -> (any Schedule)? {
    let own = reader.keys.filter { !others.contains($0) }
    guard own.count == 1, let name = own.first, let value = reader[name] else {
      issues.report(
        own.isEmpty
          ? "schedule needs a name (there are: \(ScheduleCatalogue.names.joined(separator: ", ")))"
          : "schedule must have one of \(own.joined(separator: " and ")); 'then' names what follows",
        at: reader.node)
      return nil
    }
    let first = scheduleType(name, at: reader.keyNode(name) ?? value, value).flatMap {
      configured($0.init(), value)
    }
    guard let following = reader["then"] else { return first }
    let second = self.following(following)
    guard let first, let second else { return nil }
    guard first.end != nil else {
      issues.report(
        "'then' follows a schedule with an end, and \(name) has none here (give it a 'length' if it takes one)",
        at: following)
      return nil
    }
    return ScheduleSequence(first, then: second)
  }

  private func following(_ node: Node) -> (any Schedule)? {
    if node.scalar != nil { return named(node) }
    return MappingReader(node, name: "then", keys: nil, issues: issues)
      .flatMap { composed($0, except: ["then"]) }
  }

  /// Reports a schedule, or a part of it, that the optimizer takes no notice of.
  func reportIgnored(_ node: Node, by optimizer: any Optimizer) {
    let name = type(of: optimizer).name
    if !optimizer.followsRates {
      issues.report(
        "'schedule' has no effect on \(name), whose steps only start from the learning rate",
        at: node)
    }
    guard !optimizer.hasMomentum else { return }
    var part: Node? = node
    while let mapping = part?.mapping {
      for (key, _) in mapping["one_cycle"]?.mapping ?? [:]
      where key.scalar?.string.hasSuffix("momentum") == true {
        issues.report(
          "'\(key.scalar?.string ?? "")' has no effect on \(name), which has no momentum", at: key)
      }
      part = mapping["then"]
    }
  }

  /// - Parameter value: of the key that should be a schedule.
  private func scheduleType(
    _ name: String, at node: Node, _ value: Node? = nil
  ) -> (any NamedSchedule.Type)? {
    if let type = ScheduleCatalogue.schedule(named: name) { return type }
    let names = ScheduleCatalogue.names
    var hint = NearestName.hint(for: name, among: names)
    if ["type", "name"].contains(name), let inner = value?.scalar?.string {
      let other = scheduleName(inner) ?? inner
      hint = " (a schedule is its name: 'schedule: \(other)', or 'schedule: {\(other): {...}}')"
    } else if let other = scheduleName(name) {
      hint = " (did you mean '\(other)'?)"
    }
    issues.report("unknown schedule '\(name)'\(hint)", at: node)
    return nil
  }

  /// Our name for a class of PyTorch, such as `CosineAnnealingLR`.
  private func scheduleName(_ name: String) -> String? {
    let words = name.lowercased().replacing("_", with: "")
    let elsewhere = [
      "cosineannealingwarmrestarts": "warm_restarts", "onecycle": "one_cycle",
      "reducelronplateau": "reduce_on_plateau", "multistep": "multi_step",
    ]
    let known = elsewhere.filter { words.hasPrefix($0.key) }.map(\.value)
    return (known + ScheduleCatalogue.names).first { candidate in
      known.contains(candidate) || words.hasPrefix(candidate.replacing("_", with: ""))
    }.flatMap { ScheduleCatalogue.names.contains($0) ? $0 : nil }
  }

  private func configured<S: NamedSchedule>(_ schedule: S, _ node: Node) -> (any Schedule)? {
    var schedule = schedule
    if node.isNull {
      report(missingIn: S.self, at: node)
      return schedule
    }
    if let shorthand = S.descriptions.first(where: { $0.name == S.shorthand }),
      node.mapping == nil || isDirect(shorthand, node)
    {
      set(shorthand, of: &schedule, to: node, place: " of \(S.name)")
      return schedule
    }
    guard let reader = MappingReader(node, name: S.name, keys: S.descriptions, issues: issues)
    else { return nil }
    set(S.descriptions, of: &schedule, from: reader, place: " of \(S.name)")
    report(schedule.conflicts, in: reader, place: " of \(S.name)")
    return schedule
  }

  /// Whether a mapping is the value of the shorthand itself, as a table's rates are.
  private func isDirect(_ parameter: ParameterDescription, _ node: Node) -> Bool {
    guard case .table = parameter.domain else { return false }
    return node.mapping?.keys.contains { $0.scalar?.string == parameter.name } == false
  }

  private func spansBudget(_ type: any NamedSchedule.Type) -> Bool {
    type.descriptions.contains { $0.name == "length" && $0.defaultValue == .absent }
  }
}
