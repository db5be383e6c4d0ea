import Optimizers
import Parameters
import Records

/// The keys of an optimizer beside its hyperparameters.
enum EntrantKeys {
  static let label = ParameterDescription(
    "label", .text("a text of one line"), absent: "the optimizer's name", "name in results")
  static let tuned = ParameterDescription(
    "tuned", .flag, absent: "false", "uses the hyperparameters that 'bench tune' chose")
  static let schedule = ParameterDescription(
    "schedule", .nested(NestedKind("schedule", phrase: "a schedule")), absent: "constant",
    "how the learning rate changes")
  static let groups = ParameterDescription(
    "groups",
    .phrased(
      "a list such as [{parameters: biases, weight_decay: 0}]",
      .list(of: .nested(NestedKind("group", phrase: "a mapping")), counts: 1...1000)),
    absent: "none", "parameters with different hyperparameters")
  /// Of a group.
  static let selection = ParameterDescription(
    "parameters",
    .text("weights, biases, gains, or indices counted from 0 such as 3 or 0-9"), isRequired: true,
    "which parameters are in the group")

  static let descriptions = [label, tuned, schedule] + UpdateOptions.descriptions + [groups]
}

extension Target {
  /// What may be a target of a network: nothing of the test set, so that it decides nothing.
  static let networkMetrics: [Metric] = [
    .validationAccuracy, .validationLoss, .trainLoss, .trainAccuracy,
    .validationR2, .trainR2,
  ]
  /// What is known of a network and is no target.
  static let reportedMetrics: [Metric] = [.testAccuracy, .testLoss, .testR2]

  static func descriptions(for metrics: [Metric]) -> [ParameterDescription] {
    metrics.map {
      ParameterDescription(
        $0.rawValue,
        $0.isAccuracy
          ? .phrased("a fraction from 0 to 1", .number(in: 0...1))
          : $0.isExplained
            ? .phrased("a number of at most 1", .number(NumberInterval(-.infinity, 1)))
            : .phrased("a number", .real), absent: "none", $0.summary)
    }
  }
}
