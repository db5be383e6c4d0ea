import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// What networks are ranked and tuned by, and what their targets are.
@Suite struct MetricReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private static func network(_ lines: String, keys: String = "", layers: String = "dense 10")
    -> String
  {
    """
    title: N
    problem: {network: {dataset: digits, layers: [\(layers)]\(keys)}}
    budget: {epochs: 1}
    optimizers: [sgd]
    \(lines)
    """
  }
  private static let surface = """
    title: S
    problem: {surface: rosenbrock}
    budget: {steps: 1}
    optimizers: [sgd]

    """

  @Test(arguments: [
    ("", Metric.testAccuracy, Metric.validationAccuracy),
    ("rank_by: test_loss", .testLoss, .validationLoss),
    ("rank_by: validation_accuracy", .validationAccuracy, .validationAccuracy),
    ("rank_by: train_loss", .trainLoss, .trainLoss),
    ("tuning: {metric: validation_loss}", .testAccuracy, .validationLoss),
    ("rank_by: test_loss\ntuning: {metric: train_accuracy}", .testLoss, .trainAccuracy),
  ])
  func `tuning follows the ranking on the validation set unless told`(
    lines: String, ranking: Metric, tuning: Metric
  ) throws {
    let scenario = try desk.read(Self.network(lines, keys: ", validation: 0.1"))
    #expect(scenario.rankingMetric == ranking)
    #expect(scenario.tuningMetric(scenario.tuning) == tuning)
  }

  @Test func `without classes the loss ranks and tunes`() throws {
    let scenario = try desk.read(
      Self.network("", keys: ", loss: reconstruction", layers: "dense 64"))
    #expect(scenario.rankingMetric == .testLoss)
    #expect(scenario.tuningMetric(scenario.tuning) == .validationLoss)
  }

  @Test func `a surface is ranked and tuned by its loss`() throws {
    let scenario = try desk.read(Self.surface + "tuning: {metric: loss}")
    #expect(scenario.rankingMetric == .loss)
    #expect(scenario.tuningMetric(scenario.tuning) == .loss)
  }

  @Test(arguments: [
    (
      "rank_by: accuracy",
      "5: 'rank_by' must be one of test_accuracy, test_loss, validation_accuracy, validation_loss, train_accuracy, train_loss, test_r2, validation_r2, train_r2, not 'accuracy'"
    ),
    (
      "rank_by: validation_loss",
      "5: 'rank_by': validation_loss needs validation samples: add 'validation: 0.1' to the network"
    ),
    (
      "variants: {loss: [softmax_cross_entropy, reconstruction], layers: {a: [dense 64]}}\nrank_by: test_accuracy",
      "6: 'rank_by': test_accuracy needs a loss over classes"
    ),
    (
      "tuning: {metric: test_accuracy}",
      "5: 'metric' must be one of loss, validation_loss, validation_accuracy, validation_r2, train_loss, train_accuracy, train_r2, not 'test_accuracy' (did you mean 'train_accuracy'?)"
    ),
    (
      "tuning: {metric: loss}",
      "5: 'metric' of tuning cannot be loss here: a network is tuned by one of validation_loss, validation_accuracy, train_loss, train_accuracy"
    ),
    (
      "target: {test_accuracy: 0.9}",
      "5: 'test_accuracy' cannot be a target: the test set is only reported; use 'validation_accuracy', which needs a validation set, such as 'validation: 0.1' in the network"
    ),
    (
      "target: {test_loss: 0.9}",
      "5: 'test_loss' cannot be a target: the test set is only reported; use 'validation_loss', which needs a validation set, such as 'validation: 0.1' in the network"
    ),
    (
      "target: {validation_accuracy: 0.9}",
      "5: 'validation_accuracy' needs validation samples: add 'validation: 0.1' to the network"
    ),
  ])
  func `what cannot rank, choose or be a target is named`(lines: String, issue: String) throws {
    #expect(try desk.issues(Self.network(lines)).contains(issue))
  }

  @Test func `a surface has one metric`() throws {
    #expect(
      try desk.issues(Self.surface + "rank_by: train_loss")
        == ["5: 'rank_by' is for networks; surfaces are ranked by their loss"])
    #expect(
      try desk.issues(Self.surface + "tuning: {metric: validation_loss}")
        == ["5: 'metric' of tuning cannot be validation_loss here: a surface is tuned by loss"])
  }

  @Test func `the ranking can be changed from the command line`() throws {
    let path = try desk.folder.write(Self.network(""), to: "n.yaml")
    let change = try #require(ScenarioChange("rank_by=test_loss"))
    let scenario = try desk.library.load([path], changes: [change])[0]
    #expect(scenario.rankingMetric == .testLoss)
  }
}
