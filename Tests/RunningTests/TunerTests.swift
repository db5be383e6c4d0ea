import Foundation
import Optimizers
import Parameters
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

private final class Silence: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

@Suite struct TunerTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(creatingAt: folder.file("store.sqlite"))
  }

  /// f = ½(x² + y²): a step of gradient descent with rate 1 ends at the minimum.
  private static let bowl = """
    title: Bowl
    problem: {surface: ellipse, condition_number: 1, start: [3, 2]}
    budget: {steps: 1}
    optimizers: [sgd]

    """
  private static let network = """
    title: Network
    problem: {network: {dataset: digits, layers: [dense 10], batch_size: 500}}
    budget: {epochs: 2}
    seeds: 2
    optimizers: [sgd, adam]

    """

  private func read(_ text: String) throws -> Scenario {
    let path = try folder.write(text, to: "\(UUID().uuidString).yaml")
    return try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0]
  }

  private func tuner(_ scenario: Scenario, trials: Int? = nil) throws -> Tuner {
    var settings = scenario.tuning
    if let trials { settings.trials = trials }
    return try Tuner(
      scenario, settings: settings, masterSeed: 1,
      datasets: Tuner.datasets(for: [scenario], directory: nil))
  }

  private func run(
    _ tuner: Tuner, cancellation: CancellationFlag = CancellationFlag()
  ) throws -> [TuningRecord]? {
    try tuner.run(
      store: store, jobs: 2, fresh: false, cancellation: cancellation,
      observer: { _ in Silence() })
  }

  private func issues(_ text: String) throws -> [String] {
    do throws(any Error) {
      _ = try read(text)
      return []
    } catch let error as ScenarioError {
      guard case .invalid(let issues) = error else { throw error }
      return issues.map { issue in "\(issue.line.map(String.init) ?? "-"): \(issue.message)" }
    }
  }

  @Test func `the best of a grid is chosen`() throws {
    let scenario = try read(
      Self.bowl + "tuning: {search: grid, trials: 5, space: {learning_rate: {linear: [0.5, 1.5]}}}")
    let record = try #require(try run(tuner(scenario))?.first)
    #expect(record.best == ["learning_rate": .number(1)])
    #expect(record.candidates.map(\.score)[2] == 0)
    #expect(
      record.candidates.map { $0.settings["learning_rate"] }
        == [0.5, 0.75, 1, 1.25, 1.5].map { .number($0) })
    // ½(9 + 4) before a step, and a quarter of it with half the rate.
    #expect(record.untrained == 6.5 && record.candidates[0].score == 1.625)
    #expect(try store.tunings() == [record])
  }

  @Test func `a scenario runs with what was found, and says so`() throws {
    let space = "tuning: {search: grid, trials: 3, space: {learning_rate: {linear: [0.5, 1.5]}}}"
    _ = try run(tuner(read(Self.bowl + space)))
    let asking = try read(
      Self.bowl.replacing("[sgd]", with: "[sgd, sgd: tuned, sgd: {label: mine, tuned: true}]"))
    #expect(asking.entrants.map(\.label) == ["sgd", "sgd (tuned)", "mine (tuned)"])
    #expect(asking.needsTuning)
    let datasets = try DatasetShelf(for: [asking], directory: nil)
    let tuned = try asking.tuned(by: store.tunings(), in: "store", datasets: datasets)
    #expect(tuned.entrants.map(\.optimizer.learningRate) == [0.01, 1, 1])
    let record = try Plan(scenarios: [tuned], masterSeed: 1, datasets: datasets).records[0]
    #expect(
      record.optimizers.map(\.tuning)
        == [nil] + Array(repeating: "grid search of 3 trials with 1 seed each, by loss", count: 2))
  }

  @Test(arguments: [
    ("steps: 1", "steps: 2"), ("condition_number: 1,", "condition_number: 2,"),
    ("[sgd]", "[{sgd: {weight_decay: 0.1}}]"), ("[sgd]", "[momentum]"),
    ("[sgd]", "[{sgd: {clip_norm: 1}}]"),
  ])
  func `what was searched elsewhere is not taken`(part: String, other: String) throws {
    _ = try run(tuner(read(Self.bowl.replacing(part, with: other)), trials: 2))
    let asking = try read(Self.bowl.replacing("[sgd]", with: "[sgd: tuned]"))
    let datasets = try DatasetShelf(for: [asking], directory: nil)
    do {
      _ = try asking.tuned(by: store.tunings(), in: "store.sqlite", datasets: datasets)
      Issue.record("taken")
    } catch TuningError.untuned(let lines) {
      #expect(lines.count == 1)
      #expect(
        lines[0].hasSuffix(
          "'sgd (tuned)' cannot run as tuned: store.sqlite holds no search of it on this problem and budget; 'bench tune \(asking.path) --optimizers \"sgd\"' searches"
        ))
    }
  }

  @Test func `a search whose trials all diverged chose nothing`() throws {
    let text = Self.bowl.replacing("steps: 1", with: "steps: 2000")
    let scenario = try read(text + "tuning: {trials: 2, space: {learning_rate: {log: [10, 100]}}}")
    let record = try #require(try run(tuner(scenario))?.first)
    #expect(record.chosen == nil)
    #expect(record.candidates.map(\.score) == [.infinity, .infinity])
    #expect(try store.tunings() == [record])
    let asking = try read(text.replacing("[sgd]", with: "[sgd: tuned]"))
    let datasets = try DatasetShelf(for: [asking], directory: nil)
    #expect(throws: TuningError.self) {
      try asking.tuned(by: store.tunings(), in: "store", datasets: datasets)
    }
  }

  @Test func `networks are tuned on seeds of their own, never on the test set`() throws {
    let scenario = try read(Self.network)
    let tuner = try tuner(scenario, trials: 2)
    let records = try #require(try run(tuner))
    #expect(records.map(\.optimizer) == ["sgd", "adam"])
    #expect(records.allSatisfy { $0.metric == .validationAccuracy })
    #expect(records.allSatisfy { $0.candidates.allSatisfy { $0.runs.count == 3 } })
    let searched = Set(records.flatMap(\.candidates).flatMap(\.runs).map(\.key))
    #expect(searched.count == 12)
    var wide = scenario
    wide.seeds = 10_000
    wide.entrants = [scenario.entrants[0]]
    let own = try Plan(
      scenarios: [wide], masterSeed: 1, datasets: DatasetShelf(for: [wide], directory: nil))
    let seeds = Set(own.trials.map(\.seedIndex))
    #expect(own.trials.count == 10_000 && searched.isDisjoint(with: own.trials.map(\.key)))
    #expect(seeds.max() == 9_999)
    // The median over seeds decides.
    for candidate in records.flatMap(\.candidates) {
      #expect(candidate.score == candidate.runs.map(\.value).sorted()[1])
    }
    let report = try #require(
      try tuner.report(
        on: records, store: store, jobs: 2, cancellation: CancellationFlag(), observer: Silence()))
    #expect(report.count == 2)
    #expect(report.allSatisfy { $0.medians[.testAccuracy].map { $0 > 0.1 } ?? false })
  }

  @Test func `what is tuned runs stored trials`() throws {
    let scenario = try read(Self.network)
    let tuner = try tuner(scenario, trials: 1)
    let records = try #require(try run(tuner))
    _ = try tuner.report(
      on: records, store: store, jobs: 1, cancellation: CancellationFlag(), observer: Silence())
    let asking = try read(Self.network.replacing("[sgd, adam]", with: "[sgd: tuned, adam: tuned]"))
    let datasets = try DatasetShelf(for: [asking], directory: nil)
    let tuned = try asking.tuned(by: store.tunings(), in: "store", datasets: datasets)
    let plan = try Plan(scenarios: [tuned], masterSeed: 1, datasets: datasets)
    #expect(try store.heldKeys(among: plan.trials.map(\.key)).count == 4)
  }

  @Test
  func
    `a second search runs only what is missing, a cancelled one keeps nothing it did not finish`()
    throws
  {
    let scenario = try read(Self.bowl)
    let cancelled = CancellationFlag()
    cancelled.set()
    #expect(try run(tuner(scenario, trials: 4), cancellation: cancelled) == nil)
    #expect(try store.tunings().isEmpty)
    let first = try run(tuner(scenario, trials: 4))
    #expect(try run(tuner(scenario, trials: 4)) == first)
    let more = try #require(try run(tuner(scenario, trials: 6))?.first)
    // Halton points do not depend on how many follow.
    #expect(Array(more.candidates.prefix(4)) == first?.first?.candidates)
    #expect(try store.tunings() == [more])
  }

  @Test func `a label's own words stay, whatever they say of tuning`() throws {
    let scenario = try read(
      Self.bowl.replacing("[sgd]", with: "[sgd: {label: by hand (tuned) once, learning_rate: 0.1}]")
    )
    let tuner = try Tuner(
      scenario, settings: scenario.tuning, masterSeed: 1,
      datasets: Tuner.datasets(for: [scenario], directory: nil))
    #expect(tuner.subjects.map(\.label) == ["by hand (tuned) once"])
    #expect(scenario.entrants.map(\.isTuned) == [false])
  }

  @Test func `each variant is tuned for itself`() throws {
    let scenario = try read(
      Self.bowl + """
        variants: {condition_number: [1, 2]}
        tuning: {search: grid, trials: 3, space: {learning_rate: [0.5, 1, 1.5]}}
        """)
    let records = try #require(try run(tuner(scenario)))
    #expect(records.map(\.optimizer) == ["condition_number 1", "condition_number 2"])
    #expect(records[0].task != records[1].task)
    #expect(records[0].best == ["learning_rate": .number(1)])
  }

  @Test func `one optimizer that is asked for twice is searched once`() throws {
    let scenario = try read(
      Self.bowl.replacing("[sgd]", with: "[sgd, sgd: tuned, sgd: {label: decay, weight_decay: 1}]"))
    #expect(try tuner(scenario).subjects.map(\.label) == ["sgd", "decay"])
  }

  @Test func `a space may be changed for all, for one, and by null`() throws {
    let scenario = try read(
      Self.bowl.replacing("[sgd]", with: "[sgd, momentum, adam]") + """
        tuning:
          space:
            learning_rate: {log: [0.01, 0.1]}
            adam: {learning_rate: {log: [0.001, 0.01]}, bias_correction: [true, false]}
            momentum: {momentum: null, form: [heavy_ball, average]}
        """)
    let subjects = try tuner(scenario).subjects
    let rate = { (lower: Double, upper: Double) in
      SearchDimension(
        name: "learning_rate", values: .range(SearchRange(.log, lower...upper)))
    }
    #expect(subjects[0].space == [rate(0.01, 0.1)])
    #expect(
      subjects[1].space == [
        rate(0.01, 0.1),
        SearchDimension(
          name: "form", values: .choices([.choice("heavy_ball"), .choice("average")])),
      ])
    #expect(
      subjects[2].space == [
        rate(0.001, 0.01),
        SearchDimension(name: "bias_correction", values: .choices([.flag(true), .flag(false)])),
      ])
  }

  @Test func `nothing to search is an error`() throws {
    let scenario = try read(Self.bowl + "tuning: {space: {learning_rate: null}}")
    #expect(throws: TuningError.nothingToSearch(scenario: scenario.name, optimizer: "sgd")) {
      try tuner(scenario)
    }
  }

  @Test(arguments: [
    (
      "{search: gird}",
      "5: 'search' must be one of grid, uniform, log-uniform, halton, coarse-to-fine, successive-halving, not 'gird' (did you mean 'grid'?)"
    ),
    ("{trials: 0}", "5: 'trials' must be a whole number from 1 to 10000, not '0'"),
    ("{seed: 1}", "5: unknown key 'seed' in tuning (did you mean 'seeds'?)"),
    ("{space: [1]}", "5: 'space' must be ranges by name"),
    (
      "{space: {momentum: {linear: [0, 0.9]}}}",
      "5: 'momentum' is no hyperparameter of any optimizer here"
    ),
    ("{space: {sgd: {beta1: {linear: [0, 0.9]}}}}", "5: 'beta1' is no hyperparameter of sgd"),
    (
      "{space: {learning_rate: {linear: [0, 1]}}}",
      "5: 'learning_rate' must be a number above 0 throughout"
    ),
    (
      "{space: {learning_rate: {log: [1, 0.1]}}}",
      "5: 'log' of 'learning_rate' must be two numbers above 0"
    ),
    ("{space: {learning_rate: 3}}", "5: 'learning_rate' must be a range such as"),
    ("{space: {learning_rate: {log: [0.1, 1], count: 3}}}", "5: unknown key 'count'"),
    ("5", "5: tuning must be a mapping"),
  ])
  func `mistakes in tuning are reported with their line`(text: String, message: String) throws {
    let found = try issues(Self.bowl + "tuning: \(text)")
    #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
  }
}
