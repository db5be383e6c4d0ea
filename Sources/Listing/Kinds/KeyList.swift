import Networks
import Scenarios

/// The keys of a scenario, in groups.
struct KeyGroups {
  var name: String
  var summary: String
  var parameters: [ListedParameter]

  static let all =
    ScenarioKeys.all.map {
      KeyGroups(
        name: $0.name, summary: $0.summary, parameters: $0.parameters.map(ListedParameter.init))
    } + [
      KeyGroups(
        name: "network", summary: "keys of 'problem: network:' and of training",
        parameters: network)
    ]

  static let network: [ListedParameter] =
    [
      ListedParameter(
        name: "layers", standard: .absent,
        allowed:
          "a list of \(LayerSpecification.forms.joined(separator: ", ")), {residual: [layers]}, {repeat N: [layers]}",
        meaning: "from input to output; the last layer has one output per class"),
      ListedParameter(
        name: "initialization",
        standard: .text(NetworkTask.defaultInitialization.description),
        allowed: "one of \(Initialization.forms.joined(separator: ", "))",
        meaning:
          "initial weights, or {weights: HOW, biases: NUMBER}; of one layer: 'dense 10 init HOW bias NUMBER'"
      ),
      ListedParameter(
        name: "loss", standard: .text(NetworkTask.defaultLoss.rawValue),
        allowed: "one of \(LossFunction.allCases.map(\.rawValue).joined(separator: ", "))",
        meaning:
          "loss function to minimize; {NAME: {hardest: 0.25}} keeps only that share of a batch, the largest losses"
      ),
      ListedParameter(
        name: "penalty", standard: .text("none"),
        allowed: "{l1: 0.01, l2: 0.02, half: true, biases: true}",
        meaning: "added to the loss: l1·Σ|w| + l2·Σw², half of it with 'half'; weights only by default"
      ),
      ListedParameter(
        name: "task", standard: .absent, allowed: "a network's name",
        meaning:
          "a predefined network, optionally with some keys overridden: 'network: fmnist_2c2d'"),
    ]
    + TrainingOption.all.map {
      ListedParameter(
        name: $0.name, standard: $0.defaultText.isEmpty ? .absent : .text($0.defaultText),
        allowed: $0.allowed, meaning: $0.summary)
    }
}

extension KindList {
  static let keys = KindList(
    kind: .keys, columns: ["name", "group", "default", "allowed", "searched", "meaning"],
    headings: ["name", "group", "default", "meaning"],
    entries: KeyGroups.all.flatMap { group in
      group.parameters.map { key in
        ListEntry(
          name: key.name, line: [key.name, group.name, key.standard.text, key.meaning],
          rows: [
            [
              .text(key.name), .text(group.name), key.standard, .text(key.allowed),
              key.searchedCell, .text(key.meaning),
            ]
          ],
          summary: key.meaning,
          facts: [
            .init("group", "\(group.name): \(group.summary)"), .init("allowed", key.allowed),
            .init("default", key.standard.text.isEmpty ? "none" : key.standard.text),
          ] + (key.searched.isEmpty ? [] : [.init("searched", key.searched)]))
      }
    },
    groups: KeyGroups.all.map { group in
      ListEntry(
        name: group.name, line: [], rows: [], summary: group.summary,
        sections: [.init(parameters: group.parameters, title: "keys")].compactMap(\.self))
    })
}
