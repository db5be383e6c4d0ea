import Foundation
import Records
import Running
import Scenarios
import TestSupport
import Testing

private struct Silent: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

/// What a run that is restricted to some optimizers leaves of a stored scenario.
@Suite struct ScenarioMergingTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(creatingAt: folder.file("store.sqlite"))
  }

  private static let text = """
    title: Bowl
    problem: {surface: sphere, start: [3, 2]}
    budget: {steps: 5}
    optimizers: [sgd: {learning_rate: 0.1}, adam: {learning_rate: 0.1}]
    """

  private func run(_ text: String, only names: [String]? = nil) throws -> ScenarioRecord {
    let path = try folder.write(text, to: "bowl.yaml")
    let read = try ScenarioLibrary(folder: folder.path, charts: ChartNames([])).load([path])
    let scenarios = names.map { names in read.map { $0.restricted(to: names) } } ?? read
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let outcome = try Engine(
      plan: plan, store: store, jobs: 1, isRestricted: names != nil,
      cancellation: CancellationFlag(), observer: Silent()
    ).run(fresh: false)
    #expect(outcome.missing == 0)
    return try #require(try store.scenarios().first)
  }

  @Test func `a hyperparameter that the file writes is hand-picked, also at its default`() throws {
    let record = try run(
      Self.text.replacing(
        "[sgd: {learning_rate: 0.1}, adam: {learning_rate: 0.1}]",
        with: "[sgd, adam: {learning_rate: 0.001}, rmsprop: {label: plain}]"))
    #expect(record.optimizers[1].hyperparameters["learning_rate"] == .number(0.001))
    #expect(record.optimizers.map(\.settingsKind) == [.defaults, .handPicked, .defaults])
  }

  @Test func `a restricted run keeps the other optimizers, and takes the new title`() throws {
    _ = try run(Self.text)
    let merged = try run(Self.text.replacing("Bowl", with: "A bowl"), only: ["adam"])
    #expect(merged.title == "A bowl" && merged.optimizers.map(\.label) == ["sgd", "adam"])
  }

  @Test(arguments: [("[3, 2]", "[3, 1]"), ("steps: 5", "steps: 6"), ("sphere", "ellipse")])
  func `results of another problem or budget are not kept beside the new ones`(
    old: String, new: String
  ) throws {
    _ = try run(Self.text)
    let record = try run(Self.text.replacing(old, with: new), only: ["adam"])
    #expect(record.optimizers.map(\.label) == ["adam"])
  }

  @Test func `a scenario that was only described is known by its trials`() throws {
    var former = try run(Self.text)
    let problem = former.problem
    former.problem = .legacy("Sphere, f(x) = Σ xᵢ²")
    former.budget = .legacy("5 steps")
    try store.save(former)
    let merged = try run(Self.text, only: ["adam"])
    #expect(merged.optimizers.map(\.label) == ["sgd", "adam"])
    #expect(merged.problem == problem && merged.budget == .steps(5))
    try store.save(former)
    let other = try run(Self.text.replacing("[3, 2]", with: "[3, 1]"), only: ["adam"])
    #expect(other.optimizers.map(\.label) == ["adam"])
  }
}
