/// Why text is no table: quotes that do not close, or go on after they closed.
package struct CSVError: Error, Equatable {
  /// Counted from 1, as the reader was told.
  package var line: Int
  package var expected: String
  package var found: String
}
