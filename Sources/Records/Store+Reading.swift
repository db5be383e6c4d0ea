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
        try String.fetchOne(
          database, sql: "SELECT record FROM scenario WHERE name = ?", arguments: [name]
        ).map(Self.decoded)
      }
    }
  }

  /// Every search's result, the latest one last.
  package func tunings() throws(StoreError) -> [TuningRecord] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT record FROM tuning ORDER BY rowid")
        .map(Self.decoded)
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
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM trial WHERE key = ?"), arguments: [key])
    else { return nil }
    let curves = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM curve WHERE trial = ? ORDER BY rowid"),
      arguments: [key]
    ).map { row in
      let steps = shared.integers(row["steps"])
      let epochs = (row["epochs"] as Data?).map { shared.integers($0) }
      let values = Packing.doubles(row["series"])
      guard let (metric, layer) = Curve.parts(of: row["metric"]), steps.count == values.count,
        epochs.map({ $0.count == values.count }) ?? true
      else { throw damaged(key, "a curve") }
      return Curve(metric: metric, layer: layer, steps: steps, epochs: epochs, values: values)
    }
    guard
      let status = TrialStatus(
        name: row["status"], divergedStep: row["diverged_step"], error: row["error"])
    else { throw damaged(key, "the status") }
    let reason: String? = row["stop_reason"]
    let stopReason = reason.flatMap(StopReason.init)
    if reason != nil, stopReason == nil { throw damaged(key, "the reason for stopping") }
    var record = TrialRecord(
      key: key, configuration: row["configuration"], status: status, stopReason: stopReason,
      restoredEpoch: row["restored_epoch"], steps: row["steps"],
      epochs: row["epochs"], lossEvaluations: row["loss_evaluations"],
      gradientEvaluations: row["gradient_evaluations"], parameters: row["parameters"],
      stateBytes: row["state_bytes"], wallSeconds: row["wall_seconds"],
      cpuSeconds: row["cpu_seconds"],
      environment: try environment(row["environment"], in: database, &shared.environments),
      evaluationCounts: try evaluationCounts(row, of: key), clock: try clock(row, of: key),
      curves: curves, trajectory: nil)
    if withTrajectory { record.trajectory = try trajectory(of: record, in: database, &shared) }
    return record
  }

  private func trajectory(
    of trial: TrialRecord, in database: Database, _ shared: inout SharedContent
  ) throws -> Trajectory? {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM trajectory WHERE trial = ?"),
        arguments: [trial.key])
    else { return nil }
    let steps = shared.integers(row["steps"])
    var columns = [row["x"], row["y"], row["loss"]].map { Packing.doubles($0) }
    // The losses of the way are mostly those of the curve: kept in memory once.
    if let curve = trial.curve(.loss)?.values, curve.count == columns[2].count,
      zip(curve, columns[2]).allSatisfy({ $0.bitPattern == $1.bitPattern })
    {
      columns[2] = curve
    }
    guard columns.allSatisfy({ $0.count == steps.count }) else {
      throw damaged(trial.key, "the way")
    }
    return Trajectory(steps: steps, x: columns[0], y: columns[1], loss: columns[2])
  }

  private func evaluationCounts(_ row: Row, of key: String) throws -> EvaluationCounts? {
    let columns = ["count_steps", "loss_counts", "gradient_counts"].map { row[$0] as Data? }
    let counts = columns.compactMap { $0.map(Packing.integers) }
    if counts.isEmpty { return nil }
    guard counts.count == columns.count, Set(counts.map(\.count)).count == 1 else {
      throw damaged(key, "the evaluations by step")
    }
    return EvaluationCounts(steps: counts[0], losses: counts[1], gradients: counts[2])
  }

  private func clock(_ row: Row, of key: String) throws -> ClockReadings? {
    guard let steps = (row["clock_steps"] as Data?).map(Packing.integers) else { return nil }
    let seconds = (row["clock_seconds"] as Data?).map(Packing.doubles)
    guard let seconds, seconds.count == steps.count else {
      throw damaged(key, "the seconds by step")
    }
    return ClockReadings(steps: steps, seconds: seconds)
  }

  private func damaged(_ key: String, _ what: String) -> StoreError {
    .damaged(path: path, reason: "\(what) of trial \(key)")
  }

  private func environment(
    _ id: Int64?, in database: Database, _ known: inout [Int64: RunEnvironment]
  ) throws -> RunEnvironment? {
    guard let id else { return nil }
    if let environment = known[id] { return environment }
    let environment = try String.fetchOne(
      database, sql: "SELECT content FROM environment WHERE id = ?", arguments: [id]
    ).map { try JSONDecoder().decode(RunEnvironment.self, from: Data($0.utf8)) }
    known[id] = environment
    return environment
  }

  /// What many trials of a scenario have in common, kept in memory once.
  private struct SharedContent {
    var environments: [Int64: RunEnvironment] = [:]
    private var known: [Data: [Int]] = [:]

    mutating func integers(_ data: Data) -> [Int] {
      if let numbers = known[data] { return numbers }
      let numbers = Packing.integers(data)
      // Only evenly spaced numbers recur, and they are short as data.
      if data.count <= 64 { known[data] = numbers }
      return numbers
    }
  }

  private static func decoded<Record: Decodable>(_ json: String) throws -> Record {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Record.self, from: Data(json.utf8))
  }
}
