/// A parameter that contradicts others or has no effect with them.
public struct Conflict: Hashable, Sendable {
  /// In snake_case, of the parameter to change.
  public let name: String
  /// Ends the sentence that begins with the name.
  public let reason: String

  public init(_ name: String, _ reason: String) {
    self.name = name
    self.reason = reason
  }
}

extension [Conflict] {
  /// One for each name whose condition holds.
  public init(_ rules: (holds: Bool, name: String, reason: String)...) {
    self = rules.filter(\.holds).map { Conflict($0.name, $0.reason) }
  }
}
