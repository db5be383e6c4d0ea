import Foundation
import TestSupport
import Testing

@Suite struct TuneTests {
  private let folder: TemporaryFolder
  private let bench: BenchProcess

  init() throws {
    folder = try TemporaryFolder()
    bench = BenchProcess(folder: folder)
  }

  private static let bowl = """
    title: Bowl
    problem: {surface: ellipse, condition_number: 10, start: [3, 2]}
    budget: {steps: 40}
    optimizers: [sgd, momentum, adam]

    """

  @Test func `tuning tells what it chose, and a run uses it`() async throws {
    try folder.write(Self.bowl, to: "bowl.yaml")
    try folder.write(
      Self.bowl.replacing("[sgd, momentum, adam]", with: "[sgd, sgd: tuned, adam: tuned]"),
      to: "tuned.yaml")
    let early = try await bench.run("run", "tuned.yaml", "--no-charts")
    #expect(early.status == 66)
    #expect(early.errorLines.count == 2)
    #expect(early.errors.contains("tuned.yaml --optimizers \"adam\"' searches"))

    let tuning = try await bench.run("tune", "bowl.yaml", "--trials", "8")
    #expect(tuning.status == 0, "\(tuning.errors)")
    #expect(tuning.errors.contains("halton search, for each optimizer 8 trials of 40 steps"))
    let lines = tuning.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[1].hasPrefix("sgd") && lines[1].contains("learning_rate"))
    let trials = try rows(of: folder.file("results/csv/tuning.csv"))
    #expect(trials.count == 24)
    let chosen = trials.filter { $0["chosen"] == "true" }
    #expect(chosen.map { $0["optimizer"] } == ["sgd", "momentum", "adam"])
    for row in chosen {
      let own = trials.filter { $0["optimizer"] == row["optimizer"] }.compactMap { $0["value"] }
      #expect(own.compactMap(Double.init).min() == row["value"].flatMap(Double.init))
    }
    #expect(try rows(of: folder.file("results/csv/best_after_trials.csv")).count == 24)

    let run = try await bench.run("run", "tuned.yaml", "--no-charts")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("2 of 3 trials are in the store already"))
    let runs = try rows(of: folder.file("results/csv/runs.csv"))
    #expect(runs.map { $0["optimizer"] } == ["sgd", "sgd (tuned)", "adam (tuned)"])
    #expect(runs[1]["tuning"] == "halton search of 8 trials with 1 seed each, by loss")
    #expect(runs[0]["tuning"] == "")
    #expect(runs[1]["final_loss"] == chosen[0]["value"])
  }

  @Test func `a quick search holds for quick runs alone, and for who takes part alone`()
    async throws
  {
    let long = Self.bowl.replacing("steps: 40", with: "steps: 2001")
    try folder.write(long, to: "bowl.yaml")
    try folder.write(
      long.replacing("[sgd, momentum, adam]", with: "[sgd: tuned, adam: tuned]"), to: "tuned.yaml")
    let tuning = try await bench.run(
      "tune", "bowl.yaml", "--trials", "3", "--quick", "--optimizers", "sgd")
    #expect(tuning.status == 0, "\(tuning.errors)")
    let arguments = ["run", "tuned.yaml", "--no-charts", "--optimizers", "sgd"]
    let quick = try await bench.run(arguments + ["--quick"])
    #expect(quick.status == 0, "\(quick.errors)")
    #expect(try rows(of: folder.file("results/csv/runs.csv")).map { $0["steps"] } == ["2000"])
    let whole = try await bench.run(arguments)
    #expect(whole.status == 66 && whole.errorLines.count == 1, "\(whole.errors)")
    #expect(try await bench.run("run", "tuned.yaml", "--no-charts", "--quick").status == 66)
  }

  @Test func `a second search finds its trials stored`() async throws {
    try folder.write(Self.bowl, to: "bowl.yaml")
    let arguments = [
      "tune", "bowl.yaml", "--trials", "4", "--optimizers", "sgd", "--search", "grid",
    ]
    _ = try await bench.run(arguments)
    let again = try await bench.run(arguments)
    #expect(again.status == 0)
    #expect(again.errors.contains("4 of 4 trials are in the store already"))
    let quiet = try await bench.run(arguments + ["--quiet"])
    #expect(quiet.output.isEmpty && !quiet.errors.contains("trials"))
  }

  @Test func `an interrupted search ends with 130 and goes on later`() async throws {
    try folder.write(
      """
      title: Endless
      problem: {network: {dataset: digits, layers: [dense 64, relu, dense 10], batch_size: 1}}
      budget: {epochs: 100000}
      optimizers: [sgd]
      """, to: "endless.yaml")
    let result = try await bench.run(
      ["tune", "endless.yaml", "--trials", "2"], interruptedAt: "trials to run")
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.errors.contains("run the same command to resume"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("results/csv/tuning.csv")))
  }

  @Test func `a grid that leaves trials unspent says how many`() async throws {
    try folder.write(
      Self.bowl + "tuning: {space: {momentum: {momentum: [0.5, 0.9]}}}", to: "bowl.yaml")
    let result = try await bench.run(
      "tune", "bowl.yaml", "--optimizers", "sgd,momentum", "--search", "grid", "--trials", "5")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.errors.contains(
        "note: momentum: its grid of 2 × 2 uses 4 of the 5 trials; a finer grid needs more"))
    #expect(!result.errors.contains("note: sgd: its grid"))
    #expect(result.output.contains("5 of 5") && result.output.contains("4 of 5"))
  }

  @Test func `a best at the bound of its range is warned of`() async throws {
    try folder.write(
      Self.bowl + "tuning: {space: {learning_rate: {log: [1.0e-4, 1.0e-3]}}}", to: "bowl.yaml")
    let result = try await bench.run(
      "tune", "bowl.yaml", "--optimizers", "sgd", "--search", "grid", "--trials", "3")
    #expect(
      result.errors.contains(
        "warning: bowl, sgd: the best learning_rate, 0.001, is at the edge of the search space 0.0001…0.001"
      ))
  }

  @Test func `misuse is reported with its status`() async throws {
    try folder.write(Self.bowl, to: "bowl.yaml")
    try folder.write(
      "title: S\nproblem: {series: seattle-daily-temperature, betas: [0.5]}\n", to: "s.yaml")
    #expect(try await bench.run("tune").status == 64)
    #expect(try await bench.run("tune", "bowl.yaml", "--search", "gird").status == 64)
    #expect(try await bench.run("tune", "bowl.yaml", "--trials", "0").status == 64)
    #expect(try await bench.run("tune", "bowl.yaml", "--optimizers", "lion").status == 64)
    #expect(try await bench.run("tune", "none.yaml").status == 66)
    let series = try await bench.run("tune", "s.yaml")
    #expect(series.status == 65 && series.errors.contains("nothing to tune"))
  }
}
