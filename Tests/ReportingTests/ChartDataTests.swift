import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// What a chart shows is in its data file, where numbers can be told apart.
@Suite struct ChartDataTests {
  @Test func `an epoch chart shows the median, the lowest and the highest of the seeds`() throws {
    let folder = try TemporaryFolder()
    let losses = [[9.0, 5, 0.25], [9, 1, 0.5], [9, 2, 4]]
    let runs = losses.enumerated().map { seed, values in
      ScenarioResult.Run(
        optimizer: "adam", seed: seed,
        trial: TrialRecord(
          key: "\(seed)", configuration: "", status: .finished, steps: 20, epochs: 2,
          lossEvaluations: 0, gradientEvaluations: 0, parameters: 1, stateBytes: 0,
          wallSeconds: 0,
          curves: [
            Curve(metric: .trainLoss, steps: [0, 10, 20], epochs: [0, 1, 2], values: values)
          ], trajectory: nil))
    }
    let scenario = ScenarioRecord(
      name: "net", title: "Net", problem: "p", budget: "2 epochs", kind: .network,
      rankedBy: .testAccuracy,
      optimizers: [Participant(label: "adam", rule: "adam", hyperparameters: [:])],
      trials: runs.map { TrialReference(optimizer: "adam", seed: $0.seed, key: $0.trial.key) },
      charts: ["train_loss"])
    try Report(results: [ScenarioResult(scenario: scenario, runs: runs)])
      .drawCharts(to: folder.path)
    let data = try folder.text("net/train_loss.dat")
    #expect(data.contains("# adam: epoch median lowest highest\n1 2 1 5\n2 0.5 0.25 4\n"))
  }

  @Test func `a rate that no schedule changes is a level line beside those that one does`() throws {
    let folder = try TemporaryFolder()
    func run(_ label: String, _ rates: [Double]?) -> ScenarioResult.Run {
      ScenarioResult.Run(
        optimizer: label, seed: 0,
        trial: TrialRecord(
          key: label, configuration: "", status: .finished, steps: 3, epochs: 0,
          lossEvaluations: 0, gradientEvaluations: 0, parameters: 1, stateBytes: 0, wallSeconds: 0,
          curves: rates.map {
            [Curve(metric: .learningRate, steps: [0, 1, 2], epochs: nil, values: $0)]
          } ?? [], trajectory: nil))
    }
    let runs = [run("constant", nil), run("cosine", [0.5, 0.25, 0])]
    let scenario = ScenarioRecord(
      name: "decay", title: "Decay", problem: "p", budget: "3 steps", kind: .surface,
      rankedBy: .loss,
      optimizers: runs.map {
        Participant(
          label: $0.optimizer, rule: "sgd", hyperparameters: ["learning_rate": .number(0.5)])
      },
      trials: runs.map { TrialReference(optimizer: $0.optimizer, seed: 0, key: $0.trial.key) },
      charts: ["learning_rate"])
    try Report(results: [ScenarioResult(scenario: scenario, runs: runs)])
      .drawCharts(to: folder.path)
    let data = try folder.text("decay/learning_rate.dat")
    #expect(data.contains("upper_quartile\n0 0.5 0.5 0.5\n2 0.5 0.5 0.5\n"))
    #expect(data.contains("upper_quartile\n0 0.5 0.5 0.5\n1 0.25 0.25 0.25\n2 0 0 0\n"))
    // Schedules that end near zero would be little else by powers of ten.
    #expect(!(try folder.text("decay/learning_rate.gp")).contains("set logscale"))
  }
}
