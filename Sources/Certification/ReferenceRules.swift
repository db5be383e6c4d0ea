import Optimizers

/// Finds the rule that a recorded case stands for, under this package's names.
///
/// Every hyperparameter of a case must be taken by someone: an unknown one makes the case not covered, never ignored.
enum ReferenceRules {
  /// Makes a rule from a case's hyperparameters.
  typealias Translation =
    @Sendable (inout ReferenceHyperparameters) throws(NotCovered) -> any Optimizer

  /// By the `optimizer` of the reference files; one table per family of rules.
  static let translations: [String: Translation] =
    elementwise
    .merging(adamFamily) { first, _ in first }
    .merging(wholeVector) { first, _ in first }

  static func rule(for recorded: TrajectoryCase) throws(NotCovered) -> any Optimizer {
    guard let translation = translations[recorded.optimizer] else {
      throw NotCovered(what: "optimizer '\(recorded.optimizer)'")
    }
    return try Self.rule(from: recorded.hyperparameters, by: translation)
  }

  /// A rule from all of `values`, of a case or of a rule that it wraps.
  static func rule(
    from values: [String: ReferenceValue], by translation: Translation
  ) throws(NotCovered) -> any Optimizer {
    var hyperparameters = ReferenceHyperparameters(values)
    let rule = try translation(&hyperparameters)
    if let unknown = hyperparameters.untaken.first {
      throw NotCovered(what: "hyperparameter '\(unknown)'")
    }
    return rule
  }
}

/// The hyperparameters of a case, crossed off as they are taken.
struct ReferenceHyperparameters {
  private let values: [String: ReferenceValue]
  private(set) var untaken: [String]

  init(_ values: [String: ReferenceValue]) {
    self.values = values
    untaken = values.keys.sorted()
  }

  /// The value of a key, or `nil` if the case does not have it.
  mutating func take(_ name: String) -> ReferenceValue? {
    untaken.removeAll { $0 == name }
    return values[name]
  }

  /// A number; `absent` and a missing key leave `fallback`.
  mutating func number(_ name: String, _ fallback: Double) throws(NotCovered) -> Double {
    switch take(name) {
    case .number(let number): return number
    case nil, .absent: return fallback
    default: throw NotCovered(what: "value of '\(name)'")
    }
  }

  mutating func flag(_ name: String) throws(NotCovered) -> Bool {
    switch take(name) {
    case .flag(let flag): return flag
    case nil, .absent: return false
    default: throw NotCovered(what: "value of '\(name)'")
    }
  }

  mutating func list(_ name: String, count: Int) throws(NotCovered) -> [Double] {
    guard case .list(let list) = take(name), list.count == count else {
      throw NotCovered(what: "value of '\(name)'")
    }
    let numbers = list.compactMap { if case .number(let number) = $0 { number } else { nil } }
    guard numbers.count == count else { throw NotCovered(what: "value of '\(name)'") }
    return numbers
  }

  /// Takes a key that must have `value`, because nothing else is supported.
  mutating func require(_ name: String, _ value: ReferenceValue) throws(NotCovered) {
    guard let found = take(name) else { return }
    guard found == value else { throw NotCovered(what: "'\(name)' other than \(value)") }
  }
}
