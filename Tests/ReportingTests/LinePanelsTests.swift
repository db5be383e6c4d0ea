import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// Charts with more lines than one plot shows.
@Suite struct LinePanelsTests {
  /// Some rates for each kind of layers, three seeds, three epochs; the loss before training depends on the seed.
  private static func result(_ layers: [String], rates: Int) -> ScenarioResult {
    let variants = layers.flatMap { layers in (1...rates).map { (layers, 0.1 * Double($0)) } }
    let participants = variants.map { layers, rate in
      let values: [String: Setting] = [
        "optimizers.learning_rate": .number(rate), "problem.network.layers": .text(layers),
      ]
      return Participant(
        label: "\(layers) \(rate)", rule: "sgd", hyperparameters: ["learning_rate": .number(rate)],
        variant: .init(
          label: "\(layers) \(rate)", optimizer: "sgd", changes: values, values: values))
    }
    let runs = participants.flatMap { participant in
      (0..<3).map { seed in
        ScenarioResult.Run(
          optimizer: participant.label, seed: seed,
          trial: TrialRecord(
            key: "\(participant.label)-\(seed)", configuration: "", status: .finished, steps: 3,
            epochs: 3, lossEvaluations: 0, gradientEvaluations: 0, parameters: 1, stateBytes: 0,
            wallSeconds: 0,
            curves: [
              Curve(
                metric: .trainLoss, steps: [0, 1, 2, 3], epochs: [0, 1, 2, 3],
                values: [2 + 0.25 * Double(seed), 1, 0.5, 0.25 + 0.01 * Double(seed)]),
              Curve(
                metric: .learningRate, steps: [0, 1, 2], epochs: nil, values: [0.5, 0.25, 0.125]),
            ], trajectory: nil))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "net", title: "Net", problem: .legacy("p"), budget: .epochs(3), kind: .network,
        rankedBy: .trainLoss, optimizers: participants,
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        charts: ["train_loss", "learning_rate"]), runs: runs)
  }

  private static func scripts(_ result: ScenarioResult) throws -> [String] {
    let folder = try TemporaryFolder()
    try Report(results: [result]).drawCharts(to: folder.path)
    #expect(folder.contents.contains("net/train_loss.png"))
    return try ["train_loss", "learning_rate"].map { try folder.text("net/\($0).gp") }
  }

  private static func plots(_ script: String) -> Int {
    script.split(separator: "\n").count { $0.hasPrefix("plot ") }
  }

  @Test func `many lines have a panel for each line of the sweep`() throws {
    for script in try Self.scripts(Self.result(["plain", "batch", "layer"], rates: 4)) {
      // The legend, then the panels.
      #expect(Self.plots(script) == 4, "\(script)")
      #expect(script.contains("'layers plain'") && script.contains("'layers batch'"))
      // One legend with all lines.
      #expect(script.components(separatedBy: "keyentry").count == 13)
    }
    for script in try Self.scripts(Self.result(["plain", "batch"], rates: 4)) {
      #expect(Self.plots(script) == 1 && !script.contains("multiplot"))
    }
  }

  @Test func `many lines in one plot have no bands`() throws {
    // Eleven rates of one network are one line of the sweep.
    let script = try Self.scripts(Self.result(["plain"], rates: 11))[0]
    #expect(Self.plots(script) == 1)
    #expect(!script.contains("yerrorbars") && !script.contains("filledcurves"))
    #expect(script.contains("median of 3 seeds;"))
    let few = try Self.scripts(Self.result(["plain"], rates: 10))[0]
    #expect(few.contains("yerrorbars"))
  }

  @Test func `values before training that differ are a range`() throws {
    var result = Self.result(["plain"], rates: 2)
    #expect(try Self.scripts(result)[0].contains("before training: 2 to 2.5"))
    for index in result.runs.indices { result.runs[index].trial.curves[0].values[0] = 2.25 }
    #expect(
      try Self.scripts(result)[0].contains("before training: 2.25;")
        || Self.scripts(result)[0].contains("before training: 2.25'"))
  }
}
