import Certification
import Foundation
import Optimizers
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// What surrounds a rule in a scenario, as the trial has it: each trial once more by hand.
@Suite struct SurroundingsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func records(_ problem: String, _ optimizers: [String]) throws -> [TrialRecord] {
    let list = optimizers.enumerated().map { index, settings in
      "  - \(settings.replacing("{", with: "{label: run \(index), ", maxReplacements: 1))"
    }
    let path = try folder.write(
      "title: T\n\(problem)\noptimizers:\n\(list.joined(separator: "\n"))\n",
      to: "\(UUID().uuidString).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs.map(\.trial)
  }

  /// f = ½(x² + 4y²) from (3, 2): gradients (x, 4y).
  func surface(_ settings: String..., steps: Int = 12) throws -> [[[Double]]] {
    try records(
      "problem: {surface: ellipse, condition_number: 4, start: [3, 2]}\nbudget: {steps: \(steps)}",
      settings.map { "sgd: {\($0)}" }
    ).map { record in
      let way = try #require(record.trajectory)
      return zip(way.x, way.y).map { [$0, $1] }
    }
  }

  /// The same surface, `change` being one step of gradient descent.
  func byHand(
    steps: Int = 12, _ change: (_ step: Int, _ point: [Double], _ gradient: [Double]) -> [Double]
  ) -> [[Double]] {
    var point = [3.0, 2]
    return [point]
      + (0..<steps).map { step in
        point = change(step, point, [point[0], 4 * point[1]])
        return point
      }
  }

  /// A handful of operations per step on numbers up to 3, in another order than here.
  func expectSame(
    _ found: [[Double]], _ expected: [[Double]], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (found, expected) in zip(found.joined(), expected.joined()) {
      #expect(abs(found - expected) <= 100 * 0x1p-52, sourceLocation: location)
    }
  }

  @Test func `a trial clips by value and by norm`() throws {
    let ways = try surface(
      "learning_rate: 0.125, clip_value: 1.5", "learning_rate: 0.125, clip_norm: 2")
    expectSame(
      ways[0],
      byHand { _, point, gradient in
        zip(point, gradient).map { $0 - 0.125 * min(max($1, -1.5), 1.5) }
      })
    expectSame(
      ways[1],
      byHand { _, point, gradient in
        let norm = (gradient[0] * gradient[0] + gradient[1] * gradient[1]).squareRoot()
        let scale = min(1, 2 / (norm + 1e-6))
        return zip(point, gradient).map { $0 - 0.125 * scale * $1 }
      })
    #expect(ways[0] != ways[1])
  }

  @Test func `a trial decays in every way that its scenario says`() throws {
    let ways = try surface(
      "learning_rate: 0.125, l1: 0.5", "learning_rate: 0.125, l2: 0.5",
      "learning_rate: 0.125, decoupled_decay: 0.5",
      "learning_rate: 0.125, l2: 0.5, groups: [{parameters: 1, l2: 0, l1: 0.25}]",
      "learning_rate: 0.125, l2: 0.5, groups: [{parameters: 1, l1: 0.25}]",
      "learning_rate: 0.125, l2: 0.5, groups: [{parameters: 1, learning_rate: 0.25}]")
    expectSame(
      ways[0],
      byHand { _, point, gradient in
        zip(point, gradient).map { $0 - 0.125 * ($1 + 0.5 * ($0 > 0 ? 1 : $0 < 0 ? -1 : 0)) }
      })
    let l2 = byHand { _, point, gradient in
      zip(point, gradient).map { $0 - 0.125 * ($1 + 0.5 * $0) }
    }
    expectSame(ways[1], l2)
    // Of plain gradient descent, both are the same.
    expectSame(ways[2], l2)
    expectSame(
      ways[3],
      byHand { _, point, gradient in
        [
          point[0] - 0.125 * (gradient[0] + 0.5 * point[0]),
          point[1] - 0.125
            * (gradient[1] + (point[1] > 0 ? 0.25 : point[1] < 0 ? -0.25 : 0)),
        ]
      })
    // What a group does not say, it has from the others.
    expectSame(
      ways[4],
      byHand { _, point, gradient in
        [
          point[0] - 0.125 * (gradient[0] + 0.5 * point[0]),
          point[1] - 0.125
            * (gradient[1] + 0.5 * point[1] + (point[1] > 0 ? 0.25 : point[1] < 0 ? -0.25 : 0)),
        ]
      })
    expectSame(
      ways[5],
      byHand { _, point, gradient in
        [
          point[0] - 0.125 * (gradient[0] + 0.5 * point[0]),
          point[1] - 0.25 * (gradient[1] + 0.5 * point[1]),
        ]
      })
  }

  @Test func `a trial keeps what its scenario says of each update`() throws {
    let ways = try surface(
      "learning_rate: 0.125, keep: 1", "learning_rate: 0.125, keep_share: 0.5")
    let expected = byHand { _, point, gradient in
      // Of equal moves the earlier one is made.
      let first = abs(gradient[0]) >= abs(gradient[1])
      return [
        point[0] - (first ? 0.125 * gradient[0] : 0), point[1] - (first ? 0 : 0.125 * gradient[1]),
      ]
    }
    expectSame(ways[0], expected)
    expectSame(ways[1], expected)
    // Both coordinates had their turns.
    #expect(ways[0].last?[0] != 3 && ways[0].last?[1] != 2)
  }

  @Test func `a trial accumulates and has groups`() throws {
    let ways = try surface(
      "learning_rate: 0.125, accumulate: 3",
      "learning_rate: 0.125, groups: [{parameters: 1, learning_rate: 0.0625}]")
    // Three gradients at one point have its gradient for a mean; twelve make four updates.
    expectSame(
      ways[0],
      byHand(steps: 4) { _, point, gradient in zip(point, gradient).map { $0 - 0.125 * $1 } })
    expectSame(
      ways[1],
      byHand { _, point, gradient in
        [point[0] - 0.125 * gradient[0], point[1] - 0.0625 * gradient[1]]
      })
  }

  /// Too fast on one coordinate: the loss grows at every step, so that the rate halves after more than one bad one.
  @Test func `a trial reduces its rate on a plateau and records it`() throws {
    let record = try records(
      "problem: {surface: ellipse, condition_number: 4, start: [3, 2]}\nbudget: {steps: 30}",
      [
        "sgd: {learning_rate: 0.75, schedule: {reduce_on_plateau: {factor: 0.5, patience: 1, cooldown: 1, minimum: 0.01}}}"
      ])[0]
    var (rate, best, worse, cooldown) = (0.75, Double.infinity, 0, 0)
    var rates: [Double] = []
    let losses = try #require(record.curve(.loss)).values
    for (step, loss) in losses.dropLast().enumerated() {
      // The loss before the first step is that of no rate.
      if step > 0 {
        if loss < best * (1 - 1e-4) { (best, worse) = (loss, 0) } else { worse += 1 }
        if cooldown > 0 { (cooldown, worse) = (cooldown - 1, 0) }
        if worse > 1 { (rate, worse, cooldown) = (max(rate * 0.5, 0.01), 0, 1) }
      }
      rates.append(rate)
    }
    #expect(record.curve(.learningRate)?.values == rates)
    #expect(rates.first == 0.75 && Set(rates).count >= 2)
    let way = try #require(record.trajectory)
    for step in rates.indices {
      #expect(
        abs(way.y[step + 1] - way.y[step] * (1 - 4 * rates[step]))
          <= 4 * 0x1p-52 * abs(way.y[step]))
    }
  }
}
