import Parameters
import Yams

/// The keys of a mapping, checked against their declaration.
struct MappingReader {
  let node: Node
  let issues: IssueList
  private let mapping: Node.Mapping

  /// Reports keys that are unknown, repeated or missing.
  ///
  /// - Parameters:
  ///   - name: of the mapping in messages, such as `problem`.
  ///   - keys: `nil` if the caller checks them.
  /// - Returns: `nil`, and an issue, when `node` is no mapping.
  init?(_ node: Node, name: String, keys: [ParameterDescription]?, issues: IssueList) {
    guard let mapping = node.mapping else {
      issues.report("\(name) must be a mapping of keys to values, not \(node.quoted)", at: node)
      return nil
    }
    self.node = node
    self.issues = issues
    self.mapping = mapping
    reportUnnamed(in: name)
    guard let keys else { return }
    issues.note(known: keys.map(\.name), in: name)
    reportUnknown(keys.map(\.name), in: name)
    for key in keys where key.isRequired && !has(key.name) {
      issues.report("\(name) needs the key '\(key.name)'", at: node)
    }
  }

  var keys: [String] { mapping.keys.compactMap(\.string).filter { !$0.isDuplicateKey } }

  func has(_ key: String) -> Bool { keyNode(key) != nil }

  /// Where a key is.
  func keyNode(_ key: String) -> Node? { mapping.first { $0.key.scalar?.string == key }?.key }

  subscript(_ key: String) -> Node? { mapping.first { $0.key.scalar?.string == key }?.value }

  private func reportUnnamed(in name: String) {
    for (key, _) in mapping where key.scalar == nil {
      issues.report("keys of \(name) must be names", at: key)
    }
  }

  private func reportUnknown(_ known: [String], in name: String) {
    for (key, _) in mapping {
      guard let text = key.scalar?.string, !text.isDuplicateKey, !known.contains(text) else {
        continue
      }
      if name == "problem", SurfaceReplicates.descriptions.contains(where: { $0.name == text }) {
        issues.report("'\(text)' is a key of the scenario, beside 'problem', not in it", at: key)
        continue
      }
      issues.report(
        "unknown key '\(text)' in \(name)\(NearestName.hint(for: text, among: known))", at: key)
    }
  }
}

extension Node {
  /// The number in an unquoted scalar; `inf` and `nan` are none.
  var plainNumber: Double? {
    guard let scalar, scalar.style == .plain else { return nil }
    return Double(scalar.string).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The whole number in an unquoted scalar, up to the largest that a step counter needs.
  var plainWhole: Int? {
    plainNumber.flatMap { Int(exactly: $0) }.flatMap { abs($0) <= 1_000_000_000_000 ? $0 : nil }
  }

  /// The truth value in an unquoted scalar. YAML 1.1's yes and no are left out: they hide mistakes.
  var plainFlag: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    return switch scalar.string {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// Whether it has no value at all.
  var isNull: Bool {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "null", "~"].contains(scalar.string)
  }

  /// The value as messages show it.
  var quoted: String {
    switch self {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// Whether it is a number or truth value in quotes, which make it text.
  var isQuotedValue: Bool {
    guard let scalar, [.singleQuoted, .doubleQuoted].contains(scalar.style) else { return false }
    return Double(scalar.string) != nil || ["true", "false"].contains(scalar.string)
  }
}
