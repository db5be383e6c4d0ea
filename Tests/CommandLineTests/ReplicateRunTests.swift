import Foundation
import TestSupport
import Testing

/// Random starts from the command line to tables and page.
@Suite struct ReplicateRunTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try folder.write(Self.hills, to: "scenarios/hills.yaml")
    try folder.write(Self.single, to: "scenarios/single.yaml")
  }

  private static let hills = """
    title: Hills
    problem: {surface: himmelblau}
    starts: {count: 12, region: domain}
    budget: {steps: 60}
    target: {loss: 1.0e-2}
    optimizers:
      - sgd: {learning_rate: 0.01}
      - adam: {learning_rate: 0.2}
    tuning: {trials: 4, seeds: 5}
    """

  private static let single = """
    title: Single
    problem: {surface: himmelblau}
    budget: {steps: 10}
    optimizers: [sgd: {learning_rate: 0.01}, adam]
    """

  private func run(_ words: String...) async throws -> BenchResult {
    try await bench.run(["run"] + words + ["--no-charts"])
  }

  private func table(_ name: String) throws -> [[String: String]] {
    try rows(of: folder.file("results/csv/\(name)"))
  }

  @Test func `tables have a row per start, success rates and an interval`() async throws {
    let result = try await run("hills")
    #expect(result.status == 0, "\(result.errors)")
    let runs = try table("runs.csv")
    #expect(runs.count == 24)
    let starts = runs.map { ($0["optimizer"] ?? "", $0["start"] ?? "") }
    let (descent, adam) = (starts.filter { $0.0 == "sgd" }, starts.filter { $0.0 == "adam" })
    #expect(Set(descent.map(\.1)).count == 12 && descent.map(\.1) == adam.map(\.1))
    for row in try table("summary.csv") {
      #expect(row["n"] == "12")
      let rate = try #require(Double(row["success_rate"] ?? ""))
      let (low, middle, high) = (
        Double(row["expected_steps_low"] ?? ""), Double(row["expected_steps_to_target"] ?? ""),
        Double(row["expected_steps_high"] ?? "")
      )
      #expect(rate > 0 && rate <= 1)
      #expect(try #require(low) <= #require(middle) && #require(middle) <= #require(high))
    }
    let page = try String(contentsOfFile: folder.file("results/report.html"), encoding: .utf8)
    #expect(page.contains("random starts in the domain") && page.contains("; 12 starts"))
    #expect(page.contains("expected steps to target (95 % interval)"))
  }

  @Test func `--seeds sets the number of starts, and says where it has no effect`() async throws {
    let more = try await run("hills", "--seeds", "15")
    #expect(more.status == 0 && !more.errors.contains("does not change"))
    #expect(try table("runs.csv").count == 30)
    let none = try await run("hills", "single", "--seeds", "3")
    #expect(none.status == 0)
    #expect(
      none.errors.contains(
        "note: --seeds 3 does not change single: a surface without noise has the same result for every seed"
      ))
    let search = try await bench.run("tune", "single", "--seeds", "4", "--trials", "1")
    #expect(search.errors.contains("note: --seeds 4 does not change single: "))
  }

  @Test func `a search takes the median over starts that no run uses`() async throws {
    _ = try await run("hills")
    let result = try await bench.run("tune", "hills", "--optimizers", "sgd")
    #expect(result.status == 0, "\(result.errors)")
    let rows = try table("tuning.csv")
    #expect(rows.count == 20 && Set(rows.map { $0["seed"] }).count == 5)
    var spreads: [Double] = []
    for trial in Set(rows.map { $0["trial"] }) {
      let own = rows.filter { $0["trial"] == trial }
      let values = own.compactMap { Double($0["value"] ?? "") }.sorted()
      #expect(values.count == 5)
      spreads.append(values[4] - values[0])
      #expect(own.allSatisfy { Double($0["median"] ?? "") == values[2] })
    }
    // Starts differ, except where no run of a trial reached the target.
    #expect(spreads.contains { $0 > 0 })
    let used = Set(try table("runs.csv").map { $0["key"] })
    #expect(Set(rows.map { $0["key"] }).isDisjoint(with: used))
  }

  @Test func `a change of an optimizer that is left out has no effect`() async throws {
    let words = ["single", "--optimizers", "sgd", "--set", "adam.learning_rate=0.1"]
    let only = try await bench.run(["run"] + words + ["--no-charts"])
    #expect(only.status == 64)
    #expect(
      only.errors.contains("--set adam.learning_rate=0.1: --optimizers leaves out adam"))
    let both = try await run(
      "single", "hills", "--optimizers", "sgd", "--set", "adam.learning_rate=0.1", "--set",
      "learning_rate=0.02")
    #expect(both.status == 64)
    let kept = try await run(
      "single", "--optimizers", "sgd", "--set", "learning_rate=0.02")
    #expect(kept.status == 0, "\(kept.errors)")
    let page = try String(contentsOfFile: folder.file("results/report.html"), encoding: .utf8)
    #expect(page.contains("Changed on the command line: <code>learning_rate=0.02</code>"))
  }

  @Test func `a change that fits the remaining optimizers of one scenario is noted for the other`()
    async throws
  {
    try folder.write(
      Self.single.replacing("[sgd: {learning_rate: 0.01}, adam]", with: "[sgd, lion]"),
      to: "scenarios/other.yaml")
    let result = try await run(
      "single", "other", "--optimizers", "sgd,adam", "--set", "sgd.learning_rate=0.02", "--set",
      "adam.beta1=0.8")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("note: --set adam.beta1=0.8 does not change other"))
    #expect(!result.errors.contains("--set sgd.learning_rate=0.02 does not change"))
  }

  @Test(arguments: ["mine", "mine.yaml"]) func `a file here is found by its plain name`(
    name: String
  ) async throws {
    try folder.write(Self.single, to: "mine.yaml")
    let result = try await run(name)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try table("runs.csv").first?["scenario"] == "mine")
  }

  @Test func `a file without an ending is found too, a scenario of the folder comes first`()
    async throws
  {
    try folder.write(Self.single, to: "plain")
    #expect(try await run("plain").status == 0)
    try folder.write("not: [a scenario", to: "single")
    #expect(try await run("single").status == 0)
  }
}
