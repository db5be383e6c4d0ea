import Datasets
import Networks
import Optimizers
package import Parameters
import Records

/// The keys of one kind of mapping in a scenario file.
package struct KeyGroup: Sendable {
  /// Such as "network"; unique.
  package let name: String
  package let summary: String
  package let parameters: [ParameterDescription]
}

/// All keys of scenario files, except the parameters in the catalogues of optimizers, schedules, surfaces and layers.
///
/// Readers, lists and documentation take names, domains, defaults and meanings from here.
package enum ScenarioKeys {
  package static let all: [KeyGroup] = [
    KeyGroup(name: "scenario", summary: "the file itself", parameters: scenario),
    KeyGroup(
      name: "problem", summary: "what is minimized: exactly one of surface, network, series",
      parameters: problem),
    KeyGroup(
      name: "surface", summary: "a surface that the scenario defines, under 'problem'",
      parameters: ExpressionOptions.descriptions),
    KeyGroup(name: "network", summary: "a network, under 'problem'", parameters: network),
    KeyGroup(name: "csv", summary: "a 'dataset' from a table", parameters: CSVSource.descriptions),
    KeyGroup(
      name: "idx", summary: "a 'dataset' from a folder of images",
      parameters: IDXSource.descriptions),
    KeyGroup(
      name: "initialization", summary: "a network's 'initialization' with biases",
      parameters: NetworkStart.descriptions),
    KeyGroup(
      name: "layer", summary: "words that follow any layer with parameters",
      parameters: LayerStart.descriptions),
    KeyGroup(
      name: "loss", summary: "options of any loss: {NAME: {KEY: VALUE}}",
      parameters: LossOptions.descriptions),
    KeyGroup(
      name: "penalty", summary: "added to the loss of a network",
      parameters: Penalty.descriptions),
    KeyGroup(
      name: "budget", summary: "one of the two", parameters: budget),
    KeyGroup(
      name: "starts", summary: "random starts on a surface, one per seed",
      parameters: RandomStarts.descriptions),
    KeyGroup(
      name: "instances", summary: "rotations and shifts of a surface, one of each per seed",
      parameters: RandomInstances.descriptions),
    KeyGroup(name: "target", summary: "one of them, with its value", parameters: target),
    KeyGroup(
      name: "early_stopping", summary: "ends training without improvement",
      parameters: EarlyStopping.descriptions),
    KeyGroup(
      name: "convergence", summary: "ends a trial that barely changes",
      parameters: Convergence.descriptions),
    KeyGroup(
      name: "optimizer_entry",
      summary: "available for every optimizer, besides its hyperparameters",
      parameters: optimizer),
    KeyGroup(
      name: "group", summary: "one of 'groups', with hyperparameters of its optimizer",
      parameters: group),
    KeyGroup(
      name: "schedule", summary: "around a schedule: {NAME: {...}, per: epoch}",
      parameters: schedule),
    KeyGroup(name: "tuning", summary: "how 'bench tune' searches", parameters: tuning),
    KeyGroup(
      name: "range", summary: "values of a swept key, and of 'space' without 'count'",
      parameters: range),
  ]

  /// The keys of a group.
  static func keys(of name: String) -> [ParameterDescription] {
    guard let group = all.first(where: { $0.name == name }) else {
      preconditionFailure("there is no group of keys '\(name)'")
    }
    return group.parameters
  }

  private static let scenario: [ParameterDescription] =
    descriptions(of: ScenarioOptions.self, ["title"])
    + [
      ParameterDescription(
        "problem", .nested(NestedKind("problem", phrase: "a mapping")), isRequired: true,
        "what the optimizers minimize"),
      ParameterDescription(
        "budget", .nested(NestedKind("budget", phrase: "a mapping of steps or epochs")),
        isRequired: true, "how long each run is"),
      ParameterDescription(
        "optimizers", .list(of: .nested(.optimizer), counts: 1...1000), isRequired: true,
        "what is compared: names, each alone or with its settings"),
      ParameterDescription(
        "variants",
        .phrased(
          "a list such as [{label: one sample, batch_size: 1}], or keys with the values they take, such as {batch_size: [1, 32]}",
          .list(of: .nested(NestedKind("variant", phrase: "a mapping")), counts: 1...500)),
        absent: "none", "settings to compare with every optimizer"),
    ] + descriptions(of: ScenarioOptions.self, ["seeds"]) + SurfaceReplicates.descriptions
    + [
      ParameterDescription(
        "target", .nested(NestedKind("target", phrase: "a mapping of one metric to its value")),
        absent: "none", "value to reach; runs are compared by the number of steps to reach it")
    ] + descriptions(of: ScenarioOptions.self, ["rank_by"]) + StoppingRules.descriptions
    + [
      ParameterDescription(
        "charts", .list(of: .text("a name"), counts: 0...100), absent: "all that suit the problem",
        "charts to draw")
    ] + descriptions(of: ScenarioOptions.self, ["long"])
    + [
      ParameterDescription(
        "tuning", .nested(.group(TuningSettings.self)), absent: "the defaults",
        "how 'bench tune' searches")
    ]

  private static let problem: [ParameterDescription] =
    [
      ParameterDescription(
        "surface", .text("the name of a surface, or {expression: FORMULA}"), absent: "none",
        "test function to minimize, with its parameters beside it"),
      ParameterDescription(
        "network", .nested(NestedKind("network", phrase: "a network's name, or a mapping")),
        absent: "none", "network to train"),
    ] + SeriesSmoothing.descriptions + SurfaceOptions.descriptions

  private static let network: [ParameterDescription] =
    [
      ParameterDescription(
        "task", .text("the name of a network"), absent: "none",
        "predefined network, optionally with some keys overridden"),
      ParameterDescription(
        "dataset", .text("a name, {idx: FOLDER} or {csv: FILE, label: COLUMN}"),
        isRequired: true, "training and test data"),
      ParameterDescription(
        "layers",
        .phrased(
          "a list of layers (\(LayerSpecification.forms.joined(separator: ", ")), {residual: […]}, {repeat N: […]})",
          .list(of: .nested(NestedKind("layer", phrase: "a layer")), counts: 1...4096)),
        isRequired: true,
        "from the inputs to the outputs; the last layer has one output per class"),
    ] + start + loss
    + [
      ParameterDescription(
        "penalty", .nested(.group(Penalty.self)), absent: "none", "added to the loss")
    ] + DataPreparation.descriptions + TrainingOptions.descriptions

  private static let start: [ParameterDescription] = [
    ParameterDescription(
      "initialization", .nested(.initialization), absent: "\(NetworkStart().weights)",
      "how weights start, or {weights: HOW, biases: NUMBER}")
  ]

  private static let loss: [ParameterDescription] = [
    ParameterDescription(
      "loss", .choice(LossFunction.allCases.map(\.rawValue)),
      absent: NetworkSpecification(layers: []).loss.rawValue, "loss function to minimize")
  ]

  private static let budget: [ParameterDescription] =
    StepBudget.descriptions + EpochBudget.descriptions

  private static let target: [ParameterDescription] = Target.descriptions(
    for: Target.networkMetrics + [.loss])

  private static let optimizer: [ParameterDescription] = EntrantKeys.descriptions

  private static let group: [ParameterDescription] =
    [EntrantKeys.selection] + GroupOptions.descriptions

  private static let schedule: [ParameterDescription] = [
    ParameterDescription(
      "per", .choice(ScheduleUnit.allCases.map(\.rawValue)), absent: "step, on surfaces",
      "unit of a schedule's lengths; networks must state it"),
    ParameterDescription(
      "then", .nested(NestedKind("schedule", phrase: "a schedule")), absent: "none",
      "schedule that follows one with an end"),
  ]

  private static let tuning: [ParameterDescription] =
    TuningSettings.descriptions + [
      ParameterDescription(
        "space",
        .phrased(
          "ranges by name, such as {learning_rate: {log: [1.0e-4, 1]}}",
          .nested(NestedKind("range", phrase: "a mapping"))), absent: "the optimizers' own",
        "ranges by hyperparameter, or by optimizer and hyperparameter; null does not search it")
    ]

  private static let range: [ParameterDescription] =
    SearchScale.allCases.map {
      ParameterDescription(
        $0.rawValue, .phrased($0.requirement, .list(of: .real, counts: 2...2)), absent: "none",
        $0.meaning)
    } + [
      ParameterDescription("count", .whole(2...500), absent: "none", "number of values")
    ]

  private static func descriptions<Owner: Parameterized>(
    of type: Owner.Type, _ names: [String]
  ) -> [ParameterDescription] {
    type.descriptions.filter { names.contains($0.name) }
  }
}

extension ScenarioKeys {
  static func key(_ name: String, of group: String) -> ParameterDescription {
    guard let key = keys(of: group).first(where: { $0.name == name }) else {
      preconditionFailure("'\(name)' is no key of \(group)")
    }
    return key
  }

  /// The keys of a scenario with a problem of one kind; a series has no optimizers.
  static func scenario(of kind: ScenarioRecord.Kind?) -> [ParameterDescription] {
    let series = ["title", "problem", "charts", "long"]
    return kind == .smoothing ? scenario.filter { series.contains($0.name) } : scenario
  }
}
