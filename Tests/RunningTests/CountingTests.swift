import Records
import TestSupport
import Testing

/// Losses and gradients are counted when they are evaluated, not spread over the budget.
@Suite struct CountingTests {
  private let desk: TrialDesk

  init() throws { desk = try TrialDesk() }

  private func rosenbrock(_ steps: Int, _ optimizers: String) throws -> [TrialRecord] {
    try desk.trials(
      """
      title: T
      problem: {surface: rosenbrock, start: [-1.2, 1]}
      budget: {steps: \(steps)}
      optimizers: [\(optimizers)]
      """)
  }

  private static let searches =
    "lbfgs: {line_search: strong_wolfe}, lbfgs: {label: plain, learning_rate: 0.001}, conjugate_gradient, "
    + "lookahead: {rule: {lbfgs: {line_search: strong_wolfe}}}, sam: {learning_rate: 0.0001}"

  /// torch.optim.LBFGS (2.13.0; lr 1, max_iter 20, strong_wolfe) from (−1.2, 1) makes 44 closures in its first two steps; the look at
  /// the parameters after them is one more.
  @Test(arguments: [2, 20, 2000])
  func `what was evaluated by a step does not depend on the budget`(steps: Int) throws {
    let trial = try rosenbrock(steps, "lbfgs: {line_search: strong_wolfe}")[0]
    #expect(trial.lossEvaluations(by: 2, of: .loss) == 45)
    #expect(trial.gradientEvaluations(by: 2, of: .loss) == 45)
    #expect(trial.evaluations(by: 0, of: .loss) == 2)
    #expect(trial.curve(.loss)?.values[2] ?? 1 < 1e-8)
  }

  @Test func `counts begin with the start, never fall and end with the totals`() throws {
    let (short, long) = (try rosenbrock(7, Self.searches), try rosenbrock(60, Self.searches))
    for (short, long) in zip(short, long) {
      let counts = try #require(short.evaluationCounts)
      #expect(counts.steps == Array(0...7) && counts.losses.first == 1)
      #expect(zip(counts.losses, counts.losses.dropFirst()).allSatisfy(<))
      #expect(counts.losses.last == short.lossEvaluations)
      #expect(counts.gradients.last == short.gradientEvaluations)
      #expect(long.evaluationCounts?.losses.prefix(8) == counts.losses[...])
    }
    // Two gradients each.
    #expect(short[4].evaluationCounts?.losses == (0...7).map { 2 * $0 + 1 })
  }

  @Test func `a step of one gradient needs no counts`() throws {
    for trial in try rosenbrock(9, "sgd: {learning_rate: 0.0001}, adam, momentum, lion") {
      #expect(trial.evaluationCounts == nil && trial.knowsEvaluations)
      for step in 0...trial.steps {
        #expect(trial.gradientEvaluations(by: Double(step), of: .loss) == Double(step + 1))
      }
    }
  }

  @Test func `the clock is read on the way and ends before the trial does`() throws {
    for trial in try rosenbrock(500, "sgd: {learning_rate: 0.0001}, \(Self.searches)") {
      let clock = try #require(trial.clock)
      #expect(clock.steps.first == 0 && clock.steps.last == 500)
      #expect(zip(clock.seconds, clock.seconds.dropFirst()).allSatisfy(<=))
      #expect(clock.seconds.last ?? .infinity <= trial.wallSeconds)
      #expect(trial.seconds(by: 0, of: .loss) == clock.seconds[0])
    }
  }

  /// 3 mini-batches to an epoch (1437 digits in batches of 600).
  @Test func `an epoch is known before the next mini-batch, whose loss costs one more`() throws {
    let trials = try desk.trials(
      """
      title: T
      problem: {network: {dataset: digits, layers: [dense 10], batch_size: 600}}
      budget: {epochs: 2}
      optimizers:
        - sgd
        - sam
        - lbfgs: {line_search: strong_wolfe, max_iterations: 3}
      """)
    for (trial, perStep) in zip(trials, [1.0, 2, nil]) {
      #expect(trial.gradientEvaluations(by: 0, of: .testLoss) == 0)
      #expect(trial.gradientEvaluations(by: 0, of: .loss) == 1)
      #expect(
        trial.gradientEvaluations(by: 6, of: .trainLoss) == Double(trial.gradientEvaluations))
      let epoch = trial.gradientEvaluations(by: 3, of: .testAccuracy)
      #expect(trial.gradientEvaluations(by: 3, of: .loss) == epoch + 1)
      if let perStep { #expect(epoch == 3 * perStep) }
      let seconds = [0, 3, 6].map { trial.seconds(by: $0, of: .testLoss) }
      #expect(seconds.sorted() == seconds && seconds[2] <= trial.wallSeconds)
    }
    let counts = try #require(trials[2].evaluationCounts)
    #expect(counts.steps == [0, 0, 1, 2, 3, 3, 4, 5, 6])
  }

  @Test func `a trial stored without counts has its total divided evenly`() {
    let trial = TrialRecord(
      key: "k", configuration: "", status: .finished, steps: 10, epochs: 0, lossEvaluations: 41,
      gradientEvaluations: 21, parameters: 2, stateBytes: 0, wallSeconds: 5,
      curves: [Curve(metric: .loss, steps: [0, 10], epochs: nil, values: [1, 0])], trajectory: nil)
    #expect(!trial.knowsEvaluations)
    #expect(trial.lossEvaluations(by: 5, of: .loss) == 21)
    #expect(trial.gradientEvaluations(by: 5, of: .loss) == 11)
    #expect(trial.evaluations(by: 10, of: .loss) == 62)
    #expect(trial.seconds(by: 4, of: .loss) == 2)
  }
}
