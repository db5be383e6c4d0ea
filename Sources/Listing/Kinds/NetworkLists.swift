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
          .init("layers", layers), .init("settings", settings(of: network)),
          .init("batch size", "\(network.batchSize)"),
          .init("epochs", "\(network.epochs) in its source"),
          .init("in a scenario", "problem: {network: \(network.name)}"),
        ])
    })

  private static func settings(of network: NetworkCatalogue.Entry) -> String {
    network.specification.settings.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  static let layers = words(LayerCatalogue.all, of: .layers)
  static let initializations = words(Initialization.catalogue, of: .initializations)

  /// Of what a scenario writes as words.
  private static func words(_ types: [any WordForm.Type], of kind: ListKind) -> KindList {
    KindList(
      kind: kind,
      columns: [
        "name", "form", "summary", "formula", "source", "parameter", "default", "allowed",
        "meaning",
      ],
      headings: ["form", "summary"], isCut: false,
      entries: types.map { type in
        var entry = ListEntry(
          type, line: [type.form, type.summary], facts: [.init("written", type.form)])
        entry.rows = entry.rows(
          after: [type.name, type.form, type.summary, type.equation, type.source].map { .text($0) })
        return entry
      })
  }

  static let losses = KindList(
    kind: .losses, columns: ["name", "summary", "formula"],
    headings: ["name", "equation", "summary"],
    entries: LossFunction.allCases.map { loss in
      let terms =
        loss.tellsClasses
        ? "t: 1 for the class of the sample and 0 for all others" : "x: the input"
      return ListEntry(
        name: loss.rawValue, line: [loss.rawValue, loss.equation, loss.summary],
        rows: [[.text(loss.rawValue), .text(loss.summary), .text(loss.equation)]],
        summary: loss.summary,
        facts: [
          .init("equation", loss.equation),
          .init("symbols", "z: outputs of the last layer, \(terms)"),
          .init("in a scenario", "loss: \(loss.rawValue)"),
        ])
    })
}
