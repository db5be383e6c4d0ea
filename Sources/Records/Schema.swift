import GRDB

/// The tables of a store, version by version. A released migration is never edited: a change is a new one.
enum Schema {
  /// Marks a file as a store of ours in SQLite's header: "OBen".
  private static let applicationID = 0x4F42_656E

  /// - Throws: `StoreError.damaged` for a database of some other program, before anything is written to it.
  static func checkOwner(of database: Database, path: String) throws {
    let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
    guard owner == applicationID || tables == 0 else {
      throw StoreError.damaged(path: path, reason: "a database of another program")
    }
  }

  static let migrations: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      try database.create(table: "trial") { table in
        table.primaryKey("key", .text)
        table.column("configuration", .text).notNull()
        table.column("status", .text).notNull()
        table.column("diverged_step", .integer)
        table.column("steps", .integer).notNull()
        table.column("epochs", .integer).notNull()
        table.column("loss_evaluations", .integer).notNull()
        table.column("gradient_evaluations", .integer).notNull()
        table.column("parameters", .integer).notNull()
        table.column("state_bytes", .integer).notNull()
        table.column("wall_seconds", .double).notNull()
      }
      try database.create(table: "curve") { table in
        table.column("trial", .text).notNull().references("trial", onDelete: .cascade)
        table.column("metric", .text).notNull()
        table.column("steps", .blob).notNull()
        table.column("epochs", .blob)
        table.column("series", .blob).notNull()
        table.primaryKey(["trial", "metric"])
      }
      try database.create(table: "trajectory") { table in
        table.primaryKey("trial", .text).references("trial", onDelete: .cascade)
        table.column("steps", .blob).notNull()
        table.column("x", .blob).notNull()
        table.column("y", .blob).notNull()
        table.column("loss", .blob).notNull()
      }
      // A scenario is read and written whole, and only by its name; its parts are no rows of their own.
      try database.create(table: "scenario") { table in
        table.primaryKey("name", .text)
        table.column("record", .text).notNull()
      }
    }
    // Why a trial went no further, and which epoch is its result. Trials stored before had no such rules: null.
    migrator.registerMigration("2") { database in
      try database.alter(table: "trial") { table in
        table.add(column: "stop_reason", .text)
        table.add(column: "restored_epoch", .integer)
      }
    }
    // Read and written whole, like a scenario.
    migrator.registerMigration("3") { database in
      try database.create(table: "tuning") { table in
        table.column("scenario", .text).notNull()
        table.column("optimizer", .text).notNull()
        table.column("search", .text).notNull()
        table.column("record", .text).notNull()
        table.primaryKey(["scenario", "optimizer", "search"])
      }
    }
    // Where a trial ran and why one failed. Of trials stored before, nothing is known: null.
    migrator.registerMigration("4") { database in
      try database.create(table: "environment") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("content", .text).notNull().unique()
      }
      try database.alter(table: "trial") { table in
        table.add(column: "cpu_seconds", .double)
        table.add(column: "error", .text)
        table.add(column: "environment", .integer).references("environment")
      }
    }
    // Problems and budgets became fields. Those of scenarios stored before stay descriptions.
    migrator.registerMigration("5") { database in
      try database.execute(
        sql: """
          UPDATE scenario SET record = json_set(record,
            '$.problem', json_object('legacy', json_extract(record, '$.problem')),
            '$.budget', json_object(
              'legacy', json_extract(record, '$.budget'), 'stopping', json_object()))
          """)
    }
    // Which process runs which trial. Both tables are empty while nothing runs.
    migrator.registerMigration("6") { database in
      try database.create(table: "worker") { table in
        table.primaryKey("id", .text)
        table.column("process", .text).notNull()
        table.column("beat", .integer).notNull()
      }
      try database.create(table: "claim") { table in
        table.primaryKey("trial", .text)
        table.column("worker", .text).notNull()
      }
    }
    // Evaluations and seconds by step. Of trials stored before, only totals are known: null.
    migrator.registerMigration("7") { database in
      try database.alter(table: "trial") { table in
        for column in [
          "count_steps", "loss_counts", "gradient_counts", "clock_steps", "clock_seconds",
        ] { table.add(column: column, .blob) }
      }
    }
    return migrator
  }()
}
