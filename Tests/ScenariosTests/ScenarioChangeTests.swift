import Optimizers
import Parameters
import Records
import Scenarios
import Testing

@Suite struct ScenarioChangeTests {
  private static let surface = """
    title: Valley
    problem:
      surface: rosenbrock
      start: [-1.2, 1.0]
    budget: {steps: 20}
    optimizers:
      - sgd: {learning_rate: 0.001}
      - adam: {label: fast, learning_rate: 0.05}
      - momentum
    """

  private static let network = """
    title: Digits
    problem: {network: {dataset: digits, layers: [dense 10], batch_size: 128}}
    budget: {epochs: 1}
    optimizers: [sgd]
    variants: {batch_size: [16, 32]}
    """

  private func read(
    _ text: String, _ changes: String...
  ) throws(ScenarioError) -> Scenario {
    try ScenarioReader.read(
      text, path: "valley.yaml", charts: ChartNames([]),
      changes: changes.compactMap(ScenarioChange.init))
  }

  private func issues(_ text: String, _ change: String) -> [String] {
    do throws(ScenarioError) {
      _ = try ScenarioReader.read(
        text, path: "valley.yaml", charts: ChartNames([]),
        changes: [change].compactMap(ScenarioChange.init))
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  @Test(arguments: [
    ("optimizers.adam.learning_rate=0.5", [0.001, 0.5, 0.01]),
    ("adam.learning_rate=0.5", [0.001, 0.5, 0.01]), ("fast.learning_rate=0.5", [0.001, 0.5, 0.01]),
    ("learning_rate=0.5", [0.5, 0.5, 0.5]), ("optimizers.learning_rate=0.5", [0.5, 0.5, 0.5]),
    ("momentum.learning_rate=0.5", [0.001, 0.05, 0.5]),
    ("adam={learning_rate: 0.5}", [0.001, 0.5, 0.01]),
    ("optimizers={sgd: {learning_rate: 0.5}}", [0.5, 0.05, 0.01]),
    ("fast.learning_rate=null", [0.001, 0.001, 0.01]),
  ])
  func `a change reaches the optimizers that its path names`(
    change: String, rates: [Double]
  ) throws {
    let scenario = try read(Self.surface, change)
    #expect(scenario.entrants.map(\.optimizer.learningRate) == rates)
    #expect(scenario.madeChanges == [change])
  }

  @Test(arguments: [
    ("momentum=0.5", ["momentum"]), ("beta1=0.5", ["adam"]), ("optimizers.beta1=0.5", ["adam"]),
    ("weight_decay=0.5", ["sgd", "adam", "momentum"]),
  ])
  func `a key of some optimizers changes those that have it`(
    change: String, rules: [String]
  ) throws {
    let before = try read(Self.surface).entrants
    let after = try read(Self.surface, change).entrants
    let changed = zip(before, after).filter {
      $0.optimizer.flatSettings != $1.optimizer.flatSettings
    }
    #expect(changed.map(\.0.rule) == rules)
  }

  @Test func `problem, budget, target and seeds can be changed`() throws {
    let scenario = try read(
      Self.surface, "problem.start=[1,2]", "steps=7", "target.loss=0.5", "gradient_noise=0.1",
      "seeds=3")
    #expect(scenario.budget == .steps(7) && scenario.seeds == 3)
    #expect(scenario.target == Target(metric: .loss, value: 0.5))
    guard case .surface(let problem) = scenario.problem else {
      Issue.record("no surface")
      return
    }
    #expect(problem.start == [1, 2] && problem.gradientNoise == 0.1)
    #expect(scenario.madeChanges.count == 5)
  }

  @Test func `without changes a scenario is read as always`() throws {
    let scenario = try read(Self.surface)
    #expect(scenario.changes.isEmpty && scenario.budget == .steps(20))
  }

  @Test(arguments: [
    ("lion.beta1=0.5", "there is no optimizer 'lion' in the scenario"),
    ("adam.beta3=0.5", "no key 'beta3'"),
    ("batch_size=3", "no key 'batch_size'"), ("problem.network.batch_size=3", "no key 'network'"),
    ("budget.epochs=3", "no key 'epochs'"), ("adam..beta1=3", "a key must be a name"),
    ("fast=0.1", "name a hyperparameter too"),
  ])
  func `a path without a place leaves the scenario as it is, with the reason`(
    change: String, reason: String
  ) throws {
    let scenario = try read(Self.surface, change, "steps=7")
    #expect(scenario.madeChanges == ["steps=7"] && scenario.budget == .steps(7))
    let rejection = try #require(scenario.changes[0].rejection)
    #expect(rejection.hasPrefix(reason), "\(rejection)")
  }

  @Test func `a change that every variant overrides is taken back`() throws {
    let scenario = try read(Self.network, "batch_size=64", "epochs=2")
    #expect(scenario.madeChanges == ["epochs=2"] && scenario.budget == .epochs(2))
    #expect(
      scenario.changes[0].rejection == "every variant sets 'problem.network.batch_size' itself")
    let problem = try #require(scenario.problem.network)
    #expect(problem.training.batchSize == .samples(128))
  }

  @Test func `a mistake in a value is reported with the change, one in the file with its line`() {
    #expect(
      issues(Self.surface, "adam.learning_rate=-1") == [
        "--set adam.learning_rate=-1: 'learning_rate' of adam must be a number above 0, not '-1' (valley.yaml)"
      ])
    #expect(issues(Self.surface, "steps=[1").allSatisfy { $0.hasPrefix("--set steps=[1: ") })
    let broken = Self.surface.replacing("- momentum", with: "- momentm")
    #expect(issues(broken, "steps=-1").count == 1)
    #expect(issues(broken, "steps=-1")[0].hasPrefix("valley.yaml:9: unknown optimizer 'momentm'"))
    let other = issues(Self.network, "problem.network.layers=[dense 3]")
    #expect(
      !other.isEmpty && other.allSatisfy { $0.contains("--set problem.network.layers=[dense 3]") })
  }

  @Test(arguments: ["", "=", "=3", "learning_rate", "learning_rate=", "learning_rate= "])
  func `a change needs a key and a value`(text: String) {
    #expect(ScenarioChange(text) == nil)
  }
}
