import Certification
import Datasets
import Foundation
import Networks
import Optimizers
import Records
import TestSupport
import Testing

extension SurroundingsTests {
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
      #expect(rates.count == recorded.lr.count && rates.count == 100)
      for (found, expected) in zip(rates, recorded.lr) {
        #expect(abs(found - expected) <= 300 * 0x1p-53 * expected)
      }
    }
    for run in runs[..<2] {
      let found = try #require(run.curve(.momentum))
      #expect(found.steps == Array(0..<100) && momenta.count == 100)
      #expect(found.values.count == 100)
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
  @Test func `a network's trial centralizes, groups and decays as its scenario says`() throws {
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
