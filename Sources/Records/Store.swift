import Foundation
import GRDB

/// The SQLite file that every result lives in. Safe to use from several threads and processes at once.
///
/// Trials are keyed by content, so saving one twice changes nothing. Every call is one transaction: a
/// process that dies loses what it had not saved and nothing else.
public final class Store: Sendable {
  public let path: String
  private let database: DatabasePool

  /// Opens the store at `path`, making it and its folder when missing.
  public convenience init(creatingAt path: String) throws(StoreError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: folder.path, reason: Self.reason(of: error))
    }
    try self.init(path: path)
  }

  /// Opens the store at `path`, which must be there.
  public convenience init(existingAt path: String) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noResults(path: path) }
    try self.init(path: path)
  }

  /// The same with settings of the database of one's own, such as a limit on its size.
  package convenience init(
    existingAt path: String, configuration: Configuration
  ) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noResults(path: path) }
    try self.init(path: path, configuration: configuration)
  }

  private init(
    path: String, configuration: Configuration = Configuration()
  ) throws(StoreError) {
    self.path = path
    var configuration = configuration
    configuration.busyMode = .timeout(30)
    do {
      let lock = try FileLock(path: path + ".lock")
      defer { lock.release() }
      database = try DatabasePool(path: path, configuration: configuration)
      try database.read { try Schema.checkOwner(of: $0, path: path) }
      if try database.read(Schema.migrations.hasBeenSuperseded) {
        let applied = try database.read(Schema.migrations.appliedIdentifiers)
        let unknown = applied.subtracting(Schema.migrations.migrations)
        throw StoreError.newer(path: path, version: unknown.max() ?? "unknown")
      }
      try Schema.migrations.migrate(database)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  // MARK: Writing

  /// Saves a trial in place of a former one; but what came to no result never replaces a result.
  public func save(_ trial: TrialRecord) throws(StoreError) {
    try write { database in
      if !trial.status.isDone, try isDone(trial.key, in: database) { return }
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO trial (key, configuration, status, diverged_step, steps, epochs,
            loss_evaluations, gradient_evaluations, parameters, state_bytes, wall_seconds,
            stop_reason, restored_epoch, cpu_seconds, error, environment)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          trial.key, trial.configuration, trial.status.name, trial.status.divergedStep, trial.steps,
          trial.epochs, trial.lossEvaluations, trial.gradientEvaluations, trial.parameters,
          trial.stateBytes, trial.wallSeconds, trial.stopReason.rawValue, trial.restoredEpoch,
          trial.cpuSeconds, trial.status.error,
          try trial.environment.map { try identifier(of: $0, in: database) },
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

  /// Of a status that need not be run again.
  private static let done = "status IN ('finished', 'diverged')"

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

  /// Saves what a search found; a former one of the same kind for the same optimizer is replaced.
  public func save(_ tuning: TuningRecord) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO tuning (scenario, optimizer, search, record) VALUES (?, ?, ?, ?)
          """,
        arguments: [tuning.scenario, tuning.optimizer, tuning.search, try Self.json(of: tuning)])
    }
  }

  /// Saves what a scenario is; a former scenario of the same name is replaced, its trials stay.
  public func save(_ scenario: ScenarioRecord) throws(StoreError) {
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

  private static func decoded<Record: Decodable>(_ json: String) throws -> Record {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Record.self, from: Data(json.utf8))
  }

  // MARK: Reading

  /// Which of `keys` the store holds results of; a trial that failed or was interrupted is none.
  public func heldKeys(among keys: [String]) throws(StoreError) -> Set<String> {
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
  public func scenarioNames() throws(StoreError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM scenario ORDER BY name") }
  }

  /// Every scenario, or those named, by name.
  public func scenarios(named names: [String]? = nil) throws(StoreError) -> [ScenarioRecord] {
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
  public func tunings() throws(StoreError) -> [TuningRecord] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT record FROM tuning ORDER BY rowid")
        .map(Self.decoded)
    }
  }

  /// The trial of a key, if it is there.
  public func trial(_ key: String) throws(StoreError) -> TrialRecord? {
    try read { database in
      var shared = SharedContent()
      return try trial(key, in: database, &shared)
    }
  }

  /// The trials of `scenario` that are there.
  public func result(of scenario: ScenarioRecord) throws(StoreError) -> ScenarioResult {
    try read { database in
      var runs: [ScenarioResult.Run] = []
      var interrupted: [ScenarioResult.Run] = []
      var shared = SharedContent()
      for reference in scenario.trials {
        guard let trial = try trial(reference.key, in: database, &shared) else { continue }
        let run = ScenarioResult.Run(
          optimizer: reference.optimizer, seed: reference.seed, trial: trial)
        if trial.status == .interrupted { interrupted.append(run) } else { runs.append(run) }
      }
      return ScenarioResult(scenario: scenario, runs: runs, interrupted: interrupted)
    }
  }

  private func trial(
    _ key: String, in database: Database, _ shared: inout SharedContent
  ) throws -> TrialRecord? {
    func damaged(_ what: String) -> StoreError {
      .damaged(path: path, reason: "\(what) of trial \(key)")
    }
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
      else { throw damaged("a curve") }
      return Curve(metric: metric, layer: layer, steps: steps, epochs: epochs, values: values)
    }
    let loss = try Data.fetchOne(
      database.cachedStatement(sql: "SELECT series FROM curve WHERE trial = ? AND metric = 'loss'"),
      arguments: [key])
    let trajectory = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM trajectory WHERE trial = ?"), arguments: [key]
    ).map { row in
      let steps = shared.integers(row["steps"])
      var columns = [row["x"], row["y"], row["loss"]].map { Packing.doubles($0) }
      // The losses of the way are mostly those of the curve: kept in memory once.
      if let curve = curves.first(where: { $0.metric == .loss }), row["loss"] == loss {
        columns[2] = curve.values
      }
      guard columns.allSatisfy({ $0.count == steps.count }) else { throw damaged("the way") }
      return Trajectory(steps: steps, x: columns[0], y: columns[1], loss: columns[2])
    }
    guard
      let status = TrialStatus(
        name: row["status"], divergedStep: row["diverged_step"], error: row["error"])
    else { throw damaged("the status") }
    let reason: String? = row["stop_reason"]
    let stopReason = reason.flatMap(StopReason.init)
    if reason != nil, stopReason == nil { throw damaged("the reason for stopping") }
    return TrialRecord(
      key: key, configuration: row["configuration"], status: status, stopReason: stopReason,
      restoredEpoch: row["restored_epoch"], steps: row["steps"],
      epochs: row["epochs"], lossEvaluations: row["loss_evaluations"],
      gradientEvaluations: row["gradient_evaluations"], parameters: row["parameters"],
      stateBytes: row["state_bytes"], wallSeconds: row["wall_seconds"],
      cpuSeconds: row["cpu_seconds"],
      environment: try environment(row["environment"], in: database, &shared.environments),
      curves: curves, trajectory: trajectory)
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

  // MARK: Errors

  private func write(_ body: (Database) throws -> Void) throws(StoreError) {
    do { try database.write(body) } catch { throw Self.failure(error, path: path) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch { throw Self.failure(error, path: path) }
  }

  private static func failure(_ error: any Error, path: String) -> StoreError {
    switch error {
    case let error as StoreError: error
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, reason: reason(of: error))
      case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: reason(of: error))
      case .SQLITE_ERROR, .SQLITE_MISMATCH: .damaged(path: path, reason: reason(of: error))
      default: .cannotWrite(path: path, reason: reason(of: error))
      }
    default: .damaged(path: path, reason: "\(error)")
    }
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as DatabaseError:
      error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    case let error as CocoaError: error.localizedDescription
    default: "\(error)"
    }
  }
}
