import ArgumentParser
import Foundation
import Records
import Reporting
import Running
import Scenarios
import Text

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs scenarios, stores every result and writes the report.",
    discussion: """
        bench run saddle                 then open results/report.html
        bench run saddle rosenbrock      two scenarios, in one report
        bench run --all --quick          all scenarios with small budgets
        bench run my/scenario.yaml       a file of your own
        bench run saddle --set adam.learning_rate=0.1
        bench run saddle --set budget.steps=100 --set problem.start=[1,2]
        bench run fashion-mnist-mlp --optimizers adam,momentum --seeds 5

      Stored results are reused: an interrupted run resumes, and an edited scenario runs only what the edit changes. For \
      each seed, all optimizers of a scenario start from the same parameters and see the same batches. Results do not \
      depend on --jobs.

      A scenario changed with --set (or --quick) keeps its name, so tables and report show the changed results until it is \
      run without --set. The report lists the changes. To keep both, use another --out, or 'variants:' in the scenario.
      """)

  @Argument(help: "Names of scenarios (see 'bench list scenarios') or paths of scenario files.")
  var scenario: [String] = []

  @Flag(name: .long, help: "Run every scenario that is not marked 'long: true'.")
  var all = false

  @Flag(
    name: .long,
    help:
      "Small budgets, for a first look or CI: one seed, at most \(Scenario.quickBudget.steps) steps or \(Scenario.quickBudget.epochs) epoch."
  )
  var quick = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seeds per optimizer on networks and noisy surfaces (default: the scenario's).",
      valueName: "n"))
  var seeds: Int?

  @OptionGroup var engine: EngineOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these optimizers, by name or label, separated by commas.", valueName: "names"))
  var optimizers: String?

  @OptionGroup var changes: ChangeOptions

  @Flag(name: .long, help: "Ignore stored results and run everything again.")
  var fresh = false

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if let seeds, !(1...10_000).contains(seeds) {
      throw ValidationError("--seeds must be from 1 to 10000.")
    }
  }

  func run() async throws {
    try await Failure.reported {
      // Not in validate(), which comes before the parser reports an unknown option and the word after it.
      guard !all || scenario.isEmpty else {
        throw Failure(
          status: .usage,
          message: "--all runs every scenario; leave out either the names or --all")
      }
      guard all || !scenario.isEmpty else {
        throw Failure(
          status: .usage,
          message:
            "name a scenario, such as 'bench run saddle', or use --all; 'bench list scenarios' lists them"
        )
      }
      try output.checkFolder()
      let scenarios = try selectedScenarios()
      let plan = try Plan(
        scenarios: scenarios, masterSeed: engine.seed, datasetDirectory: data.datasetDirectory,
        jobs: engine.parallelism)
      for foreign in plan.datasets.foreign where !reporting.quiet {
        StandardError.write(
          "note: the data found for '\(foreign.name)' differ from the published data set (\(ProblemWords.text(of: foreign))); tables and charts say so"
        )
      }
      for warning in plan.datasets.warnings where !reporting.quiet {
        StandardError.write("warning: \(warning)")
      }
      let cancellation = Interruption.shared.held()
      try output.createFolder()
      let store = try Store(creatingAt: output.storePath)
      let display = ProgressDisplay(style: progressStyle)
      let outcome = try Engine(
        plan: plan, store: store,
        jobs: engine.parallelism, isRestricted: optimizers != nil,
        cancellation: cancellation,
        environment: .current(packageVersion: Version.current), observer: display
      ).run(fresh: fresh)
      let writer = ReportWriter(
        store: store, output: output, reporting: reporting, jobs: engine.parallelism,
        cancellation: cancellation)
      guard outcome.missing == 0 else {
        Interruption.shared.heard()
        try writer.writeTables()
        throw interrupted(missing: outcome.missing)
      }
      let isComplete = try writer.write(chartsOf: plan.records.map(\.name), asked: plan.records)
      if !isComplete { throw interrupted(missing: 0) }
      noteChanges(in: scenarios)
      guard outcome.failures.isEmpty else {
        throw Failure(
          status: .badInput,
          message: outcome.failures.map { "failed: \($0)" }.joined(separator: "\n"))
      }
    }
  }

  private var progressStyle: ProgressDisplay.Style {
    reporting.quiet ? .none : StandardError.isTerminal ? .bar : .lines
  }

  private func interrupted(missing: Int) -> Failure {
    let left = missing > 0 ? "\(counted(missing, "trial")) left" : "charts are missing"
    let command = fresh ? "the same command without --fresh" : "the same command"
    return Failure(
      status: .interrupted,
      message:
        "interrupted; finished results are in \(output.out), \(left); run \(command) to resume")
  }

  /// The names of changed scenarios stand for other results from now on.
  private func noteChanges(in scenarios: [Scenario]) {
    let changed = scenarios.filter { !$0.madeChanges.isEmpty }.map(\.name)
    guard !changed.isEmpty, !reporting.quiet else { return }
    StandardError.write(
      "note: \(output.out) now shows the changed \(changed.joined(separator: ", ")); run without --set to show the unchanged results again"
    )
  }
}
