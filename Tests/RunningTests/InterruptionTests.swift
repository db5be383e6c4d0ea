import Foundation
import Records
import Running
import ScenarioTestSupport
import Synchronization
import TestSupport
import Testing

/// A step may take hours: who wants to stop is heard inside it.
@Suite struct InterruptionTests {
  private let desk: TrialDesk

  init() throws { desk = try TrialDesk() }

  /// Asks `count` times and is cancelled from then on.
  private final class Patience: Sendable {
    private let count: Int
    private let asked = Atomic(0)
    init(_ count: Int) { self.count = count }
    var isOver: Bool { asked.add(1, ordering: .relaxed).newValue > count }
    var questions: Int { asked.load(ordering: .relaxed) }
  }

  private func run(_ text: String, _ patience: Patience) throws -> TrialRecord? {
    let plan = try desk.plan(text)
    let engine = Engine(
      plan: plan, store: try Store(creatingAt: desk.folder.file("\(UUID().uuidString).sqlite")),
      jobs: 1, cancellation: CancellationFlag(), observer: SilentObserver())
    return try engine.run(plan.trials[0], TrialControl(isCancelled: { patience.isOver }))
  }

  @Test(arguments: [
    "lbfgs: {line_search: strong_wolfe, max_iterations: 1000000, max_evaluations: 100000000, change_tolerance: 0, gradient_tolerance: 0}",
    "lbfgs: {max_iterations: 1000000, learning_rate: 0.000001, max_evaluations: 100000000, change_tolerance: 0}",
    "lookahead: {rule: {lbfgs: {max_iterations: 1000000, learning_rate: 0.000001, max_evaluations: 100000000, change_tolerance: 0}}}",
    "sam: {rule: {momentum: {learning_rate: 0.0001}}}",
    "conjugate_gradient: {max_evaluations: 100000}",
  ])
  func `a step on a surface ends when it is cancelled`(optimizer: String) throws {
    let patience = Patience(50)
    let record = try run(
      """
      title: T
      problem: {surface: rosenbrock, dimension: 2000}
      budget: {steps: 100000}
      optimizers: [\(optimizer)]
      """, patience)
    #expect(record == nil)
    // Nothing goes on for long after the first answer that it should not.
    #expect(patience.questions < 60)
  }

  @Test(arguments: ["lbfgs: {line_search: strong_wolfe, max_iterations: 10000}", "adam"])
  func `a pass of a network ends when it is cancelled`(optimizer: String) throws {
    for count in [0, 3, 20, 200] {
      let patience = Patience(count)
      let record = try run(
        """
        title: T
        problem: {network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: full}}
        budget: {epochs: 1000}
        optimizers: [\(optimizer)]
        """, patience)
      #expect(record == nil)
      #expect(patience.questions <= count + 40)
    }
  }
}
