/// Error in an expression with its position.
public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Column in characters, from 1.
  public var column: Int
  public var message: String
  /// Unknown name, and the names that are possible in its place.
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
