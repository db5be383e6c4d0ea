import Analysis
import Foundation
import Gate
import Records
import Running
import Scenarios
import Statistics
import TestSupport
import Testing

private struct Silent: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

/// The gate on real runs: what it lets through and what it stops.
@Suite struct GateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a scenario and keeps what a baseline keeps.
  private func results(
    _ text: String, name: String = "example", seed: UInt64 = 1
  ) throws -> BaselineScenario {
    let mark = UUID().uuidString
    let path = try folder.write(text, to: "\(mark)/\(name).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: ChartNames([])).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: seed, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("\(mark)/store.sqlite"))
    let outcome = try Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(), observer: Silent()
    ).run(fresh: false)
    #expect(outcome.missing == 0 && outcome.failures.isEmpty)
    return try #require(BaselineScenario(ScenarioAnalysis(try store.result(of: plan.records[0]))))
  }

  private func surface(_ optimizer: String) -> String {
    """
    title: Surface
    problem: {surface: rosenbrock}
    budget: {steps: 500}
    target: {loss: 20}
    optimizers: [\(optimizer)]
    """
  }

  private func findings(_ before: BaselineScenario, _ now: BaselineScenario) -> [GateFinding] {
    Gate().findings(baseline: [before], current: [now])
  }

  // MARK: Exact

  static let honest = [
    "adam": "adam: {learning_rate: 0.01}", "rmsprop": "rmsprop: {learning_rate: 0.01}",
  ]

  @Test(arguments: [
    ("adam", "adam: {learning_rate: 0.01, bias_correction: false}"),
    ("adam", "adam: {learning_rate: 0.01, beta2: 0.98901}"),
    ("adam", "adam: {learning_rate: 0.01, beta1: 0.891}"),
    ("rmsprop", "rmsprop: {learning_rate: 0.01, epsilon_inside_root: true}"),
  ])
  func `a rule that is subtly broken stops the gate`(rule: String, broken: String) throws {
    let before = try results(surface(Self.honest[rule] ?? ""))
    let now = try results(surface(broken))
    let findings = findings(before, now)
    #expect(findings.map(\.verdict) == [.changed])
    #expect(GateReport(findings).hasFailed)
    #expect(self.findings(before, before).map(\.verdict) == [.unchanged])
  }

  @Test func `the same rules give the same numbers again, through the file too`() throws {
    let text = surface(
      "sgd: {learning_rate: 1.0e+3}, adam: {label: 'my, \"own\"', learning_rate: 0.01}")
    let before = try results(text)
    let folder = BaselineFolder(folder.file("baselines"))
    try folder.save([before])
    let read = try #require(try folder.load("example"))
    #expect(BaselineFile.text(of: read) == BaselineFile.text(of: before))
    #expect(read.optimizers == ["sgd", "my, \"own\""])
    #expect(read.runs[0].status == "diverged" && read.runs[0].result == .infinity)
    #expect(findings(read, try results(text)).allSatisfy { $0.verdict == .unchanged })
  }

  @Test func `values may differ by rounding and counts not at all`() throws {
    let before = try results(surface("adam: {learning_rate: 0.01}"))
    var now = before
    now.runs[0].waypoints["final_loss"]! *= 1 + 1e-10
    #expect(findings(before, now)[0].verdict == .unchanged)
    now.runs[0].waypoints["final_loss"]! *= 1 + 1e-8
    #expect(findings(before, now)[0].verdict == .changed)
    now = before
    now.runs[0].gradientEvaluations += 1
    #expect(findings(before, now)[0].detail.contains("gradient evaluations"))
    now = before
    now.runs[0].stepsToTarget = nil
    #expect(findings(before, now)[0].detail.contains("not reached"))
  }

  @Test func `what is gone or asks another question stops the gate, what is new does not`() throws {
    let before = try results(surface("adam: {learning_rate: 0.01}"))
    var now = before
    now.budget = BudgetRecord.steps(7).compared
    #expect(findings(before, now).map(\.verdict) == [.missing])
    #expect(findings(before, now)[0].detail == "another budget now: steps 7, was 500")
    now = before
    now.runs[0].optimizer = "other"
    #expect(findings(before, now).map(\.verdict) == [.missing, .new])
    let gone = Gate().findings(baseline: [before], current: [])
    #expect(gone.map(\.verdict) == [.missing] && GateReport(gone).hasFailed)
    let new = Gate().findings(baseline: [], current: [before])
    #expect(new.map(\.verdict) == [.new] && !GateReport(new).hasFailed)
  }

  @Test func `a deterministic change is no regression, and says which way the result went`() throws
  {
    let before = try results(surface("adam: {learning_rate: 0.01}"))
    var now = before
    now.runs[0].result /= 2
    for (old, new, word) in [(before, now, "better"), (now, before, "worse")] {
      let finding = findings(old, new)[0]
      #expect(finding.verdict == .changed && finding.isFailure)
      #expect(finding.detail.contains("the result is \(word)"), "\(finding.detail)")
    }
    now = before
    now.runs[0].lossEvaluations += 1
    #expect(!findings(before, now)[0].detail.contains("the result is"))
  }

  // MARK: Noisy

  private func network(_ optimizers: [String], seeds: Int = NoisyTier.seeds) -> String {
    """
    title: Network
    problem:
      network: {dataset: digits, layers: [dense 8, relu, dense 10], batch_size: 64}
    budget: {epochs: 1}
    seeds: \(seeds)
    optimizers:
    \(optimizers.map { "  - " + $0 }.joined(separator: "\n"))
    """
  }

  @Test func `two hundred honest checks with other seeds stay within the stated rate`() throws {
    // One run of each gives 200 baselines and 200 checks of ten other seeds each.
    let all = try results(
      network(["sgd: {learning_rate: 0.5}", "adam: {learning_rate: 0.01}"], seeds: 4000))
    let parts = Dictionary(grouping: all.runs) { $0.seed / NoisyTier.seeds }.mapValues { runs in
      var part = all
      part.runs = runs
      return part
    }
    let alarms = try (0..<200).count { index in
      let before = try #require(parts[2 * index])
      let now = try #require(parts[2 * index + 1])
      return findings(before, now).contains { $0.verdict != .unchanged }
    }
    // At a rate of 1 % seven or more of 200 have a probability of 0.4 %: scipy.stats.binom.sf(6, 200, 0.01) = 0.0043.
    #expect(alarms <= 6)
  }

  @Test func `a worse network is a regression and a better one an improvement`() throws {
    let good = try results(network(["adam: {label: a, learning_rate: 0.01}"]))
    let bad = try results(network(["adam: {label: a, learning_rate: 0.001}"]), seed: 2)
    #expect(findings(good, bad).map(\.verdict) == [.regression])
    #expect(findings(bad, good).map(\.verdict) == [.improvement])
    let diverging = try results(network(["sgd: {label: a, learning_rate: 1.0e+20}"]))
    #expect(findings(good, diverging).map(\.verdict) == [.regression])
    #expect(findings(diverging, diverging).map(\.verdict) == [.unchanged])
  }

  @Test func `a better accuracy with a worse training loss is a change without a direction`() throws
  {
    let before = try results(network(["adam: {label: a, learning_rate: 0.01}"]))
    var now = before
    for index in now.runs.indices {
      now.runs[index].result = 0.95 + 0.001 * Double(index)
      now.runs[index].waypoints["train_loss"]! *= 10
    }
    let finding = findings(before, now)[0]
    #expect(finding.verdict == .changed && finding.isFailure)
    #expect(finding.detail.contains("test_accuracy") && finding.detail.contains("train_loss"))
    for index in now.runs.indices { now.runs[index].waypoints = before.runs[index].waypoints }
    #expect(findings(before, now)[0].verdict == .improvement)
  }

  @Test func `a lost bias correction shows in a network too`() throws {
    let good = try results(network(["adam: {label: a, learning_rate: 0.01}"]))
    let broken = try results(
      network(["adam: {label: a, learning_rate: 0.01, bias_correction: false}"]))
    #expect(findings(good, broken).map(\.verdict) != [.unchanged])
  }
}
