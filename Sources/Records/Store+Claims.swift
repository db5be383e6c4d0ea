import GRDB

/// A process that runs trials of a store, as others see it.
package struct Claimant: Sendable, Hashable {
  package var worker: String
  /// Where to find the process, in words of its own.
  package var process: String
  /// Counts up while the process is alive. Nobody's clock is compared with anybody else's.
  package var beat: Int

  package init(worker: String, process: String, beat: Int) {
    self.worker = worker
    self.process = process
    self.beat = beat
  }
}

/// What became of the wish to run a trial.
package enum Claim: Sendable, Equatable {
  /// The trial is ours.
  case granted
  /// Its result is in the store.
  case done(diverged: Bool)
  /// Another process runs it.
  case held(by: Claimant)
}

/// Claims of trials, so that several processes on one store do each trial once.
///
/// A claim only saves work: a trial that two processes run all the same has one result, and saving it twice changes nothing.
extension Store {
  /// Reports to other processes that this worker is alive; the first time, that it is there.
  package func beat(_ worker: String, process: String) throws(StoreError) {
    try write { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO worker (id, process, beat) VALUES (?, ?, 0)
          ON CONFLICT (id) DO UPDATE SET beat = beat + 1, process = excluded.process
          """
      ).execute(arguments: [worker, process])
    }
  }

  /// Claims trials in the order of `keys`, until `limit` of them are granted.
  ///
  /// - Parameters:
  ///   - worker: Has a beat.
  ///   - revision: Results from before it do not count; see `revision()`.
  /// - Returns: One claim per key that was looked at, from the first one on.
  package func claim(
    _ keys: some Sequence<String>, limit: Int, for worker: String, after revision: Int? = nil
  ) throws(StoreError) -> [Claim] {
    var claims: [Claim] = []
    try write { database in
      claims = []
      var granted = 0
      for key in keys {
        guard granted < limit else { break }
        let claim = try claim(key, for: worker, after: revision ?? -1, in: database)
        claims.append(claim)
        if claim == .granted { granted += 1 }
      }
    }
    return claims
  }

  private func claim(
    _ key: String, for worker: String, after revision: Int, in database: Database
  ) throws -> Claim {
    let done = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT status = 'diverged' FROM trial WHERE key = ? AND rowid > ? AND \(Self.done)"),
      arguments: [key, revision])
    if let done { return .done(diverged: done[0] == 1) }
    let holder = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT worker.id, worker.process, worker.beat FROM claim JOIN worker
          ON worker.id = claim.worker WHERE claim.trial = ?
          """), arguments: [key])
    if let holder {
      let row = StoredRow(row: holder, subject: "the claim of trial \(key)", path: path)
      let claimant = Claimant(
        worker: try row.text("id"), process: try row.text("process"), beat: try row.count("beat"))
      return claimant.worker == worker ? .granted : .held(by: claimant)
    }
    // A worker that was taken for dead lost its row; it is back.
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO worker (id, process, beat) VALUES (?, '', 0)"
    ).execute(arguments: [worker])
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO claim (trial, worker) VALUES (?, ?)"
    ).execute(arguments: [key, worker])
    return .granted
  }

  /// Gives a trial back, such as one that failed.
  package func release(_ key: String, of worker: String) throws(StoreError) {
    try write { database in
      try database.cachedStatement(sql: "DELETE FROM claim WHERE trial = ? AND worker = ?")
        .execute(arguments: [key, worker])
    }
  }

  /// Removes a worker with all its claims.
  ///
  /// - Parameter beat: The last one that was seen, where the worker is taken for dead: if it has had another one since, it is
  ///   alive, and nothing is removed.
  package func retire(_ worker: String, at beat: Int? = nil) throws(StoreError) {
    try write { database in
      let isThere = try Row.fetchOne(
        database, sql: "SELECT 1 FROM worker WHERE id = ? AND beat = ifnull(?, beat)",
        arguments: [worker, beat])
      guard isThere != nil else { return }
      try database.execute(sql: "DELETE FROM claim WHERE worker = ?", arguments: [worker])
      try database.execute(sql: "DELETE FROM worker WHERE id = ?", arguments: [worker])
    }
  }

  /// Of what is stored by now: a trial that is saved later, or again, comes after it.
  package func revision() throws(StoreError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT ifnull(max(rowid), 0) FROM trial") ?? 0 }
  }
}
