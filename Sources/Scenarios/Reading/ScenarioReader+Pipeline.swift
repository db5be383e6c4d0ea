import Datasets
import Networks
import Optimizers
import Parameters
import Records
import Surfaces
import Text
import Yams

extension ScenarioReader {
  /// The keys of an optimizer beside its hyperparameters: `schedule`, `clip_norm` and so on, `groups`.
  ///
  /// A rule's own hyperparameter of the same name comes first.
  func surroundings(
    of entrant: inout Entrant, _ reader: MappingReader, for problem: Scenario.Problem?
  ) {
    let own = type(of: entrant.optimizer).descriptions.map(\.name)
    func take(_ key: String) -> Node? { own.contains(key) ? nil : reader.take(key) }
    if let node = take("schedule"), let schedule = schedule(node, for: problem) {
      reportIgnored(node, by: entrant.optimizer)
      entrant.schedule = schedule
      entrant.extras["schedule"] = .text(schedule.description)
    }
    let needsObjective = entrant.optimizer.stepper(count: 1, as: Double.self).needsObjective
    func refuse(_ key: String, at node: Node) {
      issues.report(
        "'\(key)' does not go with \(entrant.rule), which asks for gradients itself", at: node)
    }
    if entrant.optimizer.comparesLosses {
      for key in ["centralize", "clip_value", "clip_norm"] {
        guard let node = take(key) else { continue }
        issues.report(
          "'\(key)' does not go with \(entrant.rule), which compares losses: no loss has such gradients",
          at: node)
      }
    }
    if let node = take("accumulate"),
      let batches = whole(node, "accumulate", in: 1...1_000_000), batches > 1
    {
      if needsObjective { refuse("accumulate", at: node) }
      entrant.pipeline.microBatches = batches
      entrant.extras["accumulate"] = .number(Double(batches))
    }
    transforms(of: &entrant, take, for: problem)
    if let decay = decay(take, inheriting: WeightDecay(), minimum: .leastNonzeroMagnitude) {
      entrant.pipeline.decay = decay.decay
      for (key, number) in decay.given { entrant.extras[key] = .number(number) }
    }
    sparsity(of: &entrant, take, for: problem)
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

  /// `l1`, `l2` and `decoupled_decay`; what is not given stays as inherited.
  ///
  /// - Returns: `nil` if none of them is given.
  private func decay(
    _ take: (String) -> Node?, inheriting inherited: WeightDecay, minimum: Double
  ) -> (decay: WeightDecay, given: [String: Double])? {
    let paths: [(key: String, path: WritableKeyPath<WeightDecay, Double>)] = [
      ("l1", \.l1), ("l2", \.l2), ("decoupled_decay", \.decoupled),
    ]
    var decay = inherited
    var given: [String: Double] = [:]
    for (key, path) in paths {
      guard let node = take(key) else { continue }
      guard let number = node.plainNumber, number >= minimum else {
        let bound = minimum > 0 ? "a number above 0" : "a number of at least 0"
        issues.report("'\(key)' must be \(bound), not \(node.quoted)", at: node)
        continue
      }
      decay[keyPath: path] = number
      given[key] = number
    }
    return given.isEmpty ? nil : (decay, given)
  }

  private func sparsity(
    of entrant: inout Entrant, _ take: (String) -> Node?, for problem: Scenario.Problem?
  ) {
    let count = take("keep")
    let share = take("keep_share")
    let parameters = problem?.parameterCount
    if let count, let kept = whole(count, "keep", in: 1...1_000_000_000) {
      if let parameters, kept >= parameters {
        issues.report(
          "'keep' must be below the number of parameters, \(parameters), or nothing is held back",
          at: count)
      }
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
      let own = Set(rule.settings.keys)
      let decay = decay(
        { own.contains($0) ? nil : reader.take($0) }, inheriting: entrant.pipeline.decay,
        minimum: 0)
      reader.finish()
      guard let (value, ranges) = selected else { continue }
      if ranges.contains(where: { range in taken.contains { $0.overlaps(range) } }) {
        issues.report("a group before has some of \(value.quoted) already", at: value)
        continue
      }
      taken += ranges
      entrant.pipeline.groups += ranges.map {
        ParameterGroup(
          range: $0, optimizer: rule, decay: decay?.decay ?? entrant.pipeline.decay)
      }
      texts.append(
        text(of: rule, differingFrom: entrant.optimizer, given: decay?.given ?? [:], value))
    }
    entrant.extras["groups"] = .text(texts.joined(separator: "/"))
  }

  /// `biases(weight_decay 0)`: what the group changes.
  private func text(
    of rule: any Optimizer, differingFrom optimizer: any Optimizer, given: [String: Double],
    _ parameters: Node
  ) -> String {
    let (own, common) = (rule.flatSettings, optimizer.flatSettings)
    let decays = given.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.shortest)" }
    let changes = own.filter { name, value in
      // A wrapper's learning rate is that of its rule; a wrapped rule is named whenever anything of it changes.
      !name.hasSuffix(".learning_rate")
        && (value != common[name] || rule.settings[name] != optimizer.settings[name])
    }
    let texts =
      decays
      + changes.sorted { $0.key < $1.key }.map { "\($0.key) \(Setting($0.value))" }
    return "\(parameters.scalar?.string ?? "")(\(texts.joined(separator: " ")))"
  }

  /// `weights`, `biases`, or indices such as `3` and `0-9`; `nil`, and an issue, for what is none of them.
  private func ranges(_ node: Node, for problem: Scenario.Problem?) -> [Range<Int>]? {
    guard let problem else { return nil }
    guard let text = node.scalar?.string else {
      issues.report(Self.selection, at: node)
      return nil
    }
    let tensors: [NetworkTensor]?
    do throws(DatasetError) {
      tensors = try problem.network?.tensors()
    } catch {
      issues.report("'parameters' of a group cannot be told without the data: \(error)", at: node)
      return nil
    }
    guard let count = problem.parameterCount else { return nil }
    if let tensors {
      for role in NetworkTensor.Role.allCases where text == role.plural {
        return tensors.filter { $0.role == role }.map(\.range)
      }
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

extension NetworkTask {
  /// - Throws: Why data of one's own cannot tell how many numbers a sample has.
  fileprivate func tensors() throws(DatasetError) -> [NetworkTensor] {
    specification.tensors(featureCount: try dataset.featureCount())
  }
}

extension Scenario.Problem {
  /// Number of parameters; `nil` where there are none, or they are not known.
  fileprivate var parameterCount: Int? {
    if case .surface(let problem) = self { return problem.surface.dimension }
    return (try? network?.tensors())?.last?.range.upperBound
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
