import Analysis
import ArgumentParser
import Foundation
import Records
import Reporting
import Running
import Scenarios
import Text

struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Searches hyperparameters, with the same budget for every optimizer.",
    discussion: """
        bench tune rosenbrock
        bench tune digits-mlp --search log-uniform --trials 30 --optimizers sgd,adam
        bench tune rosenbrock --set budget.steps=500

      Each optimizer of the scenario gets the same number of trials. Each optimizer has a default search space (see 'bench \
      list adam'); 'tuning: {space: …}' in the scenario overrides it. The choice is made by the median over separate \
      seeds: of the evaluations until the target on a surface that has one, or else of the final loss; of the metric that ranks \
      a network, such as the accuracy, but on the validation set. 'tuning: {metric: …}' or --metric names another one. If the scenario has no validation set, a tenth of the \
      training samples is held out. The test set is never used. The chosen settings are then run with the scenario's seeds \
      and reported next to it.

      Searches: grid (all combinations of evenly spaced values), uniform (random, uniform in the values), log-uniform \
      (random, uniform in the logarithms of rates), halton (low-discrepancy points), coarse-to-fine (three rounds, each \
      zooming in on the best so far), successive-halving (many for a ninth of the budget, the best third for more).

      Trials are stored, so a second run does only what is missing. 'adam: tuned' in a scenario then uses the tuned values.
      """)

  @Argument(help: "Names of scenarios (see 'bench list scenarios') or paths of scenario files.")
  var scenario: [String]

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to search: \(SearchMethod.names.joined(separator: ", ")) (default: the scenario's, or \(TuningSettings().search.rawValue)).",
      valueName: "name"))
  var search: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Full trials per optimizer (default: the scenario's, or \(TuningSettings().trials)).",
      valueName: "n"))
  var trials: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these optimizers, by name or label, separated by commas.", valueName: "names"))
  var optimizers: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seeds for each choice (default: the scenario's, or \(TuningSettings().seeds) where seeds make a difference).",
      valueName: "n"))
  var seeds: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Metric to choose by, at the end of each run: \(TuningSettings.metrics.map(\.rawValue).joined(separator: ", ")) (default: the scenario's, or that of its ranking on the validation set).",
      valueName: "name"))
  var metric: String?

  @OptionGroup var changes: ChangeOptions
  @OptionGroup var engine: EngineOptions

  @Flag(name: .long, help: "Small budgets for a first look; results apply to these budgets only.")
  var quick = false

  @Flag(name: .long, help: "Ignore stored results and run everything again.")
  var fresh = false

  @Flag(name: .long, help: "Print nothing but errors.")
  var quiet = false

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let search, SearchMethod(rawValue: search) == nil {
      throw ValidationError(
        "--search must be one of \(SearchMethod.names.joined(separator: ", ")), not '\(search)'.")
    }
    let metrics = TuningSettings.metrics.map(\.rawValue)
    if let metric, !metrics.contains(metric) {
      throw ValidationError(
        "--metric must be one of \(metrics.joined(separator: ", ")), not '\(metric)'.")
    }
    if let trials, !(1...TuningSettings.trialLimit).contains(trials) {
      throw ValidationError("--trials must be from 1 to \(TuningSettings.trialLimit).")
    }
    if let seeds, !(1...TuningSettings.seedLimit).contains(seeds) {
      throw ValidationError("--seeds must be from 1 to \(TuningSettings.seedLimit).")
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
      try output.createFolder()
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
        let reason = tuner.target == nil ? "every trial diverged" : "no trial reached the target"
        StandardError.write("warning: \(name): \(reason); nothing was chosen")
      }
      for edge in summary.edges where edge.isBound || !quiet {
        StandardError.write("\(edge.isBound ? "warning" : "note"): \(name): \(edge)")
      }
    }
  }

  private func announce(_ tuner: Tuner, of scenario: Scenario) {
    guard !quiet else { return }
    let settings = settings(of: scenario)
    if let seeds, seeds > tuner.seeds {
      StandardError.write(
        "note: --seeds \(seeds) does not change \(scenario.name): \(Scenario.sameForEverySeed)")
    }
    StandardError.write(
      "\(scenario.name): \(settings.search.rawValue) search, for each optimizer \(counted(settings.trials, "trial")) of \(BudgetWords.text(of: scenario.budgetRecord)) with \(counted(tuner.seeds, "seed")), by \(TuningRecord.criterion(tuner.metric, tuner.target))"
    )
    let ranking = scenario.rankingMetric
    if tuner.metric != ranking.onValidationSet {
      StandardError.write(
        "note: \(scenario.name) is ranked by \(ranking.rawValue); 'tuning: {metric: …}' and 'rank_by' should agree unless this is intended"
      )
    }
    for (names, subjects) in Dictionary(
      grouping: tuner.subjects, by: { $0.space.map(\.name).joined(separator: ", ") }
    ).sorted(by: { $0.key < $1.key }) {
      StandardError.write(
        "searched: \(names), of \(subjects.map(\.label).joined(separator: ", "))")
    }
    StandardError.write(
      "the scenario's values for these are ignored; use 'tuning: {space: {OPTIMIZER: {NAME: null}}}' to exclude one from the search"
    )
    for subject in tuner.subjects where settings.search == .grid {
      let counts = tuner.gridCounts(of: subject)
      let spent = counts.reduce(1, *)
      guard spent < settings.trials else { continue }
      let grid = counts.map(String.init).joined(separator: " × ")
      StandardError.write(
        "note: \(subject.label): its grid of \(grid) uses \(spent) of the \(settings.trials) trials; a finer grid needs more"
      )
    }
  }

  private func settings(of scenario: Scenario) -> TuningSettings {
    var settings = scenario.tuning
    if let search = search.flatMap(SearchMethod.init(rawValue:)) { settings.search = search }
    if let trials { settings.trials = trials }
    if let seeds { settings.seeds = seeds }
    if let metric = metric.flatMap(Metric.init(rawValue:)) { settings.metric = metric }
    return settings
  }

  private func selectedScenarios() throws -> [Scenario] {
    var scenarios = try input.library.load(scenario, changes: changes.changes)
    for scenario in scenarios where scenario.entrants.isEmpty {
      throw Failure(
        status: .badInput,
        message: "\(scenario.path): has no optimizers, so there is nothing to tune")
    }
    if quick { scenarios = scenarios.map(\.quick) }
    if let optimizers { scenarios = try OptimizerChoice(optimizers).restrict(scenarios) }
    try changes.report(on: scenarios) { if !quiet { StandardError.write($0) } }
    return scenarios
  }

  private var progressStyle: ProgressDisplay.Style {
    quiet ? .none : StandardError.isTerminal ? .bar : .lines
  }

  private var interrupted: Failure {
    let command = fresh ? "the same command without --fresh" : "the same command"
    return Failure(
      status: .interrupted,
      message: "interrupted; finished trials are in \(output.out); run \(command) to resume")
  }
}
