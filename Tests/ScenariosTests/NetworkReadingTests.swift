import Datasets
import Foundation
import Networks
import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Networks and series.
@Suite struct NetworkReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  @Test func `network mistakes name the layer and the shapes`() throws {
    func network(_ body: String) throws -> [String] {
      try desk.issues(
        "title: N\nproblem:\n  network: \(body)\nbudget: {epochs: 1}\noptimizers: [sgd]\n")
    }
    #expect(
      try network("{dataset: digit, layers: [dense 10]}") == [
        "3: unknown data set 'digit' (did you mean 'digits'?)"
      ])
    #expect(
      try network("{dataset: digits, layers: [dens 10]}") == [
        "3: unknown layer 'dens' (did you mean 'dense'?)"
      ])
    let mismatch = try network("{dataset: digits, layers: [dense 7]}")
    #expect(mismatch.count == 1 && mismatch[0].contains("7") && mismatch[0].contains("10 classes"))
    #expect(
      try network("{dataset: digits, layers: [dense 10], batch_size: 2000}") == [
        "3: 'batch_size' must be a whole number from 1 to 1437, or full, not '2000'"
      ])
    #expect(
      try network("{dataset: digits, layers: [dense 10], loss: mse}") == [
        "3: unknown loss 'mse' (there are: softmax_cross_entropy, sigmoid_cross_entropy, mean_squared_error, softmax_mean_squared_error, reconstruction)"
      ])
    #expect(
      try network("fmnist_2c2b") == [
        "3: unknown network 'fmnist_2c2b' (did you mean 'fmnist_2c2d'?)"
      ])
    #expect(try network("") == ["3: network must be a mapping of keys to values, not nothing"])
    #expect(
      try network("{task: digits_mlp, loss: {softmax_cross_entropy: {hardest: 2}}}") == [
        "3: 'hardest' must be a fraction of the mini-batch above 0 and at most 1, not '2'"
      ])
    #expect(
      try network("{task: digits_mlp, penalty: {l3: 1}}").first?.contains("unknown key 'l3'")
        == true)
    #expect(
      try network("{task: digits_mlp, initialization: hee}") == [
        "3: unknown initialization 'hee' (did you mean 'he'?)"
      ])
  }

  @Test func `a network and a series are read too`() throws {
    let network = try desk.read(
      """
      title: N
      problem:
        network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: 32}
      budget: {epochs: 2}
      optimizers: [sgd]
      long: true
      """)
    #expect(network.kind == .network && network.isLong)
    #expect(network.charts == ["loss", "test_accuracy"])
    let series = try desk.read(
      "title: S\nproblem: {series: seattle-daily-temperature, betas: [0.5, 0]}")
    #expect(series.kind == .smoothing && series.charts == ["bias_correction"])
  }

  @Test func `shapes that do not fit are reported at the line of their layer`() throws {
    let text = """
      title: N
      problem:
        network:
          dataset: digits
          layers:
            - conv 4 3x3 same
            - residual:
                - relu
                - conv 5 3x3 same
            - flatten
            - dense 10
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    #expect(
      try desk.issues(text) == [
        "9: a residual block must keep the shape: 'conv 4 3x3 same' gives it 4×8×8, but layer 3 'conv 5 3x3 same', its last, gives 5×8×8"
      ])
    let fitting = text.replacing("conv 5", with: "conv 4")
    #expect(
      try desk.issues(fitting.replacing("- dense 10", with: "- max_pool 2")) == [
        "11: layer 6 'max_pool 2x2' needs images (channels×height×width), but layer 5 'flatten' gives 256"
      ])
    #expect(
      try desk.issues(fitting.replacing("conv 4 3x3 same", with: "conv 4 9x9")) == [
        "6: layer 1 'conv 4 9x9' needs images of at least 9×9 pixels, but the data have 1×8×8"
      ])
    #expect(
      try desk.issues(fitting.replacing("conv 4 3x3 same", with: "conv 4 11x11 padding 1"))
        .first?.contains("at least 11×11 pixels with padding,") == true)
    for count in [" 1000000", " 0", " -1", " 2.5", " x", ""] {
      #expect(
        try desk.issues(fitting.replacing("residual:", with: "repeat\(count):")) == [
          "7: 'repeat\(count)': layers can be repeated from 1 to 1024 times, such as 'repeat 3: [layers]'"
        ])
    }
    #expect(
      try desk.issues(fitting.replacing("residual:", with: "residuel:")).first?.hasPrefix(
        "7: unknown block 'residuel' (did you mean 'residual'?)") == true)
  }

  @Test func `blocks, repetitions, starts, losses and penalties are read`() throws {
    let text = """
      title: N
      problem:
        network:
          dataset: digits
          layers:
            - dense 8 init xavier_uniform bias 0.5
            - repeat 3:
                - residual: [dense 8, relu, dense 8]
                - relu
            - dense 10
          initialization: {weights: truncated_normal 0.05, biases: 0.1}
          loss: {sigmoid_cross_entropy: {hardest: 0.25}}
          penalty: {l1: 0.01, l2: 0.02, half: true}
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    let scenario = try desk.read(text)
    guard case .network(let task) = scenario.problem else {
      Issue.record("a network was written")
      return
    }
    var penalty = Penalty()
    (penalty.l1, penalty.l2, penalty.isHalved) = (0.01, 0.02, true)
    let block = LayerSpecification.residual([.dense(units: 8), .relu, .dense(units: 8)])
    let first = try LayerSpecification(parsing: "dense 8 init xavier_uniform bias 0.5")
    #expect(
      task.specification
        == NetworkSpecification(
          layers: [first, block, .relu, block, .relu, block, .relu, .dense(units: 10)],
          initialization: .truncatedNormal(deviation: 0.05), bias: 0.1, loss: .sigmoidCrossEntropy,
          hardestRatio: 0.25, penalty: penalty))
  }

  @Test func `a named network brings data, layers and batches, and takes other data`() throws {
    func task(_ body: String) throws -> NetworkTask {
      let scenario = try desk.read(
        "title: N\nproblem:\n  network: \(body)\nbudget: {epochs: 1}\noptimizers: [sgd]\n")
      guard case .network(let task) = scenario.problem else {
        throw ScenarioError.notFound("no network")
      }
      return task
    }
    let plain = try task("fmnist_2c2d")
    #expect(plain.dataset == .catalogue("fashion-mnist") && plain.batchSize == .samples(128))
    let moved = try task("{task: fmnist_2c2d, dataset: digits, batch_size: 32, penalty: {l2: 0.1}}")
    #expect(moved.dataset == .catalogue("digits") && moved.batchSize == .samples(32))
    #expect(moved.specification.layers == plain.specification.layers)
    #expect(moved.specification.penalty.l2 == 0.1)
    #expect(try task("fmnist_vae").batchSize == .samples(64))
  }
}
