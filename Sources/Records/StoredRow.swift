import Foundation
import GRDB

/// A row of which nothing is taken for granted: SQLite keeps any value in any column, and a flipped bit makes another type.
struct StoredRow {
  let row: Row
  /// What is damaged where a column does not hold what it should, such as `a curve of trial 0123`.
  let subject: String
  let path: String

  /// Counts above this are no counts; every one below is exact as a double, too.
  private static let largestCount = 1 << 53

  func text(_ column: String) throws -> String { try present(optionalText(column), column) }

  func optionalText(_ column: String) throws -> String? {
    switch try storage(column) {
    case .string(let text): text
    case .null: nil
    default: throw damaged(column)
    }
  }

  func blob(_ column: String) throws -> Data { try present(optionalBlob(column), column) }

  func optionalBlob(_ column: String) throws -> Data? {
    switch try storage(column) {
    case .blob(let data): data
    case .null: nil
    default: throw damaged(column)
    }
  }

  /// A whole number that is not negative.
  func count(_ column: String) throws -> Int { try present(optionalCount(column), column) }

  func optionalCount(_ column: String) throws -> Int? {
    switch try storage(column) {
    case .int64(let number) where (0...Int64(Self.largestCount)).contains(number): Int(number)
    case .null: nil
    default: throw damaged(column)
    }
  }

  /// A time that is finite and not negative.
  func seconds(_ column: String) throws -> Double { try present(optionalSeconds(column), column) }

  func optionalSeconds(_ column: String) throws -> Double? {
    let seconds: Double
    switch try storage(column) {
    case .double(let number): seconds = number
    case .int64(let number): seconds = Double(number)
    case .null: return nil
    default: throw damaged(column)
    }
    guard seconds.isFinite, seconds >= 0 else { throw damaged(column) }
    return seconds
  }

  func damaged(_ column: String? = nil) -> StoreError {
    .damaged(path: path, reason: column.map { "'\($0)' of \(subject)" } ?? subject)
  }

  private func present<Value>(_ value: Value?, _ column: String) throws -> Value {
    guard let value else { throw damaged(column) }
    return value
  }

  /// A column that is missing holds nothing.
  private func storage(_ column: String) throws -> DatabaseValue.Storage {
    try row.decode(DatabaseValue?.self, forColumn: column)?.storage ?? .null
  }
}
