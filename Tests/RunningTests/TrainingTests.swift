import Datasets
import Foundation
import Networks
import Optimizers
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Nothing to watch and nobody to stop.
struct SilentObserver: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

@Suite struct TrainingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func result(of text: String, masterSeed: UInt64) throws -> ScenarioResult {
    let path = try folder.write(text, to: "scenario.yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: masterSeed, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("store.sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0])
  }

  /// The loop written out once more: initial parameters and batches by master seed and seed index, the batch's loss before each
  /// step, both whole sets before training and after each epoch. Equal to the bit, because it is the same arithmetic.
  @Test func `training is the loop that its documentation says`() throws {
    let result = try result(
      of: """
        title: T
        problem: {network: {dataset: digits, layers: [dense 12, relu, dense 10], batch_size: 200}}
        budget: {epochs: 2}
        seeds: 2
        optimizers: [rmsprop]
        """, masterSeed: 77)
    let dataset = try DatasetCatalogue.load("digits", directory: nil)
    let specification = NetworkSpecification(
      layers: [.dense(units: 12), .relu, .dense(units: 10)])
    for seed in 0..<2 {
      let problem = try NetworkProblem(specification, dataset: dataset, batchSize: 200)
      var parameters = problem.initialParameters(masterSeed: 77, seedIndex: seed)
      var gradient = [Float](repeating: 0, count: parameters.count)
      let stepper = RMSprop().stepper(count: parameters.count, as: Float.self)
      var expected: [Metric: [Double]] = [:]
      func evaluate(_ parameters: [Float]) {
        let train = problem.evaluate(.train, parameters: parameters.span)
        let test = problem.evaluate(.test, parameters: parameters.span)
        expected[.trainLoss, default: []].append(train.loss)
        expected[.trainAccuracy, default: []].append(train.accuracy)
        expected[.testLoss, default: []].append(test.loss)
        expected[.testAccuracy, default: []].append(test.accuracy)
      }
      evaluate(parameters)
      for epoch in 1...2 {
        problem.beginEpoch(epoch, masterSeed: 77, seedIndex: seed)
        for batch in 0..<problem.batchesPerEpoch {
          var gradientSpan = gradient.mutableSpan
          expected[.loss, default: []].append(
            problem.lossAndGradient(
              batch: batch, parameters: parameters.span, gradient: &gradientSpan))
          var span = parameters.mutableSpan
          stepper.step(
            &span, gradients: gradient.span, learningRate: RMSprop().learningRate)
        }
        evaluate(parameters)
      }
      let trial = try #require(result.runs.first { $0.seed == seed }).trial
      for (metric, values) in expected {
        #expect(trial.curve(metric)?.values == values, "\(metric.rawValue), seed \(seed)")
      }
      #expect(trial.curve(.testLoss)?.steps == [0, 8, 16])
      #expect(
        trial.curve(.loss)?.epochs == [Int](repeating: 1, count: 8) + [Int](repeating: 2, count: 8))
    }
  }

  /// At (3, 2) with κ = 4: f = ½(9 + 16) = 12.5, ∇f = (3, 8), |∇f| = √73.
  @Test func `the first point of a surface trial is its start`() throws {
    let trial = try result(
      of: """
        title: T
        problem: {surface: ellipse, condition_number: 4, start: [3, 2]}
        budget: {steps: 30000}
        optimizers: [sgd: {learning_rate: 0.1}]
        """, masterSeed: 1
    ).runs[0].trial
    #expect(trial.curve(.loss)?.values.first == 12.5)
    #expect(trial.curve(.gradientNorm)?.values.first == 73.0.squareRoot())
    // 30,000 steps are more than are kept: every second one, the first and the last among them.
    let steps = try #require(trial.curve(.loss)?.steps)
    #expect(steps.first == 0 && steps[1] == 2 && steps.last == 30_000 && steps.count == 15_001)
    #expect(trial.trajectory?.steps == steps && trial.steps == 30_000)
  }

  @Test func `a landscape has the surface's values at its places`() throws {
    let record = try result(
      of: """
        title: T
        problem: {surface: rosenbrock}
        budget: {steps: 1}
        optimizers: [sgd]
        """, masterSeed: 1
    ).scenario
    let landscape = try #require(record.landscape)
    for (column, row) in [(0, 0), (200, 0), (0, 200), (37, 151)] {
      let x = landscape.x.position(column)
      let y = landscape.y.position(row)
      let value = (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
      // The same formula in another order of additions: a few units in the last place.
      #expect(abs(landscape.values[row * 201 + column] - value) <= 1e-12 * max(1, value))
    }
    #expect(landscape.start == .init(x: -1.2, y: 1))
    #expect(landscape.landmarks == [.init(kind: .minimum, point: .init(x: 1, y: 1))])
  }

  /// Seattle's first days of 2012 were 12.8 and 10.6 °C: v₁ = 0.1·12.8, v₂ = 0.9·v₁ + 0.1·10.6, corrected by 0.1 and 0.19.
  @Test func `a smoothing scenario has averages and corrected averages in their places`() throws {
    let record = try result(
      of: "title: T\nproblem: {series: seattle-daily-temperature, betas: [0.9]}\n", masterSeed: 1
    ).scenario
    let smoothing = try #require(record.smoothing)
    #expect(smoothing.values.count == 1461 && smoothing.firstDay == "2012-01-01")
    let average = smoothing.averages[0]
    for (found, expected) in [
      (average.average[0], 1.28), (average.average[1], 2.212), (average.corrected[0], 12.8),
      (average.corrected[1], 2.212 / 0.19),
    ] { #expect(abs(found - expected) < 1e-13 * 12.8 / 0.1) }
  }

  @Test func `a network that does not fit the data found is refused before anything runs`() throws {
    let text = """
      title: T
      problem: {network: {dataset: digits, layers: [dense 10], batch_size: 1437}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    #expect(try result(of: text, masterSeed: 1).missing == 0)
  }
}
