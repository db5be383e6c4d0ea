import Foundation
import TestSupport
import Testing

@Suite struct RunTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  private static let small = """
    title: Small
    problem:
      surface: rosenbrock
      start: [-1.2, 1.0]
    budget: {steps: 20}
    optimizers:
      - sgd: {learning_rate: 0.001}
      - adam: {learning_rate: 0.05}
      - momentum: {label: reckless, learning_rate: 1.0e+3}
    """

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.file(name))
  }

  @Test func `a run leaves store, tables and charts, and tells the best optimizer`() async throws {
    try folder.write(Self.small, to: "small.yaml")
    let result = try await bench.run("run", "small.yaml")
    #expect(result.status == 0, "\(result.errors)")
    // scenario, best, metric, median, reached target, diverged
    let table = result.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(table.count == 2 && table[1][0] == "small")
    // The best of one start, by the evaluations to the hardest precision that it reached.
    #expect(table[1][1...4].joined(separator: " ") == "sgd (one start) evaluations_to_precision")
    #expect(table[1].last == "reckless")
    #expect(exists("results/store.sqlite"))
    #expect(result.errors.contains("report: results/report.html"))
    let page = try String(contentsOfFile: folder.file("results/report.html"), encoding: .utf8)
    #expect(page.contains("<pre>bench run small.yaml</pre>"))
    #expect(page.contains("<code>bench run small.yaml --optimizers adam</code>"))
    for chart in ["trajectory", "loss"] {
      for suffix in ["png", "gp", "dat"] {
        #expect(exists("results/charts/small/\(chart).\(suffix)"))
      }
    }
    let runs = try rows(of: folder.file("results/csv/runs.csv"))
    #expect(runs.map { $0["optimizer"] } == ["sgd", "adam", "reckless"])
    #expect(runs.map { $0["status"] } == ["finished", "finished", "diverged"])
    let divergedStep = try #require(runs[2]["diverged_step"].flatMap(Int.init))
    let curves = try rows(of: folder.file("results/csv/curves.csv"))
      .filter { $0["metric"] == "loss" }
    #expect(curves.count { $0["optimizer"] == "adam" } == 21)
    #expect(curves.count { $0["optimizer"] == "reckless" } == divergedStep + 1)
    #expect(try rows(of: folder.file("results/csv/summary.csv")).count == 3)
    #expect(
      try rows(of: folder.file("results/csv/trajectories.csv"))
        .count { $0["optimizer"] == "sgd" } == 21)
  }

  @Test func `many that tie are counted in the table`() async throws {
    let same = (0..<12).map { "  - sgd: {label: same \($0), learning_rate: 0.1}" }
    let slow = (0..<3).map { "  - sgd: {label: slow \($0), learning_rate: 0.01}" }
    try folder.write(
      """
      title: Ties
      problem: {surface: sphere, start: [3, 2]}
      budget: {steps: 20}
      target: {loss: 1}
      optimizers:
      \((same + slow).joined(separator: "\n"))
      """, to: "ties.yaml")
    let result = try await bench.run("run", "ties.yaml", "--no-charts")
    #expect(result.output.contains("  12 of 15 tied (one start)  evaluations_to_target  "))
  }

  @Test func `a constant added to the loss changes no share of the targets`() async throws {
    for (name, offset) in [("zero", 0), ("below", -5), ("above", 5), ("high", 300)] {
      try folder.write(
        """
        title: A bowl
        problem: {surface: {expression: "x^2 + 10*y^2 + (\(offset))"}, start: [1, 1], domain: [[-2, 2], [-2, 2]]}
        budget: {steps: 300}
        optimizers:
          - sgd: {learning_rate: 0.05}
          - adam: {learning_rate: 0.05}
          - sgd: {label: slow, learning_rate: 0.005}
        """, to: "\(name).yaml")
    }
    let result = try await bench.run(
      "run", "zero.yaml", "below.yaml", "above.yaml", "high.yaml", "--no-charts")
    #expect(result.status == 0, "\(result.errors)")
    let targets = try rows(of: folder.file("results/csv/targets.csv"))
    let summary = try rows(of: folder.file("results/csv/summary.csv"))
    func own(_ rows: [[String: String]], _ name: String, _ columns: [String]) -> [[String?]] {
      rows.filter { $0["scenario"] == name }.map { row in columns.map { row[$0] } }
    }
    #expect(!own(targets, "zero", ["share"]).isEmpty)
    for name in ["below", "above", "high"] {
      let columns = ["optimizer", "steps", "share"]
      #expect(own(targets, name, columns) == own(targets, "zero", columns), "\(name)")
      let ranks = ["optimizer", "rank", "median_evaluations"]
      #expect(own(summary, name, ranks) == own(summary, "zero", ranks), "\(name)")
    }
  }

  @Test func `a bad scenario is refused in its reader's words before anything is written`()
    async throws
  {
    try folder.write(Self.small.replacing("- adam", with: "- adm"), to: "scenarios/x.yaml")
    let result = try await bench.run("run", "x")
    #expect(result.status == 65)
    #expect(
      result.errors == "scenarios/x.yaml:8: unknown optimizer 'adm' (did you mean 'adam'?)\n")
    #expect(!exists("results"))
  }

  @Test func `one bad file keeps --all from starting`() async throws {
    try folder.write(Self.small, to: "scenarios/good.yaml")
    try folder.write("title: nothing else\n", to: "scenarios/bad.yaml")
    let result = try await bench.run("run", "--all")
    #expect(result.status == 65)
    #expect(result.errors.contains("scenarios/bad.yaml:1: the scenario needs the key 'problem'"))
    #expect(!exists("results"))
  }

  @Test(arguments: ["rosenbrok", "none.yaml", "no/such/scenario"])
  func `an unknown scenario ends with 66`(name: String) async throws {
    let result = try await bench.run("run", name, "--scenarios", BenchProcess.scenarios)
    #expect(result.status == 66 && !exists("results"))
    if name == "rosenbrok" { #expect(result.errors.contains("did you mean 'rosenbrock'?")) }
  }

  @Test func `quiet prints nothing, and a second run does nothing new`() async throws {
    try folder.write(Self.small, to: "small.yaml")
    let first = try await bench.run("run", "small.yaml", "--quiet", "--no-charts")
    #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty)
    #expect(!exists("results/charts"))
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file("results/csv/runs.csv")))
    let second = try await bench.run("run", "small.yaml", "--no-charts")
    #expect(second.errors.contains("3 of 3 trials are in the store already"))
    let after = try Data(contentsOf: URL(fileURLWithPath: folder.file("results/csv/runs.csv")))
    #expect(before == after)
  }

  @Test func `tables do not depend on jobs, seconds aside`() async throws {
    let scenario = """
      title: Network
      problem:
        network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: 64}
      budget: {epochs: 2}
      seeds: 3
      optimizers: [sgd, adam]
      """
    try folder.write(scenario, to: "network.yaml")
    var tables: [[String]] = []
    for jobs in ["1", "4"] {
      let result = try await bench.run(
        "run", "network.yaml", "--jobs", jobs, "--out", "jobs\(jobs)", "--no-charts")
      #expect(result.status == 0, "\(result.errors)")
      let runs = try rows(of: folder.file("jobs\(jobs)/csv/runs.csv")).map { row in
        row.filter { !["wall_seconds", "cpu_seconds"].contains($0.key) }.sorted { $0.key < $1.key }
          .description
      }
      tables.append(
        runs + [
          try String(contentsOfFile: folder.file("jobs\(jobs)/csv/curves.csv"), encoding: .utf8)
        ])
    }
    #expect(tables[0].count == 7 && tables[0] == tables[1])
  }

  @Test func `an interrupted run keeps what was finished and goes on later`() async throws {
    try folder.write(Self.small, to: "quick.yaml")
    try folder.write(
      """
      title: Long
      problem: {network: {dataset: digits, layers: [dense 64, relu, dense 10], batch_size: 1}}
      budget: {epochs: 100000}
      optimizers: [sgd]
      """, to: "endless.yaml")
    let result = try await bench.run(
      ["run", "quick.yaml", "endless.yaml", "--jobs", "2"], interruptedAt: "quick: done")
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.errors.contains("1 trial left; run the same command to resume"))
    let runs = try rows(of: folder.file("results/csv/runs.csv"))
    #expect(runs.filter { $0["scenario"] == "quick" }.count == 3)
    #expect(runs.filter { $0["scenario"] == "endless" }.map { $0["status"] } == ["interrupted"])
    let again = try await bench.run("run", "quick.yaml", "--no-charts")
    #expect(again.errors.contains("3 of 3 trials are in the store already"))
  }

  @Test func `seeds, the master seed and fresh do what they say`() async throws {
    try folder.write(
      """
      title: Network
      problem: {network: {dataset: digits, layers: [dense 10], batch_size: 128}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """, to: "network.yaml")
    func accuracies(_ arguments: String...) async throws -> [String?] {
      let out = UUID().uuidString
      let result = try await bench.run(
        ["run", "network.yaml", "--no-charts", "--quiet", "--out", out] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return try rows(of: folder.file("\(out)/csv/runs.csv")).map { $0["final_loss"] }
    }
    let one = try await accuracies()
    let three = try await accuracies("--seeds", "3")
    #expect(one.count == 1 && three.count == 3 && Set(three).count == 3 && three[0] == one[0])
    #expect(try await accuracies("--seed", "2") != one)
    _ = try await bench.run("run", "network.yaml", "--no-charts", "--out", "again")
    let fresh = try await bench.run(
      "run", "network.yaml", "--no-charts", "--out", "again", "--fresh")
    #expect(
      !fresh.errors.contains("in the store already") && fresh.errors.contains("1 trial to run"))
  }

  @Test func `all leaves out what is marked long`() async throws {
    try folder.write(Self.small, to: "scenarios/short.yaml")
    try folder.write(Self.small + "\nlong: true\n", to: "scenarios/endless.yaml")
    let result = try await bench.run("run", "--all", "--no-charts")
    #expect(result.status == 0)
    let scenarios = try rows(of: folder.file("results/csv/runs.csv")).map { $0["scenario"] }
    #expect(Set(scenarios) == ["short"])
  }

  @Test func `a run of one optimizer leaves the others in the tables`() async throws {
    try folder.write(Self.small, to: "small.yaml")
    _ = try await bench.run("run", "small.yaml", "--no-charts")
    let result = try await bench.run("run", "small.yaml", "--no-charts", "--optimizers", "adam")
    #expect(result.status == 0)
    let runs = try rows(of: folder.file("results/csv/runs.csv"))
    #expect(runs.map { $0["optimizer"] } == ["sgd", "adam", "reckless"])
  }

  @Test func `runs that diverge at once are results, and a start too far away is refused`()
    async throws
  {
    let far = """
      title: Far
      problem: {surface: saddle, start: [1.0e+100, 1]}
      budget: {steps: 5}
      optimizers: [sgd: {learning_rate: 1.0e+200}]

      """
    try folder.write(far, to: "far.yaml")
    let result = try await bench.run("run", "far.yaml")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      try rows(of: folder.file("results/csv/runs.csv")).map { $0["status"] } == ["diverged"])
    try folder.write(far.replacing("1.0e+100", with: "1.0e+200"), to: "farther.yaml")
    let refused = try await bench.run("run", "farther.yaml")
    #expect(refused.status == 65 && refused.errors.hasPrefix("farther.yaml:2: 'start'"))
    let tiny = Self.small.replacing("surface: rosenbrock", with: "surface: saddle")
      .replacing("[-1.2, 1.0]", with: "[3.0e-162, 1.0e-162]")
    try folder.write(tiny, to: "tiny.yaml")
    #expect(try await bench.run("run", "tiny.yaml").status == 0)
  }

  @Test func `other data than published are reported, and so are networks that do not suit them`()
    async throws
  {
    // 3 + 2 images of 2 by 2 pixels.
    func images(_ count: UInt8) -> Data {
      Data([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<(4 * count)).map { $0 })
    }
    func labels(_ count: UInt8) -> Data { Data([0, 0, 8, 1, 0, 0, 0, count] + (0..<count)) }
    for (name, data) in [
      ("train-images-idx3", images(3)), ("train-labels-idx1", labels(3)),
      ("t10k-images-idx3", images(2)), ("t10k-labels-idx1", labels(2)),
    ] { try data.write(to: URL(fileURLWithPath: folder.file("\(name)-ubyte"))) }
    let scenario = """
      title: Own
      problem: {network: {dataset: fashion-mnist, layers: [dense 10], batch_size: 3}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    try folder.write(scenario, to: "own.yaml")
    let told = try await bench.run("run", "own.yaml", "--data-dir", ".", "--no-charts")
    #expect(
      told.status == 0 && told.errors.contains("differ from the published data set (3 + 2 samples)")
    )
    try folder.write(scenario.replacing("batch_size: 3", with: "batch_size: 4"), to: "own.yaml")
    let refused = try await bench.run("run", "own.yaml", "--data-dir", ".", "--out", "none")
    #expect(refused.status == 65 && refused.errors.hasPrefix("own.yaml:2: network: "))
    #expect(!exists("none"))
  }

  @Test func `only the optimizers named take part, and an unknown one is answered`() async throws {
    try folder.write(Self.small, to: "small.yaml")
    let result = try await bench.run(
      "run", "small.yaml", "--optimizers", "adam,reckless", "--no-charts")
    #expect(result.status == 0)
    #expect(
      try rows(of: folder.file("results/csv/runs.csv")).map { $0["optimizer"] } == [
        "adam", "reckless",
      ])
    let unknown = try await bench.run("run", "small.yaml", "--optimizers", "adamm")
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'adam'?"))
  }
}
