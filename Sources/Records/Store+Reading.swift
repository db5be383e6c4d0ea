import Foundation
import GRDB

extension Store: ResultSource {
  /// Which of `keys` the store holds results of; a trial that failed or was interrupted is none.
  package func heldKeys(among keys: [String]) throws(StoreError) -> Set<String> {
    try read { database in
      var held: Set<String> = []
      let statement = try database.makeStatement(
        sql:
          "SELECT 1 FROM trial WHERE key = ? AND \(Self.done)")
      for key in keys where try Int.fetchOne(statement, arguments: [key]) != nil {
        held.insert(key)
      }
      return held
    }
  }

  /// Names of all scenarios, sorted; reads none of them.
  package func scenarioNames() throws(StoreError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM scenario ORDER BY name") }
  }

  /// Every scenario, or those named, by name.
  package func scenarios(named names: [String]? = nil) throws(StoreError) -> [ScenarioRecord] {
    try read { database in
      let all = try String.fetchAll(database, sql: "SELECT name FROM scenario ORDER BY name")
      let wanted = names.map { Set($0) }
      return try all.filter { wanted?.contains($0) ?? true }.compactMap { name in
        let found: [ScenarioRecord] = try records(
          "the record of scenario '\(name)'", in: database,
          sql: "SELECT record FROM scenario WHERE name = ?", [name])
        guard found.allSatisfy({ $0.name == name }) else {
          throw damaged("the name of scenario '\(name)'")
        }
        return found.first
      }
    }
  }

  /// Every search's result, the latest one last.
  package func tunings() throws(StoreError) -> [TuningRecord] {
    try read { database in
      try records(
        "the record of a search", in: database, sql: "SELECT record FROM tuning ORDER BY rowid")
    }
  }

  private func records<Record: CheckedRecord>(
    _ subject: String, in database: Database, sql: String, _ arguments: StatementArguments = []
  ) throws -> [Record] {
    try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
      let row = StoredRow(row: row, subject: subject, path: path)
      return try Record(json: row.text("record"), subject: subject, path: path)
    }
  }

  /// The trial of a key, if it is there.
  package func trial(_ key: String) throws(StoreError) -> TrialRecord? {
    try read { database in
      var shared = SharedContent()
      return try trial(key, in: database, &shared)
    }
  }

  package func result(
    of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
  ) throws -> ScenarioResult {
    try read { database in
      var runs: [ScenarioResult.Run] = []
      var interrupted: [ScenarioResult.Run] = []
      var shared = SharedContent()
      for reference in scenario.trials[places] {
        guard
          let trial = try trial(
            reference.key, in: database, &shared, withTrajectory: trajectories == .all)
        else { continue }
        let run = ScenarioResult.Run(
          optimizer: reference.optimizer, seed: reference.seed, trial: trial)
        if trial.status == .interrupted { interrupted.append(run) } else { runs.append(run) }
      }
      return ScenarioResult(scenario: scenario, runs: runs, interrupted: interrupted)
    }
  }

  private func trial(
    _ key: String, in database: Database, _ shared: inout SharedContent,
    withTrajectory: Bool = true
  ) throws -> TrialRecord? {
    guard
      let found = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM trial WHERE key = ?"), arguments: [key])
    else { return nil }
    let row = StoredRow(row: found, subject: "trial \(key)", path: path)
    let curves = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM curve WHERE trial = ? ORDER BY rowid"),
      arguments: [key]
    ).map { try curve(StoredRow(row: $0, subject: "a curve of trial \(key)", path: path), &shared) }
    guard
      let status = TrialStatus(
        name: try row.text("status"), divergedStep: try row.optionalCount("diverged_step"),
        error: try row.optionalText("error"))
    else { throw row.damaged("status") }
    let reason = try row.optionalText("stop_reason")
    let stopReason = reason.flatMap(StopReason.init)
    if reason != nil, stopReason == nil { throw row.damaged("stop_reason") }
    var record = TrialRecord(
      key: key, configuration: try row.text("configuration"), status: status,
      stopReason: stopReason, restoredEpoch: try row.optionalCount("restored_epoch"),
      steps: try row.count("steps"), epochs: try row.count("epochs"),
      lossEvaluations: try row.count("loss_evaluations"),
      gradientEvaluations: try row.count("gradient_evaluations"),
      parameters: try row.count("parameters"), stateBytes: try row.count("state_bytes"),
      wallSeconds: try row.seconds("wall_seconds"),
      cpuSeconds: try row.optionalSeconds("cpu_seconds"),
      environment: try environment(
        row.optionalCount("environment"), in: database, &shared.environments),
      evaluationCounts: try row.evaluationCounts(), clock: try row.clockReadings(),
      curves: curves, trajectory: nil)
    if withTrajectory { record.trajectory = try trajectory(of: record, in: database, &shared) }
    return record
  }

  private func curve(_ row: StoredRow, _ shared: inout SharedContent) throws -> Curve {
    guard let values = Packing.doubles(try row.blob("series")),
      let (metric, layer) = Curve.parts(of: try row.text("metric")),
      let steps = shared.steps(try row.blob("steps"), count: values.count)
    else { throw row.damaged() }
    let epochs = try row.optionalBlob("epochs").map {
      guard let epochs = shared.steps($0, count: values.count) else { throw row.damaged() }
      return epochs
    }
    return Curve(metric: metric, layer: layer, steps: steps, epochs: epochs, values: values)
  }

  private func trajectory(
    of trial: TrialRecord, in database: Database, _ shared: inout SharedContent
  ) throws -> Trajectory? {
    guard
      let found = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM trajectory WHERE trial = ?"),
        arguments: [trial.key])
    else { return nil }
    let row = StoredRow(row: found, subject: "the path of trial \(trial.key)", path: path)
    var columns: [[Double]] = []
    for name in ["x", "y", "loss"] {
      guard let column = Packing.doubles(try row.blob(name)) else { throw row.damaged(name) }
      columns.append(column)
    }
    guard let steps = shared.steps(try row.blob("steps"), count: columns[0].count),
      columns.allSatisfy({ $0.count == steps.count })
    else { throw row.damaged() }
    // The losses of the way are mostly those of the curve: kept in memory once.
    if let curve = trial.curve(.loss)?.values, curve.count == columns[2].count,
      zip(curve, columns[2]).allSatisfy({ $0.bitPattern == $1.bitPattern })
    {
      columns[2] = curve
    }
    return Trajectory(steps: steps, x: columns[0], y: columns[1], loss: columns[2])
  }

  private func damaged(_ what: String) -> StoreError { .damaged(path: path, reason: what) }

  private func environment(
    _ id: Int?, in database: Database, _ known: inout [Int: RunEnvironment]
  ) throws -> RunEnvironment? {
    guard let id else { return nil }
    if let environment = known[id] { return environment }
    let subject = "environment \(id)"
    let environment: RunEnvironment? = try Row.fetchOne(
      database, sql: "SELECT content FROM environment WHERE id = ?", arguments: [id]
    ).map {
      let row = StoredRow(row: $0, subject: subject, path: path)
      return try RunEnvironment(json: row.text("content"), subject: subject, path: path)
    }
    known[id] = environment
    return environment
  }

  /// What many trials of a scenario have in common, kept in memory once.
  private struct SharedContent {
    var environments: [Int: RunEnvironment] = [:]
    private var known: [Data: [Int]] = [:]

    mutating func steps(_ data: Data, count: Int) -> [Int]? {
      if let numbers = known[data] { return numbers.count == count ? numbers : nil }
      guard let numbers = Packing.steps(data, count: count) else { return nil }
      // Only evenly spaced numbers recur, and they are short as data.
      if data.count <= 64 { known[data] = numbers }
      return numbers
    }
  }
}
