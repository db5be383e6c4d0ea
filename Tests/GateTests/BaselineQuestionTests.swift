import Analysis
import Foundation
import Gate
import Records
import Running
import Scenarios
import TestSupport
import Testing

/// Which results a baseline may be compared with: those of the same problem, whatever it is called.
@Suite struct BaselineQuestionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let network = """
    title: Network
    problem:
      network: {dataset: digits, layers: [dense 8, relu, dense 10], batch_size: 64}
    budget: {epochs: 1}
    seeds: 10
    optimizers:
      - sgd: {label: plain, learning_rate: 0.1}
      - momentum: {learning_rate: 0.1}
    variants:
      - {label: small, batch_size: 32}
      - {label: large, batch_size: 128}
    """

  private static let surface = """
    title: Surface
    problem: {surface: ellipse, condition_number: 10, start: [3, 2]}
    budget: {steps: 50}
    optimizers:
      - sgd: {learning_rate: 0.1}
      - adam: {learning_rate: 0.1}
    """

  /// A baseline of a scenario whose runs, one per optimizer, are alike.
  private func baseline(_ text: String) throws -> BaselineScenario {
    let path = try folder.write(text, to: "\(UUID().uuidString)/example.yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: ChartNames([])).load([path])
    let record = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil).records[0]
    let runs = record.trials.map {
      ScenarioResult.Run(
        optimizer: $0.optimizer, seed: $0.seed,
        trial: TrialRecord(
          key: $0.key, configuration: "{}", status: .finished, steps: 1, epochs: 1,
          lossEvaluations: 2, gradientEvaluations: 2, parameters: 2, stateBytes: 0, wallSeconds: 0,
          curves: [
            Curve(metric: .loss, steps: [0, 1], epochs: nil, values: [2, 1]),
            Curve(metric: .trainLoss, steps: [1], epochs: [1], values: [1]),
            Curve(metric: .testAccuracy, steps: [1], epochs: [1], values: [0.5]),
          ], trajectory: nil))
    }
    return try #require(
      BaselineScenario(ScenarioAnalysis(ScenarioResult(scenario: record, runs: runs))))
  }

  private func findings(_ before: BaselineScenario, _ now: BaselineScenario) -> [GateFinding] {
    Gate().findings(baseline: [before], current: [now])
  }

  @Test(arguments: [network, surface])
  func `another title and another label compare as before, through the file too`(text: String)
    throws
  {
    let before = try baseline(text)
    let saved = BaselineFolder(folder.file("baselines"))
    try saved.save([before])
    let read = try #require(try saved.load("example"))
    #expect(read == before)
    let now = try baseline(
      text.replacing("title: ", with: "title: About a ").replacing(
        "label: plain", with: "label: fancy"
      )
      .replacing("label: small", with: "label: batches of 32")
      .replacing("sgd: {learning", with: "sgd: {label: gradient descent, learning"))
    #expect(now.optimizers != read.optimizers)
    #expect(findings(read, now).map(\.verdict) == before.optimizers.map { _ in .unchanged })
    #expect(
      PairedComparison.all([read], [now]).map(\.verdict) == before.optimizers.map { _ in .equal })
  }

  @Test(arguments: [
    (surface, "[3, 2]", "[3, 1]", "start [3, 1], was [3, 2]"),
    (surface, "condition_number: 10", "condition_number: 11", "condition_number 11, was 10"),
    (surface, "ellipse, condition_number: 10", "rosenbrock", "surface rosenbrock, was ellipse"),
    (surface, "start: [3, 2]", "start: [3, 2], gradient_noise: 0.1", "gradient_noise 0.1"),
    (surface, "steps: 50", "steps: 51", "another budget now: steps 51, was 50"),
    (network, "dense 8", "dense 9", "layers [dense 9, relu, dense 10], was [dense 8, relu"),
    (
      network, "[dense 8, relu, dense 10]", "[{residual: [dense 64]}, dense 10]",
      "layers [[dense 64]"
    ),
    (
      network, "batch_size: 64", "batch_size: 64, normalization: standard", "normalization standard"
    ),
    (network, "batch_size: 64", "batch_size: 64, train_samples: 500", "train_samples 500"),
    (network, "batch_size: 64", "batch_size: 64, loss: mean_squared_error", "loss mean_squared"),
    (network, "epochs: 1", "epochs: 2", "another budget now: epochs 2, was 1"),
    (
      network, "budget: {epochs: 1}",
      "convergence: {epsilon: 0.1, evaluations: 3}\nbudget: {epochs: 1}",
      "convergence.epsilon 0.1, was not set"
    ),
  ])
  func `another problem or budget is reported as such, and compares with nothing`(
    text: String, old: String, new: String, difference: String
  ) throws {
    let before = try baseline(text)
    let now = try baseline(text.replacing(old, with: new))
    let found = findings(before, now)
    #expect(found.allSatisfy { $0.verdict == .missing }, "\(found)")
    #expect(found[0].detail.contains(difference), "\(found[0].detail)")
    #expect(
      PairedComparison.all([before], [now]).allSatisfy { $0.verdict == .incomparable })
  }

  @Test
  func `a variant that now runs on something else is another problem for its optimizers alone`()
    throws
  {
    let before = try baseline(Self.network)
    let now = try baseline(Self.network.replacing("batch_size: 32", with: "batch_size: 16"))
    let found = findings(before, now)
    #expect(found.map(\.verdict) == [.missing, .missing, .unchanged, .unchanged])
    #expect(
      found[0].detail == "another variant now: problem.network.batch_size 16, was 32")
    // The scenario's own value is run by no variant.
    let unused = try baseline(Self.network.replacing("batch_size: 64", with: "batch_size: 65"))
    #expect(findings(before, unused).allSatisfy { $0.verdict == .unchanged })
  }

  @Test func `a label is no new optimizer only where it is clear which one it was`() throws {
    let before = try baseline(Self.surface)
    let other = try baseline(
      Self.surface.replacing("adam: {l", with: "adam: {label: a, beta1: 0.8, l"))
    #expect(findings(before, other).map(\.verdict) == [.unchanged, .missing, .new])
    let twins = try baseline(
      Self.surface.replacing(
        "- adam: {learning_rate: 0.1}",
        with: "- adam: {label: a, learning_rate: 0.1}\n  - adam: {label: b, learning_rate: 0.1}"))
    #expect(findings(before, twins).map(\.verdict) == [.unchanged, .missing, .new, .new])
  }

  @Test func `a baseline of version 1 compares all but the problem`() throws {
    let now = try baseline(Self.surface)
    let lines = BaselineFile.text(of: now).split(separator: "\n").map(String.init)
    let former =
      ([
        lines[0].replacing("version 3", with: "version 1"), lines[1],
        "# problem: Elongated ellipse; a sentence", "# budget: 50 steps",
      ] + lines[4...].filter { !$0.hasPrefix("# optimizer") && !$0.hasPrefix("# end") }).joined(
        separator: "\n") + "\n"
    let read = try BaselineFile.parse(former, name: "example", path: "example.csv")
    #expect(read.isOnlyDescribed && !now.isOnlyDescribed)
    #expect(findings(read, now).map(\.verdict) == [.unchanged, .unchanged])
    var other = now
    other.runs[0].result *= 2
    #expect(findings(read, other).map(\.verdict) == [.changed, .unchanged])
  }

  @Test(arguments: [
    ("# problem: {", "# problem: a sentence {", 3), ("# budget: {", "# budget: [{", 4),
    (#""label":"sgd","#, "", 9), ("# optimizer: {", "# optimizer: x{", 9),
    ("optimizer,seed", "optimizer;seed", 6),
  ])
  func `a damaged header is reported with its line`(old: String, new: String, line: Int) throws {
    let text = BaselineFile.text(of: try baseline(Self.surface))
    let damaged = text.replacing(old, with: new, maxReplacements: 1)
    #expect(damaged != text)
    do {
      _ = try BaselineFile.parse(damaged, name: "x", path: "x.csv")
      Issue.record("parsed")
    } catch {
      guard case .malformed("x.csv", line, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
