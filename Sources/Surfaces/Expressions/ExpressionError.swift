/// What is wrong with an expression, and where.
public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Counted in characters from 1.
  public var column: Int
  public var message: String
  /// The name that is not known, and what could have been meant.
  public var unknownName: String?
  public var knownNames: [String]

  init(column: Int, _ message: String, unknownName: String? = nil, knownNames: [String] = []) {
    self.column = column
    self.message = message
    self.unknownName = unknownName
    self.knownNames = knownNames
  }

  public var description: String { "column \(column): \(message)" }
}
