import ArgumentParser
import Foundation
import Records
import Reporting
import Running
import Scenarios

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs scenarios, stores every trial and reports.",
    discussion: """
      Trials that the store holds already are not run again: an interrupted run goes on where it stopped, and an edited \
      scenario runs only what the edit changes. All optimizers of a scenario meet the same initial parameters and the \
      same batches; results do not depend on --jobs.

        bench run saddle rosenbrock
        bench run --all --out /tmp/results
        bench run fashion-mnist-mlp --optimizers adam,momentum --seeds 5
        bench run my/scenario.yaml
      """)

  @Argument(help: "Names of scenarios (see 'bench list scenarios') or paths of scenario files.")
  var scenario: [String] = []

  @Flag(name: .long, help: "Runs every scenario that is not marked 'long: true'.")
  var all = false

  @Flag(
    name: .long,
    help:
      "Small budgets for a first look or CI: one seed, at most \(Scenario.quickBudget.steps) steps or \(Scenario.quickBudget.epochs) epoch."
  )
  var quick = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seeds per optimizer on networks and noisy surfaces, in place of the scenario's.",
      valueName: "n"))
  var seeds: Int?

  @OptionGroup var engine: EngineOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Only these, by label or rule, separated by commas.", valueName: "names"))
  var optimizers: String?

  @Flag(name: .long, help: "Runs again what the store holds already.")
  var fresh = false

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if all, !scenario.isEmpty {
      throw ValidationError("--all runs every scenario; leave the names out, or --all.")
    }
    if !all, scenario.isEmpty {
      throw ValidationError(
        "Name a scenario, or use --all; 'bench list scenarios' shows what there is.")
    }
    if let seeds, !(1...10_000).contains(seeds) {
      throw ValidationError("--seeds must be from 1 to 10000.")
    }
  }

  func run() async throws {
    try await Failure.reported {
      let interruption = Interruption()
      try output.checkFolder()
      let scenarios = try selectedScenarios()
      let plan = try Plan(
        scenarios: scenarios, masterSeed: engine.seed, datasetDirectory: data.datasetDirectory,
        jobs: engine.parallelism)
      for foreign in plan.datasets.foreign where !reporting.quiet {
        StandardError.write(
          "note: the data found for '\(foreign.name)' are others than published (\(ProblemWords.text(of: foreign))); tables and charts say so"
        )
      }
      let store = try Store(creatingAt: output.storePath)
      let display = ProgressDisplay(style: progressStyle)
      let outcome = try Engine(
        plan: plan, store: store,
        jobs: engine.parallelism, isRestricted: optimizers != nil,
        cancellation: interruption.flag,
        environment: .current(packageVersion: Version.current), observer: display
      ).run(fresh: fresh)
      let writer = ReportWriter(
        store: store, output: output, reporting: reporting, jobs: engine.parallelism,
        cancellation: interruption.flag)
      guard outcome.missing == 0 else {
        try writer.writeCSV()
        throw interrupted(missing: outcome.missing)
      }
      if !reporting.quiet { try StandardOutput.write(writer.winners(of: plan.records)) }
      let isComplete = try writer.write(chartsOf: plan.records.map(\.name))
      if !isComplete { throw interrupted(missing: 0) }
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
    let left =
      missing > 0
      ? "\(missing) \(missing == 1 ? "trial is" : "trials are") missing"
      : "charts are missing"
    let next = fresh ? "the same command without --fresh" : "the same command"
    return Failure(
      status: .interrupted,
      message:
        "interrupted; what was finished is in \(output.out), \(left); \(next) goes on from here")
  }

  /// The scenarios asked for, adjusted to the flags.
  private func selectedScenarios() throws -> [Scenario] {
    let library = input.library
    var scenarios =
      all ? try library.all().filter { !$0.isLong } : try library.load(scenario)
    if scenarios.isEmpty {
      throw Failure(
        status: .noInput,
        message: "\(library.folder): no scenario to run here; name another folder with --scenarios")
    }
    // Of those who do not take part, no search is needed.
    if let optimizers { scenarios = try OptimizerChoice(optimizers).restrict(scenarios) }
    scenarios = try tuned(scenarios)
    if quick { scenarios = scenarios.map(\.quick) }
    if let seeds {
      scenarios = scenarios.map {
        var scenario = $0
        if scenario.isRandom { scenario.seeds = seeds }
        return scenario
      }
    }
    for index in scenarios.indices {
      scenarios[index].command = command(for: scenarios[index])
    }
    return scenarios
  }

  /// The scenarios with the hyperparameters that searches left in the store, where they ask for them.
  private func tuned(_ scenarios: [Scenario]) throws -> [Scenario] {
    let asking = scenarios.filter(\.needsTuning)
    guard !asking.isEmpty else { return scenarios }
    let datasets = try DatasetShelf(for: asking, directory: data.datasetDirectory)
    let isThere = FileManager.default.fileExists(atPath: output.storePath)
    let tunings = isThere ? try Store(existingAt: output.storePath).tunings() : []
    var missing: [String] = []
    let tuned = scenarios.map { scenario in
      do throws(TuningError) {
        // A search with '--quick' holds for runs with '--quick'; without one, those take what a whole search found.
        if quick, let own = try? scenario.quick.tuned(by: tunings, in: "", datasets: datasets) {
          return own
        }
        return try scenario.tuned(by: tunings, in: output.storePath, datasets: datasets)
      } catch {
        missing.append(error.description)
        return scenario
      }
    }
    guard missing.isEmpty else { throw TuningError.untuned(missing) }
    return tuned
  }

  /// The command that runs a scenario of this run again; what changes no result is left out.
  private func command(for scenario: Scenario) -> String {
    let isNamed = self.scenario.contains(scenario.name) || all
    var words = ["bench", "run", isNamed ? scenario.name : scenario.path]
    if quick { words.append("--quick") }
    if let seeds, scenario.isRandom { words += ["--seeds", "\(seeds)"] }
    if engine.seed != 1 { words += ["--seed", "\(engine.seed)"] }
    if let folder = input.scenarios, isNamed { words += ["--scenarios", folder] }
    if let folder = data.dataDir, scenario.kind == .network { words += ["--data-dir", folder] }
    // What a search found lies in the store that it was asked to fill.
    if scenario.entrants.contains(where: { $0.tuning != nil }), output.out != OutputOptions.usual {
      words += ["--out", output.out]
    }
    return words.map(ShellText.quoted).joined(separator: " ")
  }
}
