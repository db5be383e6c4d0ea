import Certification
import Experiments
import Foundation
import Optimizers
import Problems
import Records
import TestSupport
import Testing

/// What surrounds a rule in a scenario, as the trial has it: each trial once more by hand.
@Suite struct SurroundingsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func records(_ problem: String, _ optimizers: [String]) throws -> [TrialRecord] {
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
  private func surface(_ settings: String..., steps: Int = 12) throws -> [[[Double]]] {
    try records(
      "problem: {surface: ellipse, condition_number: 4, start: [3, 2]}\nbudget: {steps: \(steps)}",
      settings.map { "sgd: {\($0)}" }
    ).map { record in
      let way = try #require(record.trajectory)
      return zip(way.x, way.y).map { [$0, $1] }
    }
  }

  /// The same surface, `change` being one step of gradient descent.
  private func byHand(
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
  private func expectSame(
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
    // Three gradients at one point have its gradient for a mean.
    expectSame(
      ways[0],
      byHand { step, point, gradient in
        step % 3 == 2 ? zip(point, gradient).map { $0 - 0.125 * $1 } : point
      })
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

  /// PyTorch 2.13's lists. The rate of the curve is 0.1 at its peak, as there.
  @Test(arguments: ["one_cycle", "one_cycle_linear", "one_cycle_three_phase"])
  func `a trial's rates and momenta are those of PyTorch's one cycle`(name: String) throws {
    struct File: Decodable {
      struct Schedule: Decodable {
        var name: String
        var lr: [Double]
        var momentum: [Double]?
      }
      var schedules: [Schedule]
    }
    let file = try JSONDecoder().decode(File.self, from: ReferenceFiles.data("schedules.json"))
    let recorded = try #require(file.schedules.first { $0.name == name })
    let momenta = try #require(recorded.momentum)
    let settings = [
      "one_cycle": "rise: 0.3", "one_cycle_linear": "rise: 0.25, annealing: linear",
      "one_cycle_three_phase": "rise: 0.4, divisor: 10, final_divisor: 100, three_phases: true",
    ]
    let schedule = "schedule: {one_cycle: {\(settings[name] ?? "")}}"
    let runs = try records(
      "problem: {surface: ellipse, condition_number: 4, start: [3, 2]}\nbudget: {steps: 100}",
      [
        "momentum: {learning_rate: 0.1, \(schedule)}", "adam: {learning_rate: 0.1, \(schedule)}",
        "momentum: {learning_rate: 0.1, momentum: 0.5, \(schedule.replacing("rise", with: "cycle_momentum: false, rise"))}",
        "sgd: {learning_rate: 0.1, \(schedule)}",
      ])
    for run in runs {
      let rates = try #require(run.curve(.learningRate)).values
      // The bound of the certification of schedules: three roundings for each of a hundred steps.
      for (found, expected) in zip(rates, recorded.lr) {
        #expect(abs(found - expected) <= 300 * 0x1p-53 * expected)
      }
    }
    for run in runs[..<2] {
      let found = try #require(run.curve(.momentum))
      #expect(found.steps == Array(0..<100) && momenta.count == 100)
      for (found, expected) in zip(found.values, momenta) {
        #expect(abs(found - expected) <= 300 * 0x1p-53)
      }
    }
    #expect(runs[2].curve(.momentum) == nil && runs[3].curve(.momentum) == nil)
    // And what is recorded is what the rule had: v ← μv + g, θ ← θ − αv, and Adam of Kingma and Ba with μ for β₁.
    func follow(_ run: TrialRecord, _ step: (inout Double, Double, Int) -> Void) throws {
      let way = try #require(run.trajectory)
      var x = 3.0
      for index in 0..<100 {
        step(&x, x, index)
        // Rounding grows with the momentum's memory of 1/(1 − 0.95) = 20 steps, over 100 of them.
        #expect(abs(way.x[index + 1] - x) <= 100 * 20 * 8 * 0x1p-52, "step \(index)")
      }
    }
    var velocity = 0.0
    try follow(runs[0]) { x, gradient, index in
      velocity = momenta[index] * velocity + gradient
      x -= recorded.lr[index] * velocity
    }
    velocity = 0
    try follow(runs[2]) { x, gradient, index in
      velocity = 0.5 * velocity + gradient
      x -= recorded.lr[index] * velocity
    }
    var (mean, square) = (0.0, 0.0)
    try follow(runs[1]) { x, gradient, index in
      let beta = momenta[index]
      mean = beta * mean + (1 - beta) * gradient
      square = 0.999 * square + 0.001 * gradient * gradient
      let time = Double(index + 1)
      x -=
        recorded.lr[index] * (mean / (1 - pow(beta, time)))
        / ((square / (1 - pow(0.999, time))).squareRoot() + 1e-8)
    }
  }

  /// One dense layer without the trial: rows of weights lose their mean, biases and decay have a group of their own.
  @Test func `a network's trial centralises, groups and decays as its scenario says`() throws {
    let record = try records(
      "problem: {network: {dataset: digits, layers: [dense 10], batch_size: 200}}\nbudget: {epochs: 2}",
      [
        "sgd: {learning_rate: 0.25, l2: 0.125, centralize: true, groups: [{parameters: biases, l2: 0, learning_rate: 0.5}], schedule: {exponential: 0.5, per: epoch}}"
      ])[0]
    let dataset = try DatasetCatalogue.load("digits", directory: nil)
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [.dense(units: 10)]), dataset: dataset, batchSize: 200)
    var parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    var gradient = [Float](repeating: 0, count: parameters.count)
    var losses: [Double] = []
    for epoch in 1...2 {
      problem.beginEpoch(epoch, masterSeed: 1, seedIndex: 0)
      let rate: Float = epoch == 1 ? 0.25 : 0.125
      for batch in 0..<problem.batchesPerEpoch {
        var span = gradient.mutableSpan
        losses.append(
          problem.lossAndGradient(batch: batch, parameters: parameters.span, gradient: &span))
        for row in 0..<10 {
          let indices = row * 64..<(row + 1) * 64
          let mean = Float(indices.reduce(0) { $0 + Double(gradient[$1]) } / 64)
          for index in indices {
            parameters[index] -= rate * (gradient[index] - mean + 0.125 * parameters[index])
          }
        }
        for index in 640..<650 { parameters[index] -= 2 * rate * gradient[index] }
      }
    }
    // The same arithmetic in Float, but for the order of the last two sums; steps are small against losses of order 1.
    let found = try #require(record.curve(.loss)).values
    #expect(found.count == losses.count)
    for (found, expected) in zip(found, losses) { #expect(abs(found - expected) < 1e-5) }
    #expect(
      record.curve(.learningRate)?.values
        == losses.indices.map { 2 * $0 < losses.count ? 0.25 : 0.125 })
  }
}
