import Analysis
import ArgumentParser
import Foundation
import Gate
import Records
import Reporting
import Running
import Scenarios
import Speed
import Text

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reruns the baseline scenarios and fails if results changed.",
    discussion: """
        bench check                        against results/baselines; exit status 1 on a failure
        bench check saddle rosenbrock      these scenarios only
        bench check --markdown summary.md --junit check.xml
        bench check --update               accepts the new results; then review 'git diff'

      Surfaces are deterministic: every count must be equal, and every value must agree to 1e-9. Networks round differently on \
      every processor, so \(NoisyTier.seeds) new seeds are compared with \(NoisyTier.seeds) by a two-sided test. False alarms \
      occur in at most 1 % of checks, whatever the number of networks, and differences below half a percentage point of \
      accuracy or 2 % of the training loss are not reported.

      Verdicts: changed (a surface's numbers differ, or some quantities of a network are better and others worse); \
      regression and improvement (a network's results are worse or better); unchanged; missing (a baseline without results); \
      new (results without a baseline). Changed, regression and missing fail. Budgets are those of 'bench run --quick'.
      """)

  @Argument(
    help: "Scenarios (default: all that have a baseline, and all that are not 'long: true').")
  var scenario: [String] = []

  @Option(name: .long, help: ArgumentHelp("Folder of the baselines.", valueName: "folder"))
  var baseline = "results/baselines"

  @Flag(
    name: .long, help: "Rewrite the baselines and show what changes; refused if a trial fails."
  )
  var update = false

  @Flag(
    name: .long,
    help:
      "Also compare step times, as multiples of the memory-bandwidth limit."
  )
  var speed = false

  @Option(name: .long, help: ArgumentHelp("Write the findings as Markdown.", valueName: "file"))
  var markdown: String?

  @Option(name: .long, help: ArgumentHelp("Write the findings as JUnit XML.", valueName: "file"))
  var junit: String?

  @OptionGroup var engine: EngineOptions

  @Flag(name: .long, help: "Print nothing but the findings.")
  var quiet = false

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions

  func run() async throws {
    try await Failure.reported {
      let folder = BaselineFolder(baseline)
      let held = update && folder.names.isEmpty ? [] : try folder.loadAll()
      let scenarios = try selected()
      // An argument may be the path of a file.
      let names = Set(scenarios.map(\.name))
      let known = held.filter { scenario.isEmpty || names.contains($0.name) }
      let described = known.count(where: \.isOnlyDescribed)
      if described > 0, !update {
        StandardError.write(
          "note: baselines of \(counted(described, "scenario")) were written by an older version without the problem's settings, so a changed problem may go unnoticed; 'bench check --update' rewrites them"
        )
      }
      let current = try results(of: scenarios)
      var findings = Gate().findings(baseline: known, current: current)
      var ratios: [SpeedRatio] = []
      if speed {
        let compared = try speedFindings()
        findings += compared.findings
        ratios = compared.ratios
      }
      let report = GateReport(findings)
      try show(report)
      guard update else {
        if report.hasFailed { throw ExitStatus.failed.code }
        return
      }
      try folder.save(current)
      if speed { try folder.saveSpeed(SpeedTier.text(of: ratios)) }
      if scenario.isEmpty { try folder.remove(known.map(\.name), keeping: current.map(\.name)) }
      StandardError.write("baselines: \(baseline)")
    }
  }

  /// Surfaces and networks, with the budgets of `--quick`.
  private func selected() throws -> [Scenario] {
    let library = input.library
    let all =
      scenario.isEmpty ? try library.all().filter { !$0.isLong } : try library.load(scenario)
    return all.filter { $0.kind != .smoothing }.map { $0.gated(networkSeeds: NoisyTier.seeds) }
  }

  /// Runs everything in a temporary store, so that no stored result is taken for a current one.
  private func results(of scenarios: [Scenario]) throws -> [BaselineScenario] {
    let plan = try Plan(
      scenarios: scenarios, masterSeed: engine.seed, datasetDirectory: data.datasetDirectory,
      jobs: engine.parallelism)
    let cancellation = Interruption.shared.held()
    defer { Interruption.shared.release() }
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let store = try Store(creatingAt: "\(folder.path)/store.sqlite")
    let outcome = try Engine(
      plan: plan, store: store, jobs: engine.parallelism,
      cancellation: cancellation,
      observer: ProgressDisplay(style: quiet ? .none : StandardError.isTerminal ? .bar : .lines)
    ).run(fresh: true)
    guard outcome.missing == 0 else {
      throw Failure(status: .interrupted, message: "interrupted; nothing was compared or written")
    }
    guard outcome.failures.isEmpty else {
      throw Failure(
        status: .badInput, message: outcome.failures.map { "failed: \($0)" }.joined(separator: "\n")
      )
    }
    return try plan.records.compactMap {
      BaselineScenario(ScenarioAnalysis(try store.result(of: $0, trajectories: .none)))
    }
  }

  private func show(_ report: GateReport) throws {
    var table = TextTable(columns: ["verdict", "scenario", "optimizer", "tier", "detail"])
    for finding in report.findings {
      table.add([
        finding.verdict.rawValue, finding.scenario, finding.optimizer, finding.tier, finding.detail,
      ])
    }
    StandardOutput.write(table.text)
    StandardError.write(report.summary)
    if let markdown { try write(report.markdown, to: markdown) }
    if let junit { try write(report.junit, to: junit) }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      // Written in place, not replaced: a pipeline's summary may be a link, a pipe or standard output.
      let file = try OutputFile(path: path, shownAs: path, exclusively: false, emptied: true)
      try file.append(text)
      try file.finish()
    } catch {
      throw BaselineError.cannotWrite(path: path, reason: "\(error)")
    }
  }

  // MARK: Speed

  private func speedFindings() throws -> (findings: [GateFinding], ratios: [SpeedRatio]) {
    let path = BaselineFolder(baseline).speedFile
    let held = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard held != nil || update else { throw BaselineError.missing(path: path) }
    let old =
      try held.map { text throws(BaselineError) in
        try SpeedTier.parse(text, path: path)
      } ?? []
    let cases = SpeedCase.all(quick: true).filter { $0.isNamed("step") }
    var now = cases.enumerated().compactMap { index, one in
      if !quiet, StandardError.isTerminal {
        StandardError.redraw("\(index + 1)/\(cases.count)  \(one.name)")
      }
      return Self.ratio(of: one)
    }
    if !quiet, StandardError.isTerminal { StandardError.redraw("") }
    now = SpeedTier.settled(now, baseline: old) { name in
      cases.first { $0.name == name }.flatMap(Self.ratio)?.ratio
    }
    return (SpeedTier.findings(baseline: old, current: now), now)
  }

  private static func ratio(of one: SpeedCase) -> SpeedRatio? {
    one.ratioToRoof(rounds: 15).map { SpeedRatio(name: one.name, ratio: $0) }
  }
}
