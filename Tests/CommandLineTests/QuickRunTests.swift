import Foundation
import TestSupport
import Testing

/// The files that `bench run --all --quick` leaves.
@Suite(
  .enabled(if: QuickRun.isWorthwhile, "the quick run needs a release build: scripts/test"),
  .sharing(QuickRun.self))
struct QuickRunTests {
  let quick: QuickRun

  init() throws { quick = try QuickRun.current }

  /// The one run that is meant to diverge: weights that start too large.
  private func isMeantToDiverge(_ record: [String: String]) -> Bool {
    record["scenario"] == "normalization" && record["optimizer"] == "plain · learning_rate 2"
  }

  private func number(_ text: String?) -> Double? { text.flatMap { Double($0) } }

  // MARK: Runs

  @Test func `every optimizer and variant of every scenario has one run and one summary`() {
    #expect(quick.scenarios.count > 20)
    for table in [quick.runs.records, quick.summary.records] {
      for scenario in quick.scenarios {
        #expect(
          table.count { $0["scenario"] == scenario.name } == scenario.runs, "\(scenario.name)")
      }
      #expect(table.count == quick.scenarios.map(\.runs).reduce(0, +))
    }
  }

  @Test func `every run finishes but the one that is meant to diverge`() {
    let others = quick.runs.records.filter { $0["status"] != "finished" }
    #expect(others.map { $0["status"] } == ["diverged"])
    #expect(others.allSatisfy(isMeantToDiverge), "\(others)")
  }

  @Test func `every network without variants learns something in its epoch`() throws {
    // Guessing is right once in ten. Ten steps, as early stopping's epochs have, are too few; and scenarios with variants
    // show on purpose what does not learn.
    let learning = quick.runs.records.filter {
      $0["scenario"] != "early-stopping" && $0["variant"] == "" && $0["test_accuracy"] != ""
    }
    #expect(learning.count >= 20)
    for run in learning {
      #expect(
        try #require(number(run["test_accuracy"])) >= 0.5,
        "\(run["scenario"] ?? ""), \(run["optimizer"] ?? "")")
    }
  }

  /// The fewest evaluations until a surface is solved, or the lowest final loss where nobody solves it; the highest accuracy of
  /// a network.
  @Test func `rank 1 has the best median`() throws {
    let judged = quick.scenarios.filter { $0.hasSurface || $0.hasNetwork }
    #expect(judged.contains { $0.hasNetwork } && judged.contains { $0.isUnbounded })
    for scenario in judged {
      let rows = quick.summary.records.filter { $0["scenario"] == scenario.name }
      let isByEvaluations = rows[0]["ranked_by"]?.hasPrefix("evaluations") == true
      let column = isByEvaluations ? "median_evaluations" : "median"
      let medians = try rows.map { try #require(number($0[column]), "\(scenario.name)") }
      let ranks = try rows.map { try #require(number($0["rank"]), "\(scenario.name)") }
      let best = try #require(scenario.hasSurface ? medians.min() : medians.max())
      let first = try #require(zip(ranks, medians).min { $0.0 < $1.0 })
      #expect(first.1 == best, "\(scenario.name)")
    }
  }

  // MARK: Points

  private func count(_ table: CSVTable, by names: String...) throws -> [[String]: Int] {
    let columns = try names.map { try #require(table.columns.firstIndex(of: $0)) }
    return table.rows.reduce(into: [:]) { counts, row in
      counts[columns.map { row[$0] }, default: 0] += 1
    }
  }

  @Test func `a surface's curve and path have a point per step and one for the start`() throws {
    let losses = try count(quick.curves, by: "scenario", "optimizer", "metric")
    let places = try count(quick.trajectories, by: "scenario", "optimizer")
    for (scenario, steps) in [
      ("saddle", 120), ("ellipse", 500), ("rosenbrock", 2000), ("himmelblau", 200), ("beale", 1000),
    ] {
      for optimizer in ["sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam"] {
        #expect(losses[[scenario, optimizer, "loss"]] == steps + 1, "\(scenario), \(optimizer)")
        #expect(places[[scenario, optimizer]] == steps + 1, "\(scenario), \(optimizer)")
      }
    }
  }

  @Test func `a network is evaluated before its epoch and after it`() throws {
    let points = try count(quick.curves, by: "scenario", "optimizer", "metric")
    for scenario in ["digits-mlp", "fashion-mnist-logreg", "fashion-mnist-mlp"] {
      for metric in ["train_loss", "train_accuracy", "test_loss", "test_accuracy"] {
        #expect(points[[scenario, "adam", metric]] == 2, "\(scenario), \(metric)")
      }
    }
  }

  @Test func `averages cover every day, and correction makes the first one the value`() throws {
    #expect(quick.ewma.rows.count == 3 * 1461)
    let first = quick.ewma.records.filter { $0["day"] == "1" }
    #expect(first.count == 3)
    for row in first {
      let value = try #require(number(row["value"]))
      #expect(abs(try #require(number(row["corrected"])) - value) <= 1e-10)
    }
  }

  @Test func `only the run that is meant to diverge has values that are not finite`() throws {
    let tables = [
      "runs": quick.runs, "summary": quick.summary, "curves": quick.curves,
      "trajectories": quick.trajectories, "ewma": quick.ewma,
    ]
    for (name, table) in tables {
      // A target that nobody reached takes infinitely many steps: the summary's columns after the rank.
      let rank = table.columns.firstIndex(of: "rank")
      let last = try #require(name == "summary" ? rank : table.columns.count - 1)
      let scenario = try #require(table.columns.firstIndex(of: "scenario"))
      let optimizer = table.columns.firstIndex(of: "optimizer")
      #expect(!table.rows.isEmpty)
      for row in table.rows {
        #expect(row.count == table.columns.count, "\(name): \(row)")
        let isInfinite = row.prefix(last + 1).contains {
          ["nan", "inf", "-nan", "-inf"].contains($0)
        }
        guard isInfinite else { continue }
        let owner = ["scenario": row[scenario], "optimizer": optimizer.map { row[$0] } ?? ""]
        #expect(isMeantToDiverge(owner), "\(name): \(row)")
      }
    }
  }

  /// As many rows, fields and bytes as Python's own module finds, which refuses what is no CSV.
  @Test func `Python reads every table and finds as much in it`() throws {
    let folder = quick.file("csv")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count >= 11)
    let found = try Python.output(
      of: """
        import csv, sys
        for name in sys.argv[1:]:
            rows = list(csv.reader(open(name, newline='', encoding='utf-8'), strict=True))
            assert len({len(row) for row in rows}) == 1, name
            print(len(rows), len(rows[0]), sum(len(field.encode()) for row in rows for field in row))
        """, arguments: names.map { "\(folder)/\($0)" })
    let expected = try names.map { name in
      let table = try CSVTable(path: "\(folder)/\(name)")
      let rows = [table.columns] + table.rows
      let bytes = rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count } }
      return "\(rows.count) \(table.columns.count) \(bytes)"
    }
    #expect(found.split(separator: "\n").map(String.init) == expected)
  }
}
