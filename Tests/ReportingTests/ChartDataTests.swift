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
      name: "net", title: "Net", problem: .legacy("p"), budget: .epochs(2), kind: .network,
      rankedBy: .testAccuracy,
      optimizers: [Participant(label: "adam", rule: "adam", hyperparameters: [:])],
      trials: runs.map { TrialReference(optimizer: "adam", seed: $0.seed, key: $0.trial.key) },
      charts: ["train_loss"])
    try Report(results: [ScenarioResult(scenario: scenario, runs: runs)])
      .drawCharts(to: folder.path)
    let data = try folder.text("net/train_loss.dat")
    #expect(data.contains("# adam: epoch median lowest highest\n1 2 1 5\n2 0.5 0.25 4\n"))
  }

  /// Three runs: one to the end, one that a rule stopped after its first epoch, one that diverged in its second.
  private static func uneven(_ chart: String) -> ScenarioResult {
    func trial(_ key: String, _ status: TrialStatus, _ reason: StopReason, _ values: [Double])
      -> TrialRecord
    {
      let places = Array(values.indices)
      return TrialRecord(
        key: key, configuration: "", status: status, stopReason: reason, steps: values.count - 1,
        epochs: values.count - 1, lossEvaluations: 0, gradientEvaluations: 0, parameters: 1,
        stateBytes: 0, wallSeconds: 0,
        curves: [
          Curve(metric: .loss, steps: places, epochs: nil, values: values),
          Curve(metric: .trainLoss, steps: places, epochs: places, values: values),
        ], trajectory: nil)
    }
    let trials = [
      trial("0", .finished, .budget, [9, 5, 4, 3]),
      trial("1", .finished, .convergence, [9, 2]),
      trial("2", .finished, .budget, [9, 6, 7, 8]),
      trial("3", .diverged(step: 2), .divergence, [9, 7, .nan]),
    ]
    let scenario = ScenarioRecord(
      name: "net", title: "Net", problem: .legacy("p"), budget: .epochs(3), kind: .surface,
      rankedBy: .loss,
      optimizers: [Participant(label: "adam", rule: "adam", hyperparameters: [:])],
      trials: trials.enumerated().map {
        TrialReference(optimizer: "adam", seed: $0.offset, key: $0.element.key)
      }, charts: [chart])
    return ScenarioResult(
      scenario: scenario,
      runs: trials.enumerated().map { .init(optimizer: "adam", seed: $0.offset, trial: $0.element) }
    )
  }

  @Test func `a stopped run stays where it is, and a diverged run is the worst`()
    throws
  {
    let folder = try TemporaryFolder()
    try Report(results: [Self.uneven("loss")]).drawCharts(to: folder.path)
    let data = try folder.text("net/loss.dat")
    // Step 2: 2, 4, 7 and one lost; step 3: 2, 3, 8 and one lost.
    #expect(data.contains("\n2 5.5 "), "\(data)")
    #expect(data.contains("\n3 5.5 "), "\(data)")
    try Report(results: [Self.uneven("train_loss")]).drawCharts(to: folder.path)
    let epochs = try folder.text("net/train_loss.dat")
    #expect(epochs.contains("\n2 5.5 2 7\n") && epochs.contains("\n3 5.5 2 8\n"), "\(epochs)")
  }

  @Test func `a divergence that ends the line lies within the picture`() throws {
    var result = Self.uneven("loss")
    // Two of four: from step 5 on there is no median any more.
    result.runs[0].trial.status = .diverged(step: 5)
    result.runs[0].trial.steps = 5
    let folder = try TemporaryFolder()
    try Report(results: [result]).drawCharts(to: folder.path)
    let script = try folder.text("net/loss.gp")
    #expect(script.contains("set xrange [0:5]"), "\(script)")
    #expect(try folder.text("net/loss.dat").contains("# adam, diverged: step loss\n5 "))
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
      name: "decay", title: "Decay", problem: .legacy("p"), budget: .steps(3), kind: .surface,
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

  /// Below zero and up to where doubles end: powers of ten on both sides, as far as somebody can read them.
  @Test(arguments: [[2.0, 1e5, 1e200, 1e308], [-1, 5, -1e300, 1e300], [1e308, -1e308, 1, 2]])
  func `a run that overflows leaves an axis that the others can be read by`(values: [Double]) throws
  {
    var result = Self.uneven("loss")
    for index in result.runs.indices {
      result.runs[index].trial.status = .finished
      result.runs[index].trial.curves[0].steps = [0, 1, 2, 3]
      result.runs[index].trial.curves[0].values = index == 0 ? values : [2, 1, 0, -1]
    }
    result.runs = [0, 1].map { index in
      var run = result.runs[index]
      run.optimizer = "o\(index)"
      return run
    }
    result.scenario.optimizers = ["o0", "o1"].map {
      Participant(label: $0, rule: "sgd", hyperparameters: [:])
    }
    let folder = try TemporaryFolder()
    try Report(results: [result]).drawCharts(to: folder.path)
    let script = try folder.text("net/loss.gp")
    #expect(!script.contains("inf") && !script.contains("nan"), "\(script)")
    #expect(script.contains("outside"))
  }
}
