import Foundation
import Records
import Reporting
import TestSupport
import Testing

@Suite struct GradientNormsChartTests {
  /// Norms of two layers over 120 steps; `norm` has layer, step and seed.
  static func result(
    _ optimizers: [String], seeds: Int = 3, divergedAt: Int? = nil,
    norm: (Int, Int, Int) -> Double
  ) -> ScenarioResult {
    let runs = optimizers.flatMap { label in
      (0..<seeds).map { seed in
        let steps = label == "sgd" ? divergedAt ?? 120 : 120
        return ScenarioResult.Run(
          optimizer: label, seed: seed,
          trial: TrialRecord(
            key: "\(label)\(seed)", configuration: "",
            status: steps < 120 ? .diverged(step: steps) : .finished, steps: steps, epochs: 1,
            lossEvaluations: steps, gradientEvaluations: steps, parameters: 4, stateBytes: 0,
            wallSeconds: 1,
            curves: (0..<2).map { layer in
              Curve(
                metric: .gradientNorm, layer: "\(2 * layer + 1)-dense", steps: Array(0..<steps),
                epochs: [Int](repeating: 1, count: steps),
                values: (0..<steps).map { norm(layer, $0, seed) })
            }, trajectory: nil))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "deep", title: "Deep", problem: .legacy("digits: dense 2, relu, dense 2"),
        budget: .epochs(1),
        kind: .network, rankedBy: .testAccuracy,
        optimizers: optimizers.map { Participant(label: $0, rule: $0, hyperparameters: [:]) },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        charts: ["gradient_norms"]), runs: runs)
  }

  @Test func `a cell is the largest of its window and of the seeds, so no spike is lost`() throws {
    let folder = try TemporaryFolder()
    // Windows of two steps: norms of 10 and 30 times 1, 2, 4 for the seeds; one of 120 000; the upper layer has none.
    let results = [
      Self.result(["adam"]) { layer, step, seed in
        let spike = step == 3 && seed == 1 ? 2000.0 : 1
        return layer == 1 ? 0 : spike * (step.isMultiple(of: 2) ? 10 : 30) * pow(2, Double(seed))
      }
    ]
    try Report(results: results).drawCharts(to: folder.path)
    let data = try folder.text("deep/gradient_norms.dat")
    // log10 of 120; colors end where the others do, the column beside them does not.
    #expect(data.contains("# adam: step layer log10_of_norm norm\n1 0 2.0791812 120\n3 0 "))
    #expect(data.contains(" 120000\n5 0 2.0791812 120\n"))
    #expect(data.contains("\n1 1 NaN 0\n"))
    #expect(data.contains("# adam, no gradient: step layer half_width\n1 1 1\n"))
    let script = try folder.text("deep/gradient_norms.gp")
    #expect(script.contains("hatched: zero gradient"))
    #expect(script.contains("cell: largest of 2 steps and 3 seeds"))
    #expect(!script.contains("before clipping"))
    #expect(script.contains("set ytics ('1-dense' 0, '3-dense' 1)"))
  }

  @Test func `norms before a divergence do not take the colors of the others`() throws {
    let folder = try TemporaryFolder()
    let labels = (0..<12).map { $0 == 0 ? "sgd" : "optimizer with a long name \($0)" }
    let results = [
      Self.result(labels, seeds: 1, divergedAt: 6) { layer, step, _ in
        step > 3 && step < 6 ? 1e20 : 0.1 + Double(layer)
      }
    ]
    var blown = results[0]
    for index in blown.runs.indices where blown.runs[index].optimizer != "sgd" {
      for curve in blown.runs[index].trial.curves.indices {
        blown.runs[index].trial.curves[curve].values = [Double](
          repeating: 0.1 + Double(curve), count: 120)
      }
    }
    let drawn = [blown]
    try Report(results: drawn).drawCharts(to: folder.path)
    let script = try folder.text("deep/gradient_norms.gp")
    #expect(script.contains("'≥ "))
    #expect(script.contains("sgd  ✕ 1/1"))
    let range = try #require(script.firstMatch(of: #/set cbrange \[(-?\d+):(-?\d+)\]/#))
    // Between 0.1 and 1.1, and a fence of three interquartile ranges (of one power of ten) above.
    #expect(try #require(Int(range.1)) == -1 && #require(Int(range.2)) <= 4)
    #expect(folder.contents.contains("deep/gradient_norms.png"))
  }

  @Test func `norms of clipped gradients are said to be those before`() throws {
    let folder = try TemporaryFolder()
    var result = Self.result(["adam"]) { layer, step, _ in Double(1 + layer + step) }
    result.scenario.optimizers[0].variant = .init(
      label: "clipped", optimizer: "adam", changes: ["optimizers.clip_norm": .number(1)])
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    #expect(try folder.text("deep/gradient_norms.gp").contains("; norms before clipping"))
  }

  @Test func `without norms by layer the key that records them is reported`() throws {
    let folder = try TemporaryFolder()
    var result = Examples.networkResult()
    result.scenario.charts = ["gradient_norms"]
    let results = [result]
    #expect(
      throws: ReportError.cannotDraw(
        chart: "fashion_mnist/gradient_norms",
        reason:
          "no run of the scenario has recorded gradient norms by layer; set 'gradient_norms: true' in its network"
      )
    ) { try Report(results: results).drawCharts(to: folder.path) }
  }
}
