import Optimizers
import Problems
import Records
import Yams

extension ScenarioReader {
  /// The keys of an optimizer beside its hyperparameters: `schedule`, `clip_norm` and so on, `groups`.
  ///
  /// A rule's own hyperparameter of the same name comes first.
  func surroundings(
    of entrant: inout Entrant, _ reader: MappingReader, for problem: Scenario.Problem?
  ) {
    let own = type(of: entrant.optimizer).hyperparameterDescriptions.map(\.name)
    func take(_ key: String) -> Node? { own.contains(key) ? nil : reader.take(key) }
    if let node = take("schedule"), let schedule = schedule(node, for: problem) {
      entrant.schedule = schedule
      entrant.extras["schedule"] = .text(schedule.description)
    }
    let needsObjective = entrant.optimizer.stepper(count: 1, as: Double.self).needsObjective
    func refuse(_ key: String, at node: Node) {
      issues.report(
        "'\(key)' does not go with \(entrant.rule), which asks for gradients itself", at: node)
    }
    if let node = take("accumulate"),
      let batches = whole(node, "accumulate", in: 1...1_000_000), batches > 1
    {
      if needsObjective { refuse("accumulate", at: node) }
      entrant.pipeline.microBatches = batches
      entrant.extras["accumulate"] = .number(Double(batches))
    }
    transforms(of: &entrant, take, for: problem)
    sparsity(of: &entrant, take)
    if let node = take("groups") {
      if needsObjective { refuse("groups", at: node) }
      groups(of: &entrant, node, for: problem)
    }
  }

  /// Their order is that of the field's recipes: centralisation, clipping, then penalties, as rules add theirs.
  private func transforms(
    of entrant: inout Entrant, _ take: (String) -> Node?, for problem: Scenario.Problem?
  ) {
    if let node = take("centralize") {
      if let flag = node.plainFlag {
        if flag, problem?.kind == .surface {
          issues.report("'centralize' needs matrices of weights, and a surface has none", at: node)
        }
        if flag {
          entrant.pipeline.transforms.append(CentralizeGradient())
          entrant.extras["centralize"] = .flag(true)
        }
      } else {
        issues.report("'centralize' must be true or false, not \(node.quoted)", at: node)
      }
    }
    let makers: [(key: String, make: (Double) -> any GradientTransform)] = [
      ("clip_value", { ClipByValue(limit: $0) }), ("clip_norm", { ClipByGlobalNorm(limit: $0) }),
      ("l1", { L1Decay(strength: $0) }),
    ]
    for (key, make) in makers {
      guard let node = take(key) else { continue }
      guard let number = node.plainNumber, number > 0 else {
        issues.report("'\(key)' must be a number above 0, not \(node.quoted)", at: node)
        continue
      }
      entrant.pipeline.transforms.append(make(number))
      entrant.extras[key] = .number(number)
    }
  }

  private func sparsity(of entrant: inout Entrant, _ take: (String) -> Node?) {
    let count = take("keep")
    let share = take("keep_share")
    if let count, let kept = whole(count, "keep", in: 1...1_000_000_000) {
      entrant.pipeline.sparsity = .count(kept)
      entrant.extras["keep"] = .number(Double(kept))
    }
    guard let share else { return }
    if count != nil {
      issues.report("an optimizer has 'keep' or 'keep_share', not both", at: share)
      return
    }
    guard let number = share.plainNumber, number > 0, number <= 1 else {
      issues.report(
        "'keep_share' must be a number above 0 and at most 1, not \(share.quoted)", at: share)
      return
    }
    entrant.pipeline.sparsity = .share(number)
    entrant.extras["keep_share"] = .number(number)
  }

  private func groups(of entrant: inout Entrant, _ node: Node, for problem: Scenario.Problem?) {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report(
        "'groups' must be a list such as [{parameters: biases, weight_decay: 0}]", at: node)
      return
    }
    var texts: [String] = []
    var taken: [Range<Int>] = []
    for item in list {
      guard let reader = MappingReader(item, name: "a group", issues: issues) else { continue }
      let selected = reader.require("parameters").flatMap { value in
        ranges(value, for: problem).map { (value, $0) }
      }
      let rule = configured(entrant.optimizer, reader)
      reader.finish()
      guard let (value, ranges) = selected else { continue }
      if ranges.contains(where: { range in taken.contains { $0.overlaps(range) } }) {
        issues.report("a group before has some of \(value.quoted) already", at: value)
        continue
      }
      taken += ranges
      entrant.pipeline.groups += ranges.map { ParameterGroup(range: $0, optimizer: rule) }
      texts.append(text(of: rule, differingFrom: entrant.optimizer, value))
    }
    entrant.extras["groups"] = .text(texts.joined(separator: "/"))
  }

  /// `biases(weight_decay 0)`: what the group changes.
  private func text(
    of rule: any Optimizer, differingFrom optimizer: any Optimizer, _ parameters: Node
  ) -> String {
    let common = optimizer.settings
    let changes = rule.settings.filter { $0.value != common[$0.key] }.sorted { $0.key < $1.key }
      .map { name, value in
        switch value {
        case .number(let number): "\(name) \(number.shortest)"
        case .flag(let flag): "\(name) \(flag)"
        case .choice(let choice): "\(name) \(choice)"
        case .rule(let wrapped): "\(name) \(wrapped.name)"
        }
      }
    return "\(parameters.scalar?.string ?? "")(\(changes.joined(separator: " ")))"
  }

  /// `weights`, `biases`, or indices such as `3` and `0-9`; `nil`, and an issue, for what is none of them.
  private func ranges(_ node: Node, for problem: Scenario.Problem?) -> [Range<Int>]? {
    guard let problem else { return nil }
    guard let text = node.scalar?.string else {
      issues.report(Self.selection, at: node)
      return nil
    }
    let count: Int
    switch problem {
    case .series: return nil
    case .surface(let problem): count = problem.surface.dimension
    case .network(let task):
      guard let entry = DatasetCatalogue.entries.first(where: { $0.name == task.dataset }) else {
        return nil
      }
      guard
        let tensors = try? task.specification.tensors(
          featureCount: entry.featureCount, classCount: entry.classCount)
      else { return nil }
      for role in NetworkTensor.Role.allCases where text == role.plural {
        return tensors.filter { $0.role == role }.map(\.range)
      }
      count = tensors.last?.range.upperBound ?? 0
    }
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(bounds.count), let first = bounds.first ?? nil,
      let last = bounds.last ?? nil, first >= 0, first <= last
    else {
      if NetworkTensor.Role.allCases.contains(where: { $0.plural == text }) {
        issues.report("a surface has no \(text); name coordinates, such as 0 or 0-1", at: node)
      } else {
        issues.report("\(Self.selection), not \(node.quoted)", at: node)
      }
      return nil
    }
    guard last < count else {
      issues.report("'parameters' must lie within 0-\(count - 1), not \(node.quoted)", at: node)
      return nil
    }
    return [first..<last + 1]
  }

  private static let selection =
    "'parameters' must be weights, biases, gains, or indices counted from 0 such as 3 or 0-9"

  private func whole(_ node: Node, _ key: String, in range: ClosedRange<Int>) -> Int? {
    if let whole = node.plainWhole, range.contains(whole) { return whole }
    issues.report(
      "'\(key)' must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(node.quoted)",
      at: node)
    return nil
  }
}

extension NetworkTensor.Role {
  fileprivate var plural: String {
    switch self {
    case .weight: "weights"
    case .bias: "biases"
    case .gain: "gains"
    }
  }
}
