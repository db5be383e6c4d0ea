import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import Synchronization
import TestSupport
import Testing

/// Counts what it is reported, and may pull the plug.
private final class Recorder: EngineObserver {
  let finished = Mutex<[String]>([])
  let reused = Mutex(0)
  let cancellation: CancellationFlag
  let stopsAfter: Int

  init(cancellation: CancellationFlag = CancellationFlag(), stopsAfter: Int = .max) {
    self.cancellation = cancellation
    self.stopsAfter = stopsAfter
  }

  func began(_ trials: [Trial], reused: Int) { self.reused.withLock { $0 = reused } }
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {
    let count = finished.withLock {
      $0.append(trial.entrant.label)
      return $0.count
    }
    if count >= stopsAfter { cancellation.set() }
  }
  func ended() {}
}

@Suite struct EngineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let surface = """
    title: Surface
    problem: {surface: ellipse, condition_number: 4, start: [3, 2]}
    budget: {steps: 40}
    optimizers:
      - sgd: {learning_rate: 0.1}
      - adam: {learning_rate: 0.1}
      - sgd: {label: too fast, learning_rate: 1.0e+6}
      - momentum: {learning_rate: 0.05}
    """
  private static let network = """
    title: Network
    problem:
      network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: 100}
    budget: {epochs: 2}
    seeds: 2
    optimizers:
      - sgd: {learning_rate: 0.5}
      - adam: {learning_rate: 0.01}
      - sgd: {label: too fast, learning_rate: 1.0e+20}
    """

  private func plan(_ texts: [String], seed: UInt64 = 1) throws -> Plan {
    let paths = try texts.enumerated().map { try folder.write($1, to: "scenario\($0).yaml") }
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load(paths)
    return try Plan(scenarios: scenarios, masterSeed: seed, datasetDirectory: nil)
  }

  private func run(
    _ plan: Plan, store name: String, jobs: Int = 2, fresh: Bool = false,
    recorder: Recorder = Recorder()
  ) throws -> (outcome: Engine.Outcome, results: [ScenarioResult]) {
    let store = try Store(creatingAt: folder.file("\(name).sqlite"))
    let outcome = try Engine(
      plan: plan, store: store, jobs: jobs, cancellation: recorder.cancellation, observer: recorder
    ).run(fresh: fresh)
    return (outcome, try store.scenarios().map { try store.result(of: $0) })
  }

  /// All that a result says, times aside.
  private func content(_ results: [ScenarioResult]) -> [TrialRecord] {
    results.flatMap(\.runs).map {
      var trial = $0.trial
      trial.wallSeconds = 0
      trial.clock = nil
      return trial
    }
  }

  private static let noisy = """
    title: Noisy
    problem: {surface: {expression: "x^2 + 4*y^2"}, start: [3, 2], gradient_noise: 0.5}
    budget: {steps: 40}
    seeds: 2
    optimizers:
      - sgd: {learning_rate: 0.1}
      - sgd: {label: sgd again, learning_rate: 0.1000001}
    """

  /// One step from the start apart, the noise is the same: gradients differ by as much as the points do.
  @Test func `noise differs between seeds, not between optimizers, and the loss has none`() throws {
    let results = try run(try plan([Self.noisy]), store: "noisy").results
    let losses = results[0].runs.map { $0.trial.curve(.loss)?.values ?? [] }
    #expect(losses.count == 4)
    #expect(losses.allSatisfy { $0.count == 41 && $0[0] == 25 })
    #expect(losses[0] != losses[1])
    // With curvatures c of 2 and 8 a step multiplies a difference δ by 1 − 0.1c, 0.8 and 0.2, and adds 10⁻⁷ times a gradient
    // of at most 2·3 and 8·2 and five deviations of the noise: δ ≤ 10⁻⁷ · 8.5 / 0.2 and 10⁻⁷ · 18.5 / 0.8. The loss differs by
    // 2|x|δ + 8|y|δ, with |x| ≤ √loss and |y| ≤ √loss / 2; squares of δ and rounding are far below 10⁻⁹.
    let slope = 2 * 1e-7 * 8.5 / 0.2 + 4 * 1e-7 * 18.5 / 0.8
    for (first, second) in zip(losses[0], losses[2]) {
      #expect(abs(first - second) <= slope * max(first, second).squareRoot() + 1e-9)
    }
    #expect(losses[0][1...] != losses[1][1...])
  }

  /// Defazio et al. 2024, equations 1 to 3: y = (1 − β)z + βx, z ← z − γ∇f(y), x the mean of all z so far.
  @Test func `of rules that average, the average is what is recorded`() throws {
    let text = """
      title: Averages
      problem: {surface: ellipse, condition_number: 4, start: [3, 2]}
      budget: {steps: 40}
      optimizers:
        - schedule_free_sgd: {learning_rate: 0.1, beta: 0.9, warmup_steps: 0, weight_decay: 0}
      """
    let trial = try #require(try run(try plan([text]), store: "averages").results[0].runs.first)
      .trial
    let curvature = [1.0, 4]
    var z = [3.0, 2]
    var x = z
    for step in 0...40 {
      let loss = zip(curvature, x).reduce(0) { $0 + $1.0 * $1.1 * $1.1 / 2 }
      // Forty steps of some ten roundings each, on numbers up to 20.
      #expect(abs(try #require(trial.curve(.loss)).values[step] - loss) < 20 * 1e-13)
      #expect(abs(try #require(trial.trajectory).x[step] - x[0]) < 1e-13)
      for axis in 0..<2 {
        z[axis] -= 0.1 * curvature[axis] * (0.1 * z[axis] + 0.9 * x[axis])
        x[axis] += (z[axis] - x[axis]) / Double(step + 1)
      }
    }
    #expect(trial.gradientEvaluations == 41)
  }

  @Test func `formula, noise, spectrum and rotation are part of a trial's key`() throws {
    let variants = [
      Self.noisy, Self.noisy.replacing("4*y^2", with: "5*y^2"),
      Self.noisy.replacing("gradient_noise: 0.5", with: "gradient_noise: 0.25"),
      Self.surface, Self.surface.replacing("start", with: "rotation: 10, start"),
      Self.surface.replacing(
        "ellipse, condition_number: 4, start: [3, 2]", with: "quadratic, eigenvalues: [1, 2]"),
      Self.surface.replacing(
        "ellipse, condition_number: 4, start: [3, 2]", with: "quadratic, eigenvalues: [1, 3]"),
    ]
    let plan = try plan(variants)
    let keys = plan.trials.map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test func `results are the same whatever the number of jobs`() throws {
    let plan = try plan([Self.surface, Self.network])
    let one = try run(plan, store: "one", jobs: 1)
    let three = try run(plan, store: "three", jobs: 3)
    #expect(one.outcome == Engine.Outcome(run: 10, reused: 0, missing: 0))
    // Bit patterns, because a diverged run holds NaN.
    let first = content(one.results)
    let second = content(three.results)
    #expect(first.map(\.key) == second.map(\.key))
    for (a, b) in zip(first, second) {
      #expect(a.status == b.status && a.steps == b.steps)
      #expect(!a.curves.isEmpty && a.curves.map(\.metric) == b.curves.map(\.metric))
      for (x, y) in zip(a.curves, b.curves) {
        #expect(x.values.map(\.bitPattern) == y.values.map(\.bitPattern))
        #expect(x.steps == y.steps && x.epochs == y.epochs)
      }
    }
  }

  /// x_t = (1 − α)ᵗ x₀ and y_t = (1 − ακ)ᵗ y₀; 40 steps round a few units in the last place each.
  @Test func `gradient descent on an ellipse follows its closed form`() throws {
    let results = try run(plan([Self.surface]), store: "closed").results
    let way = try #require(results[0].runs[0].trial.trajectory)
    #expect(way.steps == Array(0...40))
    for step in 0...40 {
      #expect(abs(way.x[step] - 3 * pow(0.9, Double(step))) < 1e-14)
      #expect(abs(way.y[step] - 2 * pow(0.6, Double(step))) < 1e-14)
    }
  }

  @Test func `a diverged run is recorded with its step and stops no other`() throws {
    let results = try run(plan([Self.surface, Self.network]), store: "diverged").results
    #expect(results.map { $0.runs.count { $0.optimizer == "too fast" } } == [1, 2])
    for result in results {
      #expect(result.missing == 0)
      for run in result.runs {
        guard run.optimizer == "too fast" else {
          #expect(run.trial.status == .finished)
          #expect(run.trial.curves.allSatisfy { $0.values.allSatisfy(\.isFinite) })
          continue
        }
        let step = try #require(run.trial.status.divergedStep)
        let loss = try #require(run.trial.curve(.loss))
        #expect(step > 0 && loss.steps.last == step && run.trial.steps == step)
        let before = loss.values.dropLast()
        #expect(before.count { !$0.isFinite } == 0)
      }
    }
  }

  @Test func `a network learns digits, and every optimizer meets the same start and batches`()
    throws
  {
    let result = try run(plan([Self.network]), store: "learns").results[0]
    let runs = result.runs.filter { $0.trial.status == .finished }
    #expect(runs.count == 4)
    // Guessing is right once in ten; two epochs of a working network are far beyond.
    for run in runs {
      let accuracy = try #require(run.trial.curve(.testAccuracy))
      let last = try #require(accuracy.values.last)
      #expect(last > 0.5)
      #expect(accuracy.epochs == [0, 1, 2])
      #expect(run.trial.steps == 2 * 15 && run.trial.epochs == 2)
    }
    for seed in 0..<2 {
      let firsts = runs.filter { $0.seed == seed }.map { $0.trial.curve(.loss)?.values.first }
      #expect(firsts.count == 2 && Set(firsts).count == 1)
    }
    #expect(runs[0].trial.curve(.loss)?.values.first != runs[1].trial.curve(.loss)?.values.first)
  }

  /// SAM asks twice a step, and the first answer is the one that is recorded anyway; the end point is asked for once more.
  @Test func `evaluations that a method makes itself are counted`() throws {
    let optimizers = """
      optimizers:
        - sam: {learning_rate: 0.1, rule: {momentum: {momentum: 0.5}}}
        - lookahead: {learning_rate: 0.1, rule: {sam: {rule: adam}}}
        - lbfgs: {line_search: strong_wolfe}
      """
    let head = Self.surface.split(separator: "optimizers:")[0]
    let runs = try run(plan([head + optimizers]), store: "own").results[0].runs
    #expect(runs.map(\.trial.steps) == [40, 40, 40])
    for run in runs.prefix(2) {
      #expect(run.trial.lossEvaluations == 81 && run.trial.gradientEvaluations == 81)
    }
    #expect(runs[2].trial.lossEvaluations >= 41)
    #expect(runs[0].trial.configuration.contains(#""rule.momentum":0.5"#))
    let networks = Self.network.split(separator: "optimizers:")[0]
    let trials = try run(plan([networks + optimizers]), store: "nets").results[0].runs
    #expect(trials[0].trial.steps == 30 && trials[0].trial.lossEvaluations == 60)
  }

  @Test func `what is stored is not run again unless asked`() throws {
    let plan = try plan([Self.surface])
    _ = try run(plan, store: "again")
    let recorder = Recorder()
    let again = try run(plan, store: "again", recorder: recorder)
    #expect(again.outcome == Engine.Outcome(run: 0, reused: 4, missing: 0))
    #expect(recorder.reused.withLock { $0 } == 4)
    #expect(try run(plan, store: "again", fresh: true).outcome.run == 4)
  }

  @Test func `an edit runs only what it touches`() throws {
    _ = try run(plan([Self.surface]), store: "edit")
    let relabelled = Self.surface.replacing("too fast", with: "reckless")
      .replacing("title: Surface", with: "title: Renamed")
    #expect(try run(plan([relabelled]), store: "edit").outcome.run == 0)
    let changed = Self.surface.replacing(
      "momentum: {learning_rate: 0.05}", with: "momentum: {learning_rate: 0.06}")
    #expect(
      try run(plan([changed]), store: "edit").outcome
        == Engine.Outcome(run: 1, reused: 3, missing: 0))
    #expect(try run(plan([Self.surface], seed: 2), store: "edit").outcome.run == 4)
  }

  @Test func `an interruption keeps what was finished, and the next run does the rest`() throws {
    let plan = try plan([Self.surface])
    let recorder = Recorder(stopsAfter: 2)
    let first = try run(plan, store: "stop", jobs: 1, recorder: recorder)
    #expect(first.outcome == Engine.Outcome(run: 2, reused: 0, missing: 2))
    #expect(first.results[0].missing == 2)
    let second = try run(plan, store: "stop")
    #expect(second.outcome == Engine.Outcome(run: 2, reused: 2, missing: 0))
    let whole = try run(plan, store: "whole")
    #expect(content(second.results).map(\.key) == content(whole.results).map(\.key))
  }

  @Test
  func `a trial that fails is stored with its reason, leaves the others alone and is run again`()
    throws
  {
    let plan = try plan([Self.surface])
    let store = try Store(creatingAt: folder.file("failing.sqlite"))
    var engine = Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(), observer: Recorder())
    let reason = EngineError.unsuitable(scenario: "s", optimizer: "adam", reason: "no memory")
    engine.runner = { trial, control in
      if trial.entrant.label == "adam" { throw reason }
      return TrialRecord(
        key: trial.key, configuration: trial.configuration.json, status: .finished, steps: 1,
        epochs: 0, lossEvaluations: 2, gradientEvaluations: 2, parameters: 2, stateBytes: 0,
        wallSeconds: 0, curves: [], trajectory: nil)
    }
    let outcome = try engine.run(fresh: false)
    #expect(outcome.run == 3 && outcome.missing == 0 && outcome.failures == [reason])
    let statuses = try store.result(of: plan.records[0]).runs.map(\.trial.status)
    #expect(statuses == [.finished, .failed(reason: "no memory"), .finished, .finished])
    engine.runner = nil
    let again = try engine.run(fresh: false)
    #expect(again.run == 1 && again.reused == 3 && again.failures.isEmpty)
    let trial = try #require(
      try store.result(of: plan.records[0]).runs.first { $0.optimizer == "adam" }?.trial)
    #expect(trial.status == .finished && (trial.cpuSeconds ?? -1) >= 0)
  }
}
