import Optimizers
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `schedule:`, a name, or a mapping of one name to its parameters with `then:` and `per:`.
  func schedule(_ node: Node, for problem: Scenario.Problem?) -> LearningRateSchedule? {
    if let name = node.scalar?.string {
      guard let type = scheduleType(name, at: node) else { return nil }
      let schedule = type.init()
      report(missing: type, given: [], at: node)
      if problem?.kind == .network, !spansBudget(type) { reportUnit(at: node) }
      return LearningRateSchedule(schedule, per: .step)
    }
    guard let reader = MappingReader(node, name: "schedule", issues: issues) else { return nil }
    let unit = unit(reader, for: problem)
    let schedule = composed(reader)
    reader.finish()
    guard let schedule, let unit else { return nil }
    return LearningRateSchedule(schedule, per: unit)
  }

  private func unit(_ reader: MappingReader, for problem: Scenario.Problem?) -> ScheduleUnit? {
    guard let value = reader.take("per") else {
      if problem?.kind == .network { reportUnit(at: reader.node) }
      return .step
    }
    guard let name = value.scalar?.string, let unit = ScheduleUnit(rawValue: name) else {
      issues.report("'per' must be step or epoch, not \(value.quoted)", at: value)
      return nil
    }
    if unit == .epoch, problem?.kind == .surface {
      issues.report("a surface has no epochs; its schedules go per step", at: value)
    }
    return unit
  }

  /// 0.95 per step is something else than 0.95 per epoch, and a network has both.
  private func reportUnit(at node: Node) {
    issues.report("a schedule of a network needs 'per: step' or 'per: epoch'", at: node)
  }

  /// A mapping's one schedule, and the one that `then` names.
  private func composed(_ reader: MappingReader) -> (any Schedule)? {
    let own = reader.keys.filter { !["per", "then"].contains($0) }
    guard own.count == 1, let name = own.first else {
      for key in own { _ = reader.take(key) }
      issues.report(
        own.isEmpty
          ? "schedule needs a name (there are: \(ScheduleCatalogue.names.joined(separator: ", ")))"
          : "schedule must have one of \(own.joined(separator: " and ")); 'then' names what follows",
        at: reader.node)
      _ = reader.take("then")
      return nil
    }
    let following = reader.take("then")
    guard let value = reader.take(name) else { return nil }
    let first = scheduleType(name, at: reader.keyNode(name) ?? value).flatMap {
      configured($0.init(), value)
    }
    guard let following else { return first }
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
    if let name = node.scalar?.string {
      guard let type = scheduleType(name, at: node) else { return nil }
      report(missing: type, given: [], at: node)
      return type.init()
    }
    guard let reader = MappingReader(node, name: "then", issues: issues) else { return nil }
    defer { reader.finish() }
    return composed(reader)
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

  private func scheduleType(_ name: String, at node: Node) -> (any NamedSchedule.Type)? {
    if let type = ScheduleCatalogue.schedule(named: name) { return type }
    let names = ScheduleCatalogue.names
    issues.report(
      "unknown schedule '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
  }

  private func configured<S: NamedSchedule>(_ schedule: S, _ node: Node) -> (any Schedule)? {
    var schedule = schedule
    if let text = node.scalar?.string, text.isEmpty || text == "null" {
      report(missing: S.self, given: [], at: node)
      return schedule
    }
    if let shorthand = S.descriptions.first(where: { $0.name == S.shorthand }),
      node.mapping == nil || isDirect(shorthand, node)
    {
      set(shorthand, of: &schedule, to: node, place: " of \(S.name)")
      return schedule
    }
    guard let reader = MappingReader(node, name: S.name, issues: issues) else { return nil }
    set(S.descriptions, of: &schedule, from: reader, place: " of \(S.name)")
    report(missing: S.self, given: reader.keys, at: node)
    report(schedule.conflicts, of: S.name, in: reader)
    reader.finish()
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
