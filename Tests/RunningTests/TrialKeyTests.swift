import Foundation
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// A key that leaves something out serves the result of another trial.
@Suite struct TrialKeyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func keys(_ text: String, masterSeed: UInt64 = 1) throws -> [String] {
    let path = try folder.write(text, to: "\(UUID().uuidString).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: masterSeed, datasetDirectory: nil)
    return plan.trials.map(\.key)
  }

  private static let surface = """
    title: Surface
    problem:
      surface: ellipse
      condition_number: 10
      start: [3, 2]
    budget: {steps: 20}
    optimizers:
      - momentum: {learning_rate: 0.1, momentum: 0.9}
    """
  private static let network = """
    title: Network
    problem:
      network:
        dataset: digits
        layers: [dense 16, relu, dense 10]
        batch_size: 32
        initialization: {weights: he, biases: 0.1}
        loss: {softmax_cross_entropy: {hardest: 0.5}}
        penalty: {l1: 0.1, l2: 0.2}
    budget: {epochs: 2}
    seeds: 2
    optimizers:
      - adam: {learning_rate: 0.01}
    """

  @Test(arguments: [
    ("condition_number: 10", "condition_number: 11"), ("start: [3, 2]", "start: [3, 2.5]"),
    ("start: [3, 2]", "start: [2, 3]"), ("steps: 20", "steps: 21"),
    ("learning_rate: 0.1", "learning_rate: 0.2"), ("momentum: 0.9}", "momentum: 0.8}"),
    ("momentum: 0.9}", "form: average}"), ("- momentum:", "- nesterov:"),
    ("momentum: 0.9}", "weight_decay: 0.1}"), ("momentum: 0.9}", "maximize: true}"),
    ("momentum: 0.9}", "momentum: 0.9, l1: 0.1}"), ("momentum: 0.9}", "momentum: 0.9, l2: 0.1}"),
    ("momentum: 0.9}", "momentum: 0.9, decoupled_decay: 0.1}"),
    ("momentum: 0.9}", "momentum: 0.9, groups: [{parameters: 0, l2: 0.1}]}"),
    ("momentum: 0.9}", "momentum: 0.9, schedule: one_cycle}"),
  ])
  func `each part of a surface trial is part of its key`(part: String, other: String) throws {
    let changed = Self.surface.replacing(part, with: other)
    #expect(changed != Self.surface)
    #expect(try keys(changed) != keys(Self.surface))
  }

  @Test(arguments: [
    ("dense 16", "dense 17"), ("[dense 16, relu, dense 10]", "[dense 16, dense 10]"),
    ("batch_size: 32", "batch_size: 33"), ("epochs: 2", "epochs: 3"),
    ("learning_rate: 0.01", "learning_rate: 0.02"), ("weights: he,", "weights: lecun,"),
    ("biases: 0.1", "biases: 0.2"), ("hardest: 0.5", "hardest: 0.6"), ("l1: 0.1", "l1: 0.3"),
    ("softmax_cross_entropy", "mean_squared_error"), ("l2: 0.2", "l2: 0.3"),
    ("l2: 0.2", "l2: 0.2, half: true"), ("l2: 0.2", "l2: 0.2, biases: true"),
    ("relu", "leaky_relu"), ("dense 16", "dense 16 no_bias"), ("dense 16", "dense 16 init zeros"),
    ("dense 16", "dense 16 bias 1"), ("relu", "{residual: [relu]}"), ("relu", "dropout 0.5"),
  ])
  func `each part of a network trial is part of its key`(part: String, other: String) throws {
    let changed = Self.network.replacing(part, with: other)
    #expect(changed != Self.network)
    #expect(Set(try keys(changed)).isDisjoint(with: try keys(Self.network)))
  }

  @Test func `what a schedule does to momentum is part of a key`() throws {
    let texts = ["", "{}", "{cycle_momentum: false}", "{minimum_momentum: 0.8}"].map {
      Self.surface.replacing(
        "momentum: 0.9}", with: "momentum: 0.9, schedule: {one_cycle: \($0)}}")
    }
    let keys = try texts.map { try self.keys($0) }
    #expect(keys[0] == keys[1] && Set(keys).count == 3)
  }

  @Test func `seeds and the master seed are part of a key, names are not`() throws {
    let keys = try keys(Self.network)
    #expect(Set(keys).count == 2)
    #expect(Set(try self.keys(Self.network, masterSeed: 2)).isDisjoint(with: keys))
    let renamed = Self.network.replacing("title: Network", with: "title: Other")
      .replacing("learning_rate: 0.01", with: "label: other, learning_rate: 0.01")
    #expect(try self.keys(renamed) == keys)
  }
}
