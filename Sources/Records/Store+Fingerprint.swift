import GRDB

extension Store {
  /// Of the record and of each trial's row: a trial that ran again has another one, since it took another time.
  ///
  /// Curves are not read: under the same key they are the same. Whoever changes them in the file by other means than this program
  /// is not noticed.
  package func fingerprint(of scenario: ScenarioRecord) throws(StoreError) -> String? {
    try read { database in
      guard
        var text = try String.fetchOne(
          database, sql: "SELECT record FROM scenario WHERE name = ?", arguments: [scenario.name])
      else { return nil }
      let statement = try database.cachedStatement(
        sql:
          "SELECT rowid, status, steps, wall_seconds, cpu_seconds, error FROM trial WHERE key = ?")
      for trial in scenario.trials {
        let row = try Row.fetchOne(statement, arguments: [trial.key])
        text += "\n"
        if let row { for value in row.databaseValues { text += "\(value) " } }
      }
      return "\(String(fnv1a(text), radix: 16)) \(scenario.trials.count)"
    }
  }
}
