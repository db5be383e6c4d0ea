/// Error in a CSV table: an unclosed quote, or text after a closing quote.
package struct CSVError: Error, Equatable {
  /// Line number, counted from the first line that the reader was given.
  package var line: Int
  package var expected: String
  package var found: String
}
