import Parameters
import Yams

/// Reads the keys of a mapping one by one; what nobody asked for is an unknown key.
///
/// Every `take…` reports what is wrong with its value and then returns `nil`, so that reading goes on.
final class MappingReader {
  let node: Node
  let issues: IssueList
  /// What the mapping is called in messages, such as `problem`.
  private let name: String
  private let mapping: Node.Mapping
  private var known: [String] = []

  /// - Returns: `nil`, and an issue, when `node` is no mapping.
  init?(_ node: Node, name: String, issues: IssueList) {
    guard let mapping = node.mapping else {
      issues.report("\(name) must be a mapping of keys to values", at: node)
      return nil
    }
    self.node = node
    self.name = name
    self.issues = issues
    self.mapping = mapping
  }

  var keys: [String] { mapping.keys.compactMap(\.string) }

  /// Where a key stands.
  func keyNode(_ key: String) -> Node? { mapping.first { $0.key.scalar?.string == key }?.key }

  func has(_ key: String) -> Bool { mapping.contains { $0.key.scalar?.string == key } }

  func take(_ key: String) -> Node? {
    if !known.contains(key) { known.append(key) }
    return mapping.first { $0.key.scalar?.string == key }?.value
  }

  func require(_ key: String) -> Node? {
    let value = take(key)
    if value == nil { issues.report("\(name) needs the key '\(key)'", at: node) }
    return value
  }

  func text(_ key: String) -> String? {
    take(key).flatMap { text(of: $0, called: key) }
  }

  func whole(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let value = take(key) else { return nil }
    guard let number = value.plainNumber, number == number.rounded(),
      abs(number) <= 9e15, range.contains(Int(number))
    else {
      issues.report(
        "'\(key)' must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(value.quoted)",
        at: value)
      return nil
    }
    return Int(number)
  }

  func flag(_ key: String) -> Bool? {
    guard let value = take(key) else { return nil }
    guard let flag = value.plainFlag else {
      issues.report("'\(key)' must be true or false, not \(value.quoted)", at: value)
      return nil
    }
    return flag
  }

  func numbers(_ key: String) -> [Double]? {
    guard let value = take(key) else { return nil }
    let numbers = value.sequence.map { $0.map(\.plainNumber) }
    guard let numbers, !numbers.isEmpty, numbers.allSatisfy({ $0?.isFinite == true }) else {
      issues.report(
        "'\(key)' must be a list of finite numbers, such as [0.5, 1]\(value.sequence == nil ? ", not \(value.quoted)" : "")",
        at: value)
      return nil
    }
    return numbers.compactMap(\.self)
  }

  func text(of value: Node, called key: String) -> String? {
    guard let text = value.scalar?.string, !text.isEmpty,
      !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      issues.report("'\(key)' must be a text of one line", at: value)
      return nil
    }
    return text
  }

  /// Reports every key that nobody took.
  func finish() {
    issues.note(known: known, in: name)
    for (key, _) in mapping {
      guard let text = key.scalar?.string else {
        issues.report("keys of \(name) must be names", at: key)
        continue
      }
      if !known.contains(text) {
        issues.report(
          "unknown key '\(text)' in \(name)\(NearestName.hint(for: text, among: known))", at: key)
      }
    }
  }
}

extension Node {
  /// The number that an unquoted scalar stands for; `inf` and `nan` are none.
  var plainNumber: Double? {
    guard let scalar, scalar.style == .plain else { return nil }
    return Double(scalar.string).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The truth value that an unquoted scalar stands for. YAML 1.1's yes and no are left out: they hide slips.
  var plainFlag: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    return switch scalar.string {
    case "true": true
    case "false": false
    default: nil
    }
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
}
