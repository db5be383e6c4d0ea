import Dispatch
import Foundation
import Records

/// Writer of the series tables, a few trials at a time on several threads; rows are in the order of the trials.
final class SeriesReport {
  static let tables: [any SeriesTable.Type] = [CurvesTable.self, TrajectoriesTable.self]
  /// Trials that a thread loads at a time. A trial may have several hundred thousand rows.
  private static let chunk = 4

  let writers: [CSVWriter]

  init(folder: String) throws(ReportError) {
    var writers: [CSVWriter] = []
    for table in Self.tables {
      writers.append(try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns))
    }
    self.writers = writers
  }

  /// - Parameter jobs: Number of threads.
  func add(_ scenario: ScenarioRecord, from source: any ResultSource, jobs: Int) throws {
    let places = scenario.trials.indices
    let chunks = stride(from: places.lowerBound, to: places.upperBound, by: Self.chunk).map {
      $0..<min($0 + Self.chunk, places.upperBound)
    }
    let threads = max(1, min(jobs, chunks.count))
    let writers = writers
    let queue = OrderedQueue<[CSVRows]>(count: chunks.count, ahead: 2 * threads) { parts in
      for (writer, rows) in zip(writers, parts) { try writer.append(rows) }
    }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let index = queue.next() {
        do {
          let part = try source.result(of: scenario, places: chunks[index], trajectories: .all)
          let rows = Self.tables.map { table in
            var rows = CSVRows()
            for run in part.runs { table.write(run, of: scenario, to: &rows) }
            return rows
          }
          try queue.handIn(rows, as: index)
        } catch { queue.fail(with: error) }
      }
    }
    if let failure = queue.failure { throw failure }
  }
}

/// Numbers that threads take; their results are received one by one in the order of the numbers.
private final class OrderedQueue<Result: Sendable>: @unchecked Sendable {
  // All mutable state is protected by the condition's lock; `receive` is called by one thread at a time.
  private let condition = NSCondition()
  private let count: Int
  private let ahead: Int
  private let receive: (Result) throws -> Void
  private var taken = 0
  private var done = 0
  private var error: (any Error)?

  /// - Parameter ahead: Maximal number of waiting results, which bounds memory.
  init(count: Int, ahead: Int, receive: @escaping (Result) throws -> Void) {
    self.count = count
    self.ahead = ahead
    self.receive = receive
  }

  /// - Returns: `nil` after the last number or after a failure.
  func next() -> Int? {
    condition.withLock {
      while error == nil, taken < count, taken >= done + ahead { condition.wait() }
      guard error == nil, taken < count else { return nil }
      defer { taken += 1 }
      return taken
    }
  }

  /// Waits for all smaller numbers; after a failure nothing more is received.
  func handIn(_ result: Result, as index: Int) throws {
    let isMine = condition.withLock {
      while error == nil, done < index { condition.wait() }
      return error == nil
    }
    guard isMine else { return }
    // No other thread continues before this result is counted.
    try receive(result)
    condition.withLock {
      done += 1
      condition.broadcast()
    }
  }

  func fail(with error: any Error) {
    condition.withLock {
      self.error = self.error ?? error
      condition.broadcast()
    }
  }

  var failure: (any Error)? { condition.withLock { error } }
}
