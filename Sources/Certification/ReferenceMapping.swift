/// How the keys of a reference file set the parameters of a catalogue entry, beyond what `ReferenceNames` says of all.
struct ReferenceMapping: Sendable {
  /// The entry's name in our catalogue; `nil` if it is the name in the file.
  var entry: String?
  /// What is true of the cases that this mapping is for.
  var conditions: [Condition] = []
  /// Keys that have another meaning than the usual one.
  var names: [String: ReferenceName] = [:]
  /// Parameters that the name in the file implies, or whose key the library does not have.
  var fixed: [String: ReferenceValue] = [:]
  /// Keys that must have one value, because nothing else is supported.
  var only: [String: ReferenceValue] = [:]
  /// Keys that must be given, but have no effect in these cases, each with a value of the right type.
  var unused: [String: ReferenceValue] = [:]
  /// Values that the library documents for parameters whose keys a file may leave out.
  var defaults: [String: ReferenceValue] = [:]
  /// What null means for parameters that may be null.
  var nulls: [String: ReferenceValue] = [:]
  /// Parameters for which 0 here means this in a file, where 0 means something else.
  var zeros: [String: ReferenceValue] = [:]
  /// Parameters that are one minus what a file gives.
  var complements: Set<String> = []
  /// A key with an object whose keys count as if they were beside it.
  var expanded: String?
  /// Keys that have the value of another key when they are null.
  var copies: [String: String] = [:]
  /// The key of a schedule that says its base rate.
  var base: String?
  /// Where the rule inside a wrapper comes from.
  var inner: Inner?

  enum Condition: Sendable {
    case has([String])
    case equal(String, ReferenceValue)

    func holds(for values: [String: ReferenceValue]) -> Bool {
      switch self {
      case .has(let keys): keys.contains { values[$0] != nil }
      case .equal(let key, let value): values[key] == value
      }
    }
  }

  enum Inner: Sendable {
    /// The keys that the wrapper does not have are those of this rule; others have the values that the library documents.
    case named(String, defaults: [String: ReferenceValue] = [:])
    /// One key has the rule's name, another one its hyperparameters.
    case keys(name: String, values: String)
  }

  /// Whether it is for a case with these values.
  func suits(_ values: [String: ReferenceValue]) -> Bool {
    !conditions.isEmpty && conditions.allSatisfy { $0.holds(for: values) }
  }

  /// What a wrapper takes from its rule.
  static let wrapped: Set<String> = ["learning_rate", "rule"]
}

/// The parameters that a key sets.
enum ReferenceName: Sendable {
  /// The first of these that is declared.
  case first([String])
  /// One after the other from a list.
  case list([String])
  /// All of these from one value.
  case each([String])

  /// The parameters among `declared`, each with its part of `value`.
  func parts(
    of value: ReferenceValue, key: String, declared: Set<String>
  ) throws(CaseError) -> [(parameter: String, value: ReferenceValue)] {
    switch self {
    case .first(let names):
      return names.first(where: declared.contains).map { [($0, value)] } ?? []
    case .each(let names): return names.filter(declared.contains).map { ($0, value) }
    case .list(let names):
      let names = names.filter(declared.contains)
      guard case .list(let parts) = value, parts.count == names.count else {
        throw .malformed(
          field: key, reason: "must be a list of \(names.count) values, not \(value)")
      }
      return zip(names, parts).map { ($0, $1) }
    }
  }

  /// Whether the key sets a parameter of an entry that declares these.
  func sets(_ parameter: String, of declared: Set<String>) -> Bool {
    switch self {
    case .first(let names): names.first(where: declared.contains) == parameter
    case .list(let names), .each(let names): names.contains(parameter)
    }
  }
}

extension ReferenceName: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  init(stringLiteral name: String) { self = .first([name]) }
  init(arrayLiteral names: String...) { self = .first(names) }
}
