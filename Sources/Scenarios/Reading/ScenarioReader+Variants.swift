import Records
import Yams

extension ScenarioReader {
  /// The entrants of a scenario with `variants:`, one per optimizer and variant.
  ///
  /// Each variant is the scenario with some keys changed, and is read like any scenario.
  ///
  /// - Parameters:
  ///   - root: the whole file.
  ///   - isReadable: whether the scenario's own problem is right; if not, only the keys of variants are checked.
  func variants(
    _ node: Node, of root: Node, kind: ScenarioRecord.Kind, isReadable: Bool
  ) -> [Entrant] {
    let base = root.removing("variants")
    // The keys of an unknown surface are unknown.
    guard isReadable || kind == .network else { return [] }
    let texts = VariantList(issues: issues, base: base, reader: self).read(node)
    guard isReadable else { return [] }
    let optimizers = root["optimizers"]?.sequence?.count ?? 1
    guard texts.count * optimizers <= ScenarioLimits.entrants else {
      issues.report(
        "\(texts.count) variants of \(optimizers) optimizers are more than \(ScenarioLimits.entrants) comparisons",
        at: node)
      return []
    }
    let read = texts.map { (text: $0, variant: variant($0, of: base, kind: kind)) }
    let isPlain = read.allSatisfy { ($0.variant?.entrants.count ?? 1) == 1 }
    let entrants = read.flatMap { text, variant -> [Entrant] in
      guard let variant else { return [] }
      return variant.entrants.map { own in
        var entrant = own
        entrant.label = isPlain ? text.label : "\(own.label) · \(text.label)"
        entrant.searchLabel = isPlain ? text.label : "\(own.searchLabel) · \(text.label)"
        entrant.variant = ScenarioVariant(
          label: text.label, optimizer: own.label, searchOptimizer: own.searchLabel,
          changes: changes(text), values: values(text, among: texts, base: base),
          labelParts: text.labelParts,
          problem: variant.problem, budget: variant.budget, stopping: variant.stopping)
        return entrant
      }
    }
    return entrants
  }

  private struct Variant {
    var problem: Scenario.Problem
    var budget: Scenario.Budget
    var stopping: StoppingRules
    var entrants: [Entrant]
  }

  private func variant(
    _ text: VariantText, of base: Node, kind: ScenarioRecord.Kind
  ) -> Variant? {
    let node = text.overrides.reduce(base) { $1.applied(to: $0) }
    let own = ScenarioReader(issues: IssueList(path: issues.path), charts: charts)
    defer { report(own.issues.issues, of: text) }
    guard let mapping = node.mapping else { return nil }
    func part(_ key: String) -> Node? {
      if mapping[key] == nil {
        own.issues.report("a variant cannot remove '\(key)'", at: text.node)
      }
      return mapping[key]
    }
    guard let problem = part("problem").flatMap(own.problem) else { return nil }
    guard problem.kind == kind else {
      own.issues.report(
        "a variant cannot replace a \(kind.rawValue) by a \(problem.kind.rawValue)", at: text.node)
      return nil
    }
    let budget = part("budget").flatMap { own.budget($0, for: kind) }
    let entrants = part("optimizers").flatMap { own.entrants($0, for: problem) }
    let stopping = MappingReader(
      node, name: "the scenario", keys: nil, issues: own.issues
    ).map { own.stopping($0, for: problem) }
    guard let budget, let entrants, let stopping else { return nil }
    return Variant(problem: problem, budget: budget, stopping: stopping, entrants: entrants)
  }

  /// Mistakes of the scenario itself are reported already; a line outside the variant is named beside the variant's own.
  private func report(_ found: [ScenarioIssue], of variant: VariantText) {
    let lines = Set(
      ([variant.node] + variant.overrides.map(\.value)).flatMap(\.lines))
    for issue in found where !issues.contains(issue) {
      if let line = issue.line, lines.contains(line) {
        issues.report(issue)
      } else {
        let place = issue.line.map { " (line \($0))" } ?? ""
        issues.report("variant '\(variant.label)': \(issue.message)\(place)", at: variant.node)
      }
    }
  }

  private func changes(_ text: VariantText) -> [String: Setting] {
    Dictionary(
      text.overrides.map { ($0.path.joined(separator: "."), $0.value.setting) },
      uniquingKeysWith: { $1 })
  }
}

extension ScenarioReader {
  /// What the variant, or else the scenario, says for each key that any variant changes. What an optimizer says for itself is
  /// among its hyperparameters.
  private func values(
    _ text: VariantText, among all: [VariantText], base: Node
  ) -> [String: Setting] {
    var values: [String: Setting] = [:]
    for path in Set(all.flatMap { $0.overrides.map(\.path) }) {
      let own = path.reduce(Optional(base)) { $0?.mapping?[$1] }
      if let own, own.scalar != nil, !own.isNull {
        values[path.joined(separator: ".")] = own.setting
      }
    }
    return values.merging(changes(text)) { $1 }
  }
}

extension Node {
  func removing(_ key: String) -> Node {
    guard let mapping else { return self }
    return .mapping(
      Node.Mapping(
        mapping.filter { $0.key.scalar?.string != key }.map { ($0.key, $0.value) }, mapping.tag,
        mapping.style, mapping.mark))
  }

  /// Every line that a part of it starts in.
  fileprivate var lines: [Int] {
    let own = (mark?.line).map { [$0] } ?? []
    switch self {
    case .scalar, .alias: return own
    case .sequence(let sequence): return own + sequence.flatMap(\.lines)
    case .mapping(let mapping): return own + mapping.flatMap { $0.key.lines + $0.value.lines }
    }
  }

  /// The value as records keep it: lists and mappings as text.
  fileprivate var setting: Setting {
    if let number = plainNumber { return .number(number) }
    if let flag = plainFlag { return .flag(flag) }
    return .text(text)
  }

  private var text: String {
    switch self {
    case .scalar(let scalar): isNull ? "none" : scalar.string
    case .sequence(let sequence): sequence.map(\.text).joined(separator: " ")
    case .mapping(let mapping):
      mapping.map { "\($0.key.text) \($0.value.text)" }.joined(separator: " ")
    case .alias: ""
    }
  }
}
