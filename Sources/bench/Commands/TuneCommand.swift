import Analysis
import ArgumentParser
import Foundation
import Records
import Reporting
import Running
import Scenarios

struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Searches hyperparameters, with the same number of trials for every optimizer.",
    discussion: """
      Each optimizer of the scenario gets the same budget, counted in full trials. What is searched is declared by its \
      rule (see 'bench list optimizers') and may be changed by 'tuning: {space: …}' in the scenario. A choice is made by \
      the median over seeds of its own, by the final loss on a surface and the loss of a network on its validation set, for \
      which a tenth of the training samples is held out where the scenario has none: the test set has no say. What was chosen is then run with the scenario's own seeds, and told beside it.

        bench tune rosenbrock
        bench tune digits-mlp --search log-uniform --trials 30 --optimizers sgd,adam

      Searches: grid (all combinations of evenly spaced values), uniform (even in the values), log-uniform (even in the \
      logarithms of rates), halton (even without clusters and gaps), coarse-to-fine (three rounds, each closer around the \
      best), successive-halving (many for a ninth of the budget, the best third for more).

      Trials are stored, so that a second run does only what is missing. A scenario then runs with what was found where \
      it says 'adam: tuned'.
      """)

  @Argument(help: "Names of scenarios (see 'bench list scenarios') or paths of scenario files.")
  var scenario: [String]

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to search: \(SearchMethod.names.joined(separator: ", ")) (default: the scenario's, or halton).",
      valueName: "name"))
  var search: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Full trials per optimizer (default: the scenario's, or 20).", valueName: "n"))
  var trials: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Only these, by label or rule, separated by commas.", valueName: "names"))
  var optimizers: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seeds that a choice is made on (default: the scenario's, or 3 where seeds make a difference).",
      valueName: "n"))
  var seeds: Int?

  @OptionGroup var engine: EngineOptions

  @Flag(name: .long, help: "Small budgets for a first look; what is found holds for these alone.")
  var quick = false

  @Flag(name: .long, help: "Runs again what the store holds already.")
  var fresh = false

  @Flag(name: .long, help: "Prints nothing but errors.")
  var quiet = false

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let search, SearchMethod(rawValue: search) == nil {
      throw ValidationError(
        "--search must be one of \(SearchMethod.names.joined(separator: ", ")), not '\(search)'.")
    }
    if let trials, !(1...TuningSettings.trialLimit).contains(trials) {
      throw ValidationError("--trials must be from 1 to \(TuningSettings.trialLimit).")
    }
    if let seeds, !(1...1000).contains(seeds) {
      throw ValidationError("--seeds must be from 1 to 1000.")
    }
  }

  func run() async throws {
    try await Failure.reported {
      let interruption = Interruption()
      try output.checkFolder()
      let scenarios = try selectedScenarios()
      let datasets = try Tuner.datasets(for: scenarios, directory: data.datasetDirectory)
      let tuners = try scenarios.map { scenario in
        try Tuner(
          scenario, settings: settings(of: scenario), masterSeed: engine.seed, datasets: datasets,
          jobs: engine.parallelism)
      }
      let store = try Store(creatingAt: output.storePath)
      for (scenario, tuner) in zip(scenarios, tuners) {
        try tune(scenario, with: tuner, store: store, interruption: interruption)
      }
    }
  }

  private func tune(
    _ scenario: Scenario, with tuner: Tuner, store: Store, interruption: Interruption
  ) throws {
    announce(tuner, of: scenario)
    let records = try tuner.run(
      store: store, jobs: engine.parallelism, fresh: fresh, cancellation: interruption.flag,
      observer: { _ in ProgressDisplay(style: progressStyle) })
    guard let records else { throw interrupted }
    let outcome = try tuner.report(
      on: records, store: store, jobs: engine.parallelism, cancellation: interruption.flag,
      observer: ProgressDisplay(style: progressStyle))
    guard let outcome else { throw interrupted }
    try TuningReport(store.tunings()).writeCSV(to: "\(output.out)/csv")
    let summaries = records.map(TuningSummary.init)
    if !quiet {
      try StandardOutput.write(TuningTable(summaries, reports: outcome, of: scenario).text)
      StandardError.write(
        "tables: \(output.out)/csv/tuning.csv, best_after_trials.csv; 'bench report --out \(ShellText.quoted(output.out))' draws them"
      )
    }
    for summary in summaries {
      let name = "\(scenario.name), \(summary.record.optimizer)"
      if summary.best == nil {
        StandardError.write("warning: \(name): every trial diverged; nothing was chosen")
      }
      for edge in summary.edges where edge.isBound || !quiet {
        StandardError.write("\(edge.isBound ? "warning" : "note"): \(name): \(edge)")
      }
    }
  }

  private func announce(_ tuner: Tuner, of scenario: Scenario) {
    guard !quiet else { return }
    let settings = settings(of: scenario)
    StandardError.write(
      "\(scenario.name): \(settings.search.rawValue) search, for each optimizer \(settings.trials) trial\(settings.trials == 1 ? "" : "s") of \(BudgetWords.text(of: scenario.budgetRecord)) with \(tuner.seeds) seed\(tuner.seeds == 1 ? "" : "s"), by \(tuner.metric.rawValue)"
    )
    for (names, subjects) in Dictionary(
      grouping: tuner.subjects, by: { $0.space.map(\.name).joined(separator: ", ") }
    ).sorted(by: { $0.key < $1.key }) {
      StandardError.write(
        "searched: \(names), of \(subjects.map(\.label).joined(separator: ", "))")
    }
    StandardError.write(
      "what the scenario says of these is set aside; 'tuning: {space: {OPTIMIZER: {NAME: null}}}' leaves one alone"
    )
    for subject in tuner.subjects where settings.search == .grid {
      let counts = tuner.gridCounts(of: subject)
      let spent = counts.reduce(1, *)
      guard spent < settings.trials else { continue }
      let grid = counts.map(String.init).joined(separator: " × ")
      StandardError.write(
        "note: \(subject.label): its grid of \(grid) spends \(spent) of the \(settings.trials) trials; \(settings.trials - spent) more make no fuller one"
      )
    }
  }

  private func settings(of scenario: Scenario) -> TuningSettings {
    var settings = scenario.tuning
    if let search = search.flatMap(SearchMethod.init(rawValue:)) { settings.search = search }
    if let trials { settings.trials = trials }
    if let seeds { settings.seeds = seeds }
    return settings
  }

  private func selectedScenarios() throws -> [Scenario] {
    var scenarios = try input.library.load(scenario)
    for scenario in scenarios where scenario.entrants.isEmpty {
      throw Failure(
        status: .badInput,
        message: "\(scenario.path): has no optimizers, so there is nothing to tune")
    }
    if quick { scenarios = scenarios.map(\.quick) }
    if let optimizers { scenarios = try OptimizerChoice(optimizers).restrict(scenarios) }
    return scenarios
  }

  private var progressStyle: ProgressDisplay.Style {
    quiet ? .none : StandardError.isTerminal ? .bar : .lines
  }

  private var interrupted: Failure {
    let next = fresh ? "the same command without --fresh" : "the same command"
    return Failure(
      status: .interrupted,
      message: "interrupted; finished trials are in \(output.out), \(next) goes on from here")
  }
}
