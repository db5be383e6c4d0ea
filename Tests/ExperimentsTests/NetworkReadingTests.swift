import Experiments
import Foundation
import Records
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
        "3: unknown loss 'mse' (there are: softmax_cross_entropy)"
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
}
