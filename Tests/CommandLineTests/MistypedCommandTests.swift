import TestSupport
import Testing

@Suite struct MistypedCommandTests {
  private var bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    bench.environment["BENCH_SCENARIOS"] = BenchProcess.scenarios
  }

  @Test(arguments: [
    (["runn", "saddle"], "unknown command 'runn' (did you mean 'run'?)\n"),
    (["plot", "saddle"], "unknown command 'plot' (did you mean 'report'?)\n"),
    (["saddle"], "unknown command 'saddle' (did you mean 'bench run saddle'?)\n"),
    (
      ["frobnicate"],
      "unknown command 'frobnicate' (there are: run, list, tune, report, compare, check, verify, basins, speed, doctor)\n"
    ),
  ])
  func `a mistyped command is named with the nearest one`(
    words: [String], message: String
  ) async throws {
    let result = try await bench.run(words)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors == message)
  }

  @Test func `an option that is a setting is answered with --set for the scenario's optimizers`()
    async throws
  {
    try folder.write(
      """
      title: Two
      problem: {surface: saddle}
      budget: {steps: 3}
      optimizers: [sgd, adam]
      """, to: "two.yaml")
    let rate = try await bench.run("run", "two.yaml", "--lr", "0.1")
    #expect(rate.status == 64)
    #expect(
      rate.errors
        == "unknown option '--lr'; to change a setting of a scenario, use --set learning_rate=0.1 for every optimizer, or for one: --set sgd.learning_rate=0.1 (or adam)\n"
    )
    let beta = try await bench.run("tune", "two.yaml", "--beta1=0.8")
    #expect(beta.errors.contains("--set adam.beta1=0.8") && !beta.errors.contains("sgd.beta1"))
    let steps = try await bench.run("run", "two.yaml", "--steps", "7")
    #expect(steps.status == 64 && steps.errors.contains("--set budget.steps=7"))
    let batch = try await bench.run("run", "two.yaml", "--batch-size", "32")
    #expect(batch.status == 64 && batch.errors.contains("--set batch_size=32"))
  }

  @Test func `an unknown option is named before a missing scenario`() async throws {
    let list = try await bench.run("run", "--list")
    #expect(list.status == 64 && list.errors.contains("Unknown option '--list'"))
    let nothing = try await bench.run("run")
    #expect(nothing.status == 64 && nothing.errors.hasPrefix("name a scenario, such as"))
  }

  @Test func `a folder that cannot be created is named with the reason`() async throws {
    let result = try await bench.run("run", "saddle", "--quick", "--out", "/proc/x/y")
    #expect(result.status == 74)
    #expect(result.errors.hasPrefix("--out /proc/x/y: cannot create the folder: "))
    try folder.write("text", to: "file")
    let file = try await bench.run("run", "saddle", "--quick", "--out", "file")
    #expect(
      file.status == 74
        && file.errors == "--out file: is a file; give a folder (it will be created)\n")
  }

  @Test
  func `an optimizer that no selected scenario has is reported apart from one that does not exist`()
    async throws
  {
    let known = try await bench.run("run", "saddle", "--optimizers", "lion")
    #expect(known.status == 64)
    #expect(
      known.errors.hasPrefix(
        "--optimizers: 'lion' is a known optimizer, but no selected scenario contains it"))
    let unknown = try await bench.run("run", "saddle", "--optimizers", "adamm")
    #expect(
      unknown.errors
        == "--optimizers: no selected scenario contains the optimizer 'adamm' (did you mean 'adam'?)\n"
    )
  }

  @Test func `one trial and one chart are counted in the singular`() async throws {
    try folder.write(
      """
      title: One
      problem: {surface: saddle}
      budget: {steps: 3}
      optimizers: [sgd]
      charts: [loss]
      """, to: "one.yaml")
    let first = try await bench.run("run", "one.yaml")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("1 trial to run\n") && first.errors.contains("1 chart: "))
    let again = try await bench.run("run", "one.yaml", "--no-charts")
    #expect(again.errors.contains("1 of 1 trial is in the store already"))
  }
}
