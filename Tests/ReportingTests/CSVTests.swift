import Foundation
import Records
import Reporting
import TestSupport
import Testing
import Text

struct CSVTests {
  private static let files = [
    "curves.csv", "environments.csv", "ewma.csv", "pairwise.csv", "precisions.csv", "profiles.csv",
    "ranking.csv",
    "ranking_pairs.csv",
    "runs.csv", "summary.csv", "targets.csv", "trajectories.csv",
  ]

  private func written(_ results: [ScenarioResult]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Report.writeTables(of: results, to: folder.path + "/csv")
    return folder
  }

  @Test func `every file has one row per thing it tells of and as many fields as its header`()
    throws
  {
    let folder = try written(Examples.all)
    #expect(folder.contents == ["csv"] + Self.files.map { "csv/\($0)" })
    let runs = Examples.all.flatMap(\.runs)
    let points = runs.flatMap(\.trial.curves).map(\.values.count).reduce(0, +)
    let places = runs.compactMap(\.trial.trajectory?.x.count).reduce(0, +)
    let optimizers = Examples.all.map(\.scenario.optimizers.count).reduce(0, +)
    let counts = [
      "curves.csv": points, "ewma.csv": 3 * 1461, "runs.csv": runs.count,
      "summary.csv": optimizers, "trajectories.csv": places,
      // Seven of the network's optimizers have three seeds each; nothing else has two.
      "pairwise.csv": 7 * 6 / 2,
    ]
    for file in Self.files {
      let rows = CSVReader.rows(try folder.text("csv/\(file)"))
      if let count = counts[file] { #expect(rows.count == count + 1, "\(file)") }
      #expect(rows.allSatisfy { $0.count == rows[0].count }, "\(file)")
    }
  }

  @Test func `a table that did not change is not written again, and one that did is`() throws {
    let folder = try written([Examples.rosenbrockResult])
    func numbers() throws -> [String: UInt64] {
      try Self.files.reduce(into: [:]) { numbers, file in
        let facts = try FileManager.default.attributesOfItem(atPath: folder.file("csv/\(file)"))
        numbers[file] = (facts[.systemFileNumber] as? NSNumber)?.uint64Value
      }
    }
    let before = try numbers()
    try Report.writeTables(of: [Examples.rosenbrockResult], to: folder.file("csv"))
    #expect(try numbers() == before)
    var result = Examples.rosenbrockResult
    result.runs[0].trial.wallSeconds += 1
    try Report.writeTables(of: [result], to: folder.file("csv"))
    let after = try numbers()
    #expect(after["runs.csv"] != before["runs.csv"] && after["curves.csv"] == before["curves.csv"])
    // Nothing temporary is left.
    #expect(folder.contents == ["csv"] + Self.files.map { "csv/\($0)" })
  }

  @Test func `numbers read back to the same number`() throws {
    let folder = try written([Examples.rosenbrockResult])
    let values = CSVReader.records(try folder.text("csv/curves.csv")).compactMap {
      $0["value"].flatMap(Double.init)
    }
    let expected = Examples.rosenbrockResult.runs.flatMap(\.trial.curves).flatMap(\.values)
    #expect(values.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test(arguments: [
    "plain", "a, b", "say \"no\"", "two\nlines", "carriage\rreturn", "both\r\n", "", "\"", "é ✕ ",
  ])
  func `any label comes back as it was`(label: String) throws {
    var result = Examples.saddleResult
    result.scenario.optimizers[0].label = label
    result.runs[0].optimizer = label
    let folder = try written([result])
    #expect(CSVReader.records(try folder.text("csv/runs.csv")).first?["optimizer"] == label)
    #expect(CSVReader.records(try folder.text("csv/summary.csv")).first?["optimizer"] == label)
  }

  @Test func `a run of a surface leaves empty what does not apply`() throws {
    let folder = try written([Examples.rosenbrockResult])
    let run = try #require(CSVReader.records(try folder.text("csv/runs.csv")).first)
    #expect(run["test_accuracy"] == "" && run["diverged_step"] == "")
    #expect(run["status"] == "finished" && run["wall_seconds"] == "0.00125")
    #expect(run["hyperparameters"] == "averaged=false;learning_rate=0.001")
    #expect(run["first_loss"].flatMap(Double.init) == Examples.rosenbrock.value(-1.2, 1))
  }

  @Test func `a diverged run counts as the worst in the summary`() throws {
    let folder = try written([Examples.networkResult()])
    let rows = CSVReader.records(try folder.text("csv/summary.csv"))
    let row = try #require(rows.first { $0["optimizer"] == "adadelta" })
    #expect(row["n"] == "3" && row["diverged"] == "1")
    // A mean of −∞ has no interval.
    #expect(row["mean"] == "-inf" && row["ci_low"] == "" && row["ci_high"] == "")
    #expect(row["median"].flatMap(Double.init)?.isFinite == true)
    #expect(rows.first { $0["optimizer"] == "adam" }?["rank"] == "1")
    #expect(rows.first { $0["optimizer"] == "sgd" }?["rank"] == "7")
    #expect(rows.first { $0["optimizer"] == "sgd" }?["success_rate"] == "0")
    #expect(rows.first { $0["optimizer"] == "sgd" }?["steps_to_target"] == "")
    #expect(rows.first { $0["optimizer"] == "adam" }?["success_rate"] == "1")
  }

  @Test func `one run has no interval`() throws {
    let folder = try written([Examples.saddleResult])
    let row = try #require(CSVReader.records(try folder.text("csv/summary.csv")).first)
    #expect(row["ci_low"] == "" && row["ci_high"] == "" && row["n"] == "1")
  }

  @Test func `infinite and undefined values are written as such`() throws {
    var result = Examples.saddleResult
    result.runs[0].trial.curves = [
      Curve(metric: .loss, steps: [0, 1, 2], epochs: nil, values: [.nan, .infinity, -.infinity])
    ]
    result.runs = [result.runs[0]]
    let folder = try written([result])
    let values = CSVReader.records(try folder.text("csv/curves.csv")).map { $0["value"] }
    #expect(values == ["nan", "inf", "-inf"])
  }

  @Test func `Python reads every file as the reader from the standard does`() throws {
    let folder = try written(Examples.all)
    let found = try Python.output(
      of: """
        import csv, json, sys
        for name in sys.argv[1:]:
            print(json.dumps(list(csv.reader(open(name, newline='', encoding='utf-8'), strict=True))))
        """, arguments: Self.files.map { "\(folder.path)/csv/\($0)" }
    ).split(separator: "\n")
    try #require(found.count == Self.files.count)
    for (file, json) in zip(Self.files, found) {
      let rows = try JSONDecoder().decode([[String]].self, from: Data(json.utf8))
      #expect(!rows.isEmpty && Set(rows.map(\.count)).count == 1, "\(file)")
      #expect(rows == CSVReader.rows(try folder.text("csv/\(file)")), "\(file)")
    }
  }

  @Test func `a loader that fails leaves the former files as they were`() throws {
    struct Lost: Error {}
    struct Damaged: ResultSource {
      func result(
        of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
      ) throws -> ScenarioResult {
        guard scenario.kind != .network else { throw Lost() }
        return HeldResults(Examples.all).result(
          of: scenario, places: places, trajectories: trajectories)
      }
    }
    let folder = try written([Examples.saddleResult])
    let before = try folder.text("csv/runs.csv")
    #expect(throws: Lost.self) {
      try Report(
        of: Examples.all.map(\.scenario), from: Damaged(),
        ReportContents(tables: folder.path + "/csv"), jobs: 2)
    }
    #expect(try folder.text("csv/runs.csv") == before)
    #expect(folder.contents == ["csv"] + Self.files.map { "csv/\($0)" })
  }

  @Test func `several threads write what one writes`() throws {
    var result = Examples.rosenbrockResult
    let run = result.runs[0]
    result.runs = (0..<101).map { seed in
      var run = run
      run.seed = seed
      run.trial.key = "k\(seed)"
      // Runs of unlike length end out of their order.
      run.trial.curves = [
        Curve(
          metric: .loss, steps: Array(0..<(seed % 7 * 50)), epochs: nil,
          values: (0..<(seed % 7 * 50)).map { Double($0) / Double(seed + 1) })
      ]
      return run
    }
    result.scenario.trials = result.runs.map {
      TrialReference(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key)
    }
    let folder = try TemporaryFolder()
    for jobs in [1, 2, 5] {
      try Report(
        of: [result.scenario], from: HeldResults([result]),
        ReportContents(tables: "\(folder.path)/\(jobs)"), jobs: jobs
      ).commitTables()
      for file in ["curves.csv", "trajectories.csv"] {
        #expect(try folder.text("\(jobs)/\(file)") == folder.text("1/\(file)"))
      }
    }
    let seeds = CSVReader.records(try folder.text("1/curves.csv")).compactMap { $0["seed"] }
    #expect(seeds.count == (0..<101).map { $0 % 7 * 50 }.reduce(0, +))
    #expect(seeds.compactMap(Int.init) == seeds.compactMap(Int.init).sorted())
  }

  @Test func `a file in place of the folder is named together with the reason`() throws {
    let folder = try TemporaryFolder()
    try "".write(toFile: folder.path + "/csv", atomically: true, encoding: .utf8)
    #expect(throws: ReportError.cannotWrite(path: folder.path + "/csv", reason: "Not a directory"))
    {
      try Report.writeTables(of: [], to: folder.path + "/csv")
    }
  }

  @Test func `a folder in place of a file is named and nothing is left behind`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/runs.csv", withIntermediateDirectories: false)
    #expect(
      throws: ReportError.cannotWrite(path: folder.path + "/runs.csv", reason: "Is a directory")
    ) { try Report.writeTables(of: [], to: folder.path) }
    #expect(folder.contents == ["runs.csv"])
    // The name of one that is written late is taken: none of the others may appear.
    let last = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: last.path + "/ewma.csv", withIntermediateDirectories: false)
    #expect(throws: ReportError.self) { try Report.writeTables(of: Examples.all, to: last.path) }
    #expect(last.contents == ["ewma.csv"])
  }

  @Test func `a quarter of a million rows are all written`() throws {
    var result = Examples.saddleResult
    let count = 250_000
    result.runs[0].trial.curves = [
      Curve(
        metric: .loss, steps: Array(0..<count), epochs: nil,
        values: (0..<count).map { 1 / Double($0 + 1) })
    ]
    let folder = try written([result])
    // Measured 0.11 s; a shared machine may be ten times slower and writing byte by byte a hundred times.
    #expect(try folder.text("csv/curves.csv").utf8.count > 20 * count)
  }

  @Test func `a full disk is reported as such`() throws {
    let file = try OutputFile(path: "/dev/full", shownAs: "runs.csv", exclusively: false)
    try file.append("a,b\n")
    #expect(
      throws: ReportError.cannotWrite(path: "runs.csv", reason: "No space left on device")
    ) { try file.finish() }
  }
}
