import Foundation
import GRDB

extension Store {
  /// Saves a trial in place of a former one; but what came to no result never replaces a result.
  package func save(_ trial: TrialRecord) throws(StoreError) {
    try write { database in
      if !trial.status.isDone, try isDone(trial.key, in: database) { return }
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO trial (key, configuration, status, diverged_step, steps, epochs,
            loss_evaluations, gradient_evaluations, parameters, state_bytes, wall_seconds,
            stop_reason, restored_epoch, cpu_seconds, error, environment,
            count_steps, loss_counts, gradient_counts, clock_steps, clock_seconds)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          trial.key, trial.configuration, trial.status.name, trial.status.divergedStep, trial.steps,
          trial.epochs, trial.lossEvaluations, trial.gradientEvaluations, trial.parameters,
          trial.stateBytes, trial.wallSeconds, trial.stopReason.rawValue, trial.restoredEpoch,
          trial.cpuSeconds, trial.status.error,
          try trial.environment.map { try identifier(of: $0, in: database) },
          trial.evaluationCounts.map { Packing.pack($0.steps) },
          trial.evaluationCounts.map { Packing.pack($0.losses) },
          trial.evaluationCounts.map { Packing.pack($0.gradients.map(Double.init)) },
          trial.clock.map { Packing.pack($0.steps) },
          trial.clock.map { Packing.pack($0.seconds) },
        ])
      for curve in trial.curves {
        try database.cachedStatement(
          sql: "INSERT INTO curve (trial, metric, steps, epochs, series) VALUES (?, ?, ?, ?, ?)"
        ).execute(
          arguments: [
            trial.key, curve.name, Packing.pack(curve.steps),
            curve.epochs.map(Packing.pack), Packing.pack(curve.values),
          ])
      }
      if trial.status.isDone {
        try database.cachedStatement(sql: "DELETE FROM claim WHERE trial = ?")
          .execute(arguments: [trial.key])
      }
      if let trajectory = trial.trajectory {
        try database.cachedStatement(
          sql: "INSERT INTO trajectory (trial, steps, x, y, loss) VALUES (?, ?, ?, ?, ?)"
        ).execute(
          arguments: [
            trial.key, Packing.pack(trajectory.steps), Packing.pack(trajectory.x),
            Packing.pack(trajectory.y), Packing.pack(trajectory.loss),
          ])
      }
    }
  }

  private func isDone(_ key: String, in database: Database) throws -> Bool {
    try Int.fetchOne(
      database.cachedStatement(sql: "SELECT 1 FROM trial WHERE key = ? AND \(Self.done)"),
      arguments: [key]) != nil
  }

  /// The row of an environment, made when missing.
  private func identifier(of environment: RunEnvironment, in database: Database) throws -> Int64 {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content = String(decoding: try encoder.encode(environment), as: UTF8.self)
    let query = "SELECT id FROM environment WHERE content = ?"
    if let row = try Int64.fetchOne(
      database.cachedStatement(sql: query), arguments: [content])
    {
      return row
    }
    try database.execute(
      sql: "INSERT INTO environment (content) VALUES (?)", arguments: [content])
    return database.lastInsertedRowID
  }

  /// Removes trials, so that they run again.
  package func discard(_ keys: [String]) throws(StoreError) {
    guard !keys.isEmpty else { return }
    try write { database in
      for key in keys {
        try database.execute(sql: "DELETE FROM trial WHERE key = ?", arguments: [key])
      }
    }
  }

  /// Saves what a search found; a former one of the same kind for the same optimizer is replaced.
  package func save(_ tuning: TuningRecord) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO tuning (scenario, optimizer, search, record) VALUES (?, ?, ?, ?)
          """,
        arguments: [tuning.scenario, tuning.optimizer, tuning.search, try Self.json(of: tuning)])
    }
  }

  /// Saves what a scenario is; a former scenario of the same name is replaced, its trials stay.
  package func save(_ scenario: ScenarioRecord) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO scenario (name, record) VALUES (?, ?)",
        arguments: [scenario.name, try Self.json(of: scenario)])
    }
  }

  private static func json(of record: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // A surface may overflow somewhere on its grid, and JSON has no word for infinity.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }
}
