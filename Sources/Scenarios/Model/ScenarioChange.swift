/// A change of a scenario from outside its file: a key and the value that it gets.
package struct ScenarioChange: Hashable, Sendable {
  /// As given, such as `adam.learning_rate=0.1`.
  package let text: String
  /// A path, or the short name of one: see docs/scenario.md.
  let key: String
  /// YAML.
  let value: String

  /// - Returns: `nil` without a key, an equals sign and a value.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !text.hasPrefix("="), parts[1].contains(where: { !$0.isWhitespace })
    else { return nil }
    self.text = text
    key = parts[0].trimmed
    value = parts[1]
  }

  /// What became of a change in one scenario.
  package struct Outcome: Hashable, Sendable {
    package var change: ScenarioChange
    /// Why it changes nothing there; `nil` if it was made.
    package var rejection: String?
    /// Rules or labels of the optimizers whose settings it changes; `nil` if it changes other parts.
    var optimizers: Set<String>?
  }
}

extension Scenario {
  /// The changes that were made, as given.
  package var madeChanges: [String] {
    changes.filter { $0.rejection == nil }.map(\.change.text)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
