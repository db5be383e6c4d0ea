import Foundation
import Optimizers
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

@Suite struct ScheduleReadingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let surface = "surface: rosenbrock"
  private static let network = "network: {dataset: digits, layers: [dense 8, relu, dense 10]}"

  private func read(_ settings: String, network: Bool = false) throws -> Entrant {
    let path = try folder.write(
      """
      title: T
      problem: {\(network ? Self.network : Self.surface)}
      budget: {\(network ? "epochs" : "steps"): 10}
      optimizers:
        - sgd: {\(settings)}
      """, to: "x.yaml")
    return try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0].entrants[0]
  }

  private func issues(_ settings: String, network: Bool = false) throws -> [String] {
    do throws(any Error) {
      _ = try read(settings, network: network)
      return []
    } catch let error as ScenarioError {
      guard case .invalid(let issues) = error else { throw error }
      #expect(issues.allSatisfy { $0.line == 5 })
      return issues.map(\.message)
    }
  }

  @Test(arguments: [
    ("cosine", "cosine(length auto minimum 0) per step"),
    (
      "{cosine: {length: 500, minimum: 0.001}}", "cosine(length 500 minimum 0.001) per step"
    ),
    (
      "{warm_up: 100, then: cosine}",
      "warm_up(length 100 start 0.1) then cosine(length auto minimum 0) per step"
    ),
    (
      "{warm_up: 5, then: {constant: {length: 9}, then: {exponential: 0.9}}}",
      "warm_up(length 5 start 0.1) then constant(factor 1 length 9) then exponential(factor 0.9) per step"
    ),
    ("{multi_step: [10, 20]}", "multi_step(milestones 10/20 factor 0.1) per step"),
    ("{table: {0: 0.5, 10: 0.1}}", "table(rates 0:0.5/10:0.1) per step"),
  ])
  func `schedules are read in every form`(text: String, description: String) throws {
    #expect(try read("schedule: \(text)").schedule?.description == description)
  }

  @Test func `a network's schedule says per what, unless it spans the budget`() throws {
    #expect(try issues("schedule: cosine", network: true).isEmpty)
    #expect(try issues("schedule: {exponential: 0.95, per: epoch}", network: true).isEmpty)
    let message = "a schedule of a network needs 'per: step' or 'per: epoch'"
    #expect(try issues("schedule: exponential", network: true) == [message])
    #expect(try issues("schedule: {exponential: 0.95}", network: true) == [message])
  }

  @Test func `every mistake is reported at once, with the nearest name`() throws {
    let found = try issues(
      """
      schedule: {cosin: {length: 3}, per: epoch}, clip_nrm: 1, clip_value: -1, accumulate: 0, l1: x, \
      keep_share: 2, centralize: true, groups: [{parameters: biases}, {parameters: 0-2, momentum: 1}]
      """)
    #expect(found.contains("unknown schedule 'cosin' (did you mean 'cosine'?)"))
    #expect(found.contains("a surface has no epochs; write 'per: step'"))
    #expect(found.contains("unknown key 'clip_nrm' in sgd (did you mean 'clip_norm'?)"))
    #expect(found.contains("'clip_value' must be a number above 0, not '-1'"))
    #expect(found.contains("'accumulate' must be a whole number from 1 to 1000000, not '0'"))
    #expect(found.contains("'l1' must be a number above 0, not 'x'"))
    #expect(found.contains("'keep_share' must be a number in (0, 1], not '2'"))
    #expect(found.contains("'centralize' needs matrices of weights, and a surface has none"))
    #expect(found.contains("a surface has no biases; name coordinates, such as 0 or 0-1"))
    #expect(found.contains("'parameters' must be within 0-1, not '0-2'"))
    #expect(found.contains { $0.hasPrefix("unknown key 'momentum' in a group") })
    #expect(found.count == 11)
  }

  @Test func `a schedule that follows needs one with an end`() throws {
    #expect(try issues("schedule: {exponential: 0.9, then: cosine}").count == 1)
    #expect(try issues("schedule: {cosine: {length: 0}}").count == 1)
    #expect(try issues("schedule: multi_step") == ["multi_step needs the key 'milestones'"])
  }

  @Test func `what a schedule watches must be there when it asks`() throws {
    func found(_ settings: String, network: Bool) throws -> [String] {
      try issues("schedule: {reduce_on_plateau: {\(settings)}", network: network)
    }
    #expect(try found("metric: train_loss}, per: epoch", network: true).isEmpty)
    #expect(
      try found("metric: train_loss}, per: step", network: true) == [
        "'metric' of reduce_on_plateau needs 'per: epoch': train_loss is computed once per epoch"
      ])
    #expect(
      try found("metric: validation_loss}, per: epoch", network: true) == [
        "'metric' of reduce_on_plateau needs validation samples: add 'validation: 0.1' to the network, or another 'metric'"
      ])
    #expect(
      try issues(
        "schedule: {warm_up: {length: 2}, then: {reduce_on_plateau: {metric: train_loss}}}")
        == ["'metric' of reduce_on_plateau is for networks; a surface has its loss"])
    #expect(
      try found("metric: test_loss}, per: epoch", network: true) == [
        "'metric' of reduce_on_plateau must be one of validation_loss, validation_accuracy, train_loss, train_accuracy (never of the test set), not 'test_loss'"
      ])
    #expect(
      try found("threshold: 1.5}", network: false) == [
        "'threshold' of reduce_on_plateau must be below 1, or be absolute (threshold_mode: absolute)"
      ])
    #expect(try found("threshold: 1.5, threshold_mode: absolute}", network: false).isEmpty)
  }

  @Test func `groups name biases, weights and ranges`() throws {
    let entrant = try read(
      "weight_decay: 0.1, groups: [{parameters: biases, weight_decay: 0}, {parameters: 0-3, learning_rate: 1}]",
      network: true)
    // 8 rows of 64 pixels, 8 biases, 10 rows of 8 units, 10 biases.
    #expect(entrant.pipeline.groups.map(\.range) == [512..<520, 600..<610, 0..<4])
    #expect(
      try issues("groups: [{parameters: weights}, {parameters: 3}]", network: true).count == 1)
  }
}
