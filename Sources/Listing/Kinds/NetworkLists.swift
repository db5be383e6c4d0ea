import Networks
import Parameters
import Scenarios

extension KindList {
  static let networks = KindList(
    kind: .networks,
    columns: ["name", "summary", "source", "dataset", "batch_size", "epochs", "layers"],
    headings: ["name", "data set", "summary"],
    entries: NetworkCatalogue.entries.map { network in
      let layers = network.specification.layers.map(\.description).joined(separator: ", ")
      let settings = network.specification.settings.sorted { $0.key < $1.key }
        .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      return ListEntry(
        name: network.name, line: [network.name, network.dataset, network.summary],
        rows: [
          [
            .text(network.name), .text(network.summary), .text(network.source),
            .text(network.dataset), .number(network.batchSize), .number(network.epochs),
            .text(layers),
          ]
        ],
        summary: network.summary,
        facts: [
          .init("source", network.source), .init("data set", network.dataset),
          .init("layers", layers), .init("training", settings),
          .init("batch size", "\(network.batchSize)"),
          .init("epochs", "\(network.epochs) in its source"),
          .init("in a scenario", "problem: {network: \(network.name)}"),
        ])
    })

  static let layers = KindList(
    kind: .layers, columns: ["name", "form", "summary"], headings: ["form", "summary"],
    isCut: false,
    entries: LayerCatalogue.all.map { type in
      ListEntry(
        name: type.name, line: [type.form, type.summary],
        rows: [[.text(type.name), .text(type.form), .text(type.summary)]], summary: type.summary,
        facts: [.init("written", type.form)])
    })

  static let losses = KindList(
    kind: .losses, columns: ["name", "summary", "formula"],
    headings: ["name", "equation", "summary"],
    entries: LossFunction.allCases.map { loss in
      ListEntry(
        name: loss.rawValue, line: [loss.rawValue, loss.equation, loss.summary],
        rows: [[.text(loss.rawValue), .text(loss.summary), .text(loss.equation)]],
        summary: loss.summary,
        facts: [
          .init(
            "equation",
            "\(loss.equation); z: outputs of the last layer, \(loss.tellsClasses ? "t: 1 for the sample's class and 0 for the others" : "x: the input")"
          ), .init("default", loss == NetworkTask.defaultLoss ? "yes" : "no"),
        ])
    })

  static let initializations = KindList(
    kind: .initializations, columns: ["name", "form", "summary", "source"],
    headings: ["form", "summary", "source"],
    entries: Initialization.descriptions.map { one in
      let name = String(one.form.prefix { $0 != " " })
      return ListEntry(
        name: name, line: [one.form, one.summary, one.source],
        rows: [
          [
            .text(name), .text(one.form), .text(one.summary),
            one.source.isEmpty ? .absent : .text(one.source),
          ]
        ],
        summary: one.summary,
        facts: [.init("written", one.form)]
          + (one.source.isEmpty ? [] : [.init("source", one.source)]) + [
            .init("n, m", "inputs and outputs of a unit"),
            .init("default", NetworkTask.defaultInitialization.description == name ? "yes" : "no"),
          ])
    })
}
