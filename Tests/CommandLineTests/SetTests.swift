import Foundation
import TestSupport
import Testing

@Suite struct SetTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try folder.write(Self.valley, to: "scenarios/valley.yaml")
    try folder.write(Self.digits, to: "scenarios/digits.yaml")
  }

  private static let valley = """
    title: Valley
    problem:
      surface: rosenbrock
      start: [-1.2, 1.0]
    budget: {steps: 20}
    optimizers:
      - sgd: {learning_rate: 0.001}
      - adam: {learning_rate: 0.05}
    """

  private static let digits = """
    title: Digits
    problem: {network: {dataset: digits, layers: [dense 10], batch_size: 128}}
    budget: {epochs: 1}
    optimizers: [sgd]
    """

  private func run(_ words: String...) async throws -> BenchResult {
    try await bench.run(["run"] + words + ["--no-charts"])
  }

  /// The lines of runs.csv with the given start.
  private func runs(of start: String) throws -> [String] {
    try String(contentsOfFile: folder.file("results/csv/runs.csv"), encoding: .utf8)
      .split(separator: "\n").map(String.init).filter { $0.hasPrefix(start) }
  }

  private var page: String {
    get throws {
      try String(contentsOfFile: folder.file("results/report.html"), encoding: .utf8)
    }
  }

  @Test func `a run uses the changed settings, and report and command have them`() async throws {
    let result = try await run(
      "valley", "--set", "adam.learning_rate=0.1", "--set", "budget.steps=7", "--set",
      "problem.start=[1,2]")
    #expect(result.status == 0, "\(result.errors)")
    let adam = try #require(try runs(of: "valley,adam,").first)
    #expect(adam.contains("learning_rate=0.1") && adam.contains(",finished,,7,"), "\(adam)")
    #expect(try #require(try runs(of: "valley,sgd,").first).contains("learning_rate=0.001"))
    #expect(
      try page.contains(
        "<pre>bench run valley --set adam.learning_rate=0.1 --set budget.steps=7 --set &#39;problem.start=[1,2]&#39;</pre>"
      ))
    #expect(
      try page.contains(
        "Changed on the command line: <code>adam.learning_rate=0.1</code>, <code>budget.steps=7</code>"
      ))
    #expect(result.errors.contains("note: results now shows the changed valley"))
  }

  @Test func `a key without an optimizer changes all of them, null removes a key`() async throws {
    let all = try await run("valley", "--set", "learning_rate=0.002")
    #expect(all.status == 0, "\(all.errors)")
    #expect(try runs(of: "valley,").allSatisfy { $0.contains("learning_rate=0.002") })
    let without = try await run("valley", "--set", "optimizers.adam.learning_rate=null")
    #expect(without.status == 0, "\(without.errors)")
    #expect(try #require(try runs(of: "valley,adam,").first).contains("learning_rate=0.001"))
  }

  @Test func `without --set the unchanged results are shown again, from the store`() async throws {
    _ = try await run("valley")
    let before = try runs(of: "valley,")
    _ = try await run("valley", "--set", "adam.learning_rate=0.1")
    #expect(try runs(of: "valley,") != before)
    let again = try await run("valley")
    #expect(again.errors.contains("2 of 2 trials are in the store already"))
    #expect(try runs(of: "valley,") == before && !page.contains("Changed on the command line"))
  }

  @Test func `one optimizer of a changed scenario does not join the unchanged others`() async throws
  {
    _ = try await run("valley")
    let result = try await run(
      "valley", "--optimizers", "adam", "--set", "adam.learning_rate=0.1")
    #expect(result.status == 0)
    #expect(try runs(of: "valley,").count == 1)
  }

  @Test func `a change that fits some scenarios is reported for the others`() async throws {
    let result = try await run("--all", "--set", "batch_size=64")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("note: --set batch_size=64 does not change valley\n"))
    #expect(try page.contains("<pre>bench run valley</pre>"))
    #expect(try page.contains("<pre>bench run digits --set batch_size=64</pre>"))
  }

  @Test(arguments: [
    ("adam.learning_rte=0.1", 64, "no key 'learning_rte' (did you mean 'learning_rate'?)"),
    ("lion.beta1=0.1", 64, "there is no optimizer 'lion' in the scenario"),
    ("budget.epoch=3", 64, "no key 'epoch'"),
    ("batch_size=3", 64, "no key 'batch_size'"),
    ("adam.learning_rate=-1", 65, "'learning_rate' of adam must be a number above 0"),
    ("adam.learning_rate=[1", 65, "invalid YAML"),
    ("problem.start=[1,2,3]", 65, "'start' must have 2 coordinates, not 3"),
    ("adam.learning_rate", 64, "give a key and a value"), ("=3", 64, "give a key and a value"),
    ("adam=null", 64, "name a hyperparameter too"),
  ])
  func `a wrong change is named with the option`(
    change: String, status: Int, reason: String
  ) async throws {
    let result = try await run("valley", "--set", change)
    #expect(result.status == status, "\(result.errors)")
    #expect(
      result.errors.contains("--set \(change): ") && result.errors.contains(reason),
      "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("results")))
  }

  @Test func `a search uses the changed settings`() async throws {
    let result = try await bench.run(
      "tune", "valley", "--trials", "2", "--optimizers", "adam", "--set", "budget.steps=9")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("2 trials of 9 steps"))
  }

  @Test func `a check takes no changes`() async throws {
    let result = try await bench.run("check", "--set", "budget.steps=9")
    #expect(result.status == 64 && result.errors.contains("Unknown option '--set'"))
  }
}
