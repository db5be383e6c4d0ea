import Records
import Scenarios
import TestSupport
import Testing

/// Several gradients to an update: what is scheduled, recorded and judged is the update.
@Suite struct AccumulationTests {
  private let desk: TrialDesk

  init() throws { desk = try TrialDesk() }

  private func slope(_ steps: Int, _ settings: String, _ rest: String = "") throws -> TrialRecord {
    try desk.trials(
      """
      title: T
      problem: {surface: {expression: "x + 0*y"}, start: [0, 0]}
      budget: {steps: \(steps)}
      optimizers: [sgd: {learning_rate: 1, \(settings)}]
      \(rest)
      """)[0]
  }

  /// Rates 0, ¼, ½ and ¾ on a slope of 1.
  @Test func `a schedule counts updates`() throws {
    let warmUp = "schedule: {warm_up: {length: 4, start: 0}, per: step}"
    let trial = try slope(16, "accumulate: 4, \(warmUp)")
    #expect(trial.curve(.learningRate)?.values == [0, 0.25, 0.5, 0.75])
    #expect(trial.trajectory?.x == [0, 0, -0.25, -0.75, -1.5])
    #expect(trial.steps == 4 && trial.curve(.loss)?.steps == Array(0...4))
    #expect(trial.lossEvaluations == 17)
    #expect((0...4).map { trial.lossEvaluations(by: Double($0), of: .loss) } == [1, 5, 9, 13, 17])
    // The whole budget is one cycle of updates.
    let cosine = try slope(16, "accumulate: 4, schedule: {cosine: {minimum: 0}}")
    #expect(
      cosine.curve(.learningRate)?.values
        == (try slope(4, "schedule: {cosine: {minimum: 0}}"))
        .curve(.learningRate)?.values)
  }

  @Test(arguments: [(5, 8, 1), (8, 8, 1), (9, 8, 2), (18, 4, 5), (1, 3, 1)])
  func `an incomplete last group makes an update of its own mean`(
    steps: Int, accumulate: Int, updates: Int
  ) throws {
    let trial = try slope(steps, "accumulate: \(accumulate)")
    #expect(trial.steps == updates)
    #expect(trial.trajectory?.x.last == -Double(updates))
    #expect(trial.lossEvaluations == steps + 1)
  }

  /// On ½(x² + y²) with rate ½ a step halves x; the change of the loss falls below 10⁻⁴ at update 7, the third one in a row is 9.
  @Test func `convergence and plateaus count updates`() throws {
    func bowl(_ settings: String, _ rest: String) throws -> TrialRecord {
      try desk.trials(
        """
        title: T
        problem: {surface: {expression: "0.5*(x^2 + y^2)"}, start: [1, 0]}
        budget: {steps: 300}
        \(rest)
        optimizers: [sgd: {learning_rate: 0.5, \(settings)}]
        """)[0]
    }
    let rule = "convergence: {epsilon: 1.0e-4, evaluations: 3}"
    #expect(try bowl("accumulate: 5", rule).steps == 9)
    #expect(try bowl("accumulate: 1", rule).steps == 9)
    let plateau = "schedule: {reduce_on_plateau: {patience: 2, threshold: 0.5}, per: step}"
    #expect(
      try bowl("accumulate: 5, \(plateau)", "").curve(.learningRate)?.values.prefix(60)
        == bowl(plateau, "").curve(.learningRate)?.values.prefix(60))
  }

  @Test func `the target is reached after updates`() throws {
    let trial = try slope(40, "accumulate: 4", "target: {loss: -3}")
    let target = Target(metric: .loss, value: -3)
    let curve = try #require(trial.curve(.loss))
    #expect(curve.steps[curve.values.firstIndex(where: target.isReached(by:)) ?? 0] == 3)
  }

  /// 1437 digits in batches of 600, 600 and 237 are one batch of all of them, if each has the weight of its samples: sums of 1437 numbers
  /// in another order, in Float (2⁻²⁴ each), over 6 steps.
  @Test func `micro-batches weigh by their samples`() throws {
    func training(_ batch: String, _ settings: String) throws -> TrialRecord {
      try desk.trials(
        """
        title: T
        problem: {network: {dataset: digits, layers: [dense 10], batch_size: \(batch), gradient_norms: true}}
        budget: {epochs: 6}
        optimizers: [sgd: {learning_rate: 0.5\(settings)}]
        """)[0]
    }
    let (whole, parts) = (try training("full", ""), try training("600", ", accumulate: 3"))
    #expect(parts.steps == 6 && whole.steps == 6)
    #expect(parts.gradientEvaluations == 18)
    for metric in [Metric.loss, .trainLoss, .testLoss] {
      let found = try #require(parts.curve(metric)?.values)
      let expected = try #require(whole.curve(metric)?.values)
      #expect(found.count == expected.count)
      for (found, expected) in zip(found, expected) {
        #expect(abs(found - expected) <= 1437 * 0x1p-24 * expected, "\(metric)")
      }
    }
    let norms = [parts, whole].map { $0.curves.first { $0.layer != nil }?.values ?? [] }
    #expect(norms[0].count == 6)
    for (found, expected) in zip(norms[0], norms[1]) {
      #expect(abs(found - expected) <= 1437 * 0x1p-24 * expected)
    }
  }

  /// 6 mini-batches: the group of 8 ends with the training.
  @Test
  func
    `training whose batches make no whole group makes its update before the last epoch is judged`()
    throws
  {
    let trials = try desk.trials(
      """
      title: T
      problem: {network: {dataset: digits, layers: [dense 10], batch_size: 256}}
      budget: {epochs: 1}
      optimizers:
        - sgd: {label: eight, learning_rate: 0.5, accumulate: 8}
        - sgd: {label: six, learning_rate: 0.5, accumulate: 6}
      """)
    let losses = trials.map { $0.curve(.trainLoss)?.values ?? [] }
    #expect(losses[0] == losses[1] && losses[0][1] < losses[0][0])
    #expect(trials.map(\.steps) == [1, 1])
  }

  @Test(arguments: [
    ("warm_up: {length: 4, start: 0}, per: step", 4, 4),
    ("warm_up: {length: 1, start: 0}, per: step", 1, 1),
  ])
  func `a run whose every update has the rate 0 is refused`(
    schedule: String, accumulate: Int, steps: Int
  ) throws {
    let error = #expect(throws: ScenarioError.self) {
      try desk.plan(
        """
        title: T
        problem: {surface: {expression: "x + 0*y"}, start: [0, 0]}
        budget: {steps: \(steps)}
        optimizers: [sgd: {accumulate: \(accumulate), schedule: {\(schedule)}}]
        """)
    }
    #expect(
      "\(try #require(error))".contains(
        "sgd would make no update: its schedule gives the learning rate 0"))
  }

  @Test func `a network without a finite loss at its start is refused with the value`() throws {
    let error = #expect(throws: ScenarioError.self) {
      try desk.plan(
        """
        title: T
        problem:
          network: {dataset: digits, layers: [dense 10, relu, dense 10], initialization: {weights: truncated_normal 1.0e+30}}
        budget: {epochs: 1}
        optimizers: [sgd, adam]
        """)
    }
    let text = "\(try #require(error))"
    #expect(text.contains(".yaml:3: network: the loss at the start is not finite: "), "\(text)")
    #expect(text.contains("with sgd and seed 0") && !text.contains("adam"))
  }
}
