import Datasets
import Networks
import Optimizers
import Parameters
import Records
import Surfaces
import Yams

extension ScenarioReader {
  /// `groups:`, parameters whose hyperparameters or decay differ.
  func groups(of entrant: inout Entrant, _ node: Node, for problem: Scenario.Problem?) {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report("'groups' must be \(EntrantKeys.groups.domain)", at: node)
      return
    }
    var texts: [String] = []
    var taken: [Range<Int>] = []
    for item in list {
      guard let reader = groupReader(item, entrant.optimizer) else { continue }
      let selected = reader["parameters"].flatMap { value in
        ranges(value, for: problem).map { (value, $0) }
      }
      let rule = configured(entrant.optimizer, reader)
      let own = Set(rule.settings.keys)
      var options = GroupOptions()
      set(GroupOptions.descriptions.filter { !own.contains($0.name) }, of: &options, from: reader)
      let decay = options.decay(outside: entrant.pipeline.decay)
      guard let (value, ranges) = selected else { continue }
      if ranges.contains(where: { range in taken.contains { $0.overlaps(range) } }) {
        issues.report("\(value.quoted) overlaps with an earlier group", at: value)
        continue
      }
      taken += ranges
      entrant.pipeline.groups += ranges.map {
        ParameterGroup(range: $0, optimizer: rule, decay: decay)
      }
      texts.append(
        text(of: rule, differingFrom: entrant.optimizer, options, value))
    }
    entrant.extras["groups"] = .text(texts.joined(separator: "/"))
  }

  /// `biases(weight_decay 0)`: what the group changes.
  private func text(
    of rule: any Optimizer, differingFrom optimizer: any Optimizer, _ options: GroupOptions,
    _ parameters: Node
  ) -> String {
    let (own, common) = (rule.flatSettings, optimizer.flatSettings)
    let decays = options.changedSettings.sorted { $0.key < $1.key }
      .map { "\($0.key) \(Setting($0.value))" }
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
      issues.report(
        "'parameters' of a group cannot be resolved without the data: \(error)", at: node)
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
      issues.report("'parameters' must be within 0-\(count - 1), not \(node.quoted)", at: node)
      return nil
    }
    return [first..<last + 1]
  }

  private static let selection = "'parameters' must be \(EntrantKeys.selection.domain)"

  private func groupReader(_ item: Node, _ optimizer: any Optimizer) -> MappingReader? {
    let own = type(of: optimizer).descriptions.map { $0.required(false) }
    let keys = ScenarioKeys.keys(of: "group").filter { key in
      !own.contains { $0.name == key.name }
    }
    return MappingReader(item, name: "a group", keys: keys + own, issues: issues)
  }
}

extension NetworkTask {
  /// - Throws: Why the number of features of user data cannot be determined.
  fileprivate func tensors() throws(DatasetError) -> [NetworkTensor] {
    specification.tensors(try dataset.form())
  }
}

extension Scenario.Problem {
  /// Number of parameters; `nil` where there are none, or they are not known.
  var parameterCount: Int? {
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
