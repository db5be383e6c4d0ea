import Optimizers
import Parameters

extension KindList {
  static let optimizers = KindList(
    kind: .optimizers,
    columns: [
      "name", "summary", "source", "slots", "bytes_per_parameter", "hyperparameter", "default",
      "allowed", "searched", "meaning",
    ],
    headings: ["name", "summary", "source"],
    entries: OptimizerCatalogue.all.map { ListEntry($0) })
}

extension ListEntry {
  fileprivate init(_ type: any Optimizer.Type) {
    let rule = type.init()
    let slots = rule.stepper(count: 1, as: Float.self).slotNames
    let bytes = rule.bytesPerParameter(as: Float.self)
    let parameters = type.descriptions.map(ListedParameter.init)
    name = type.name
    summary = type.summary
    line = [type.name, type.summary, type.source]
    rows = parameters.map {
      [
        .text(type.name), .text(type.summary), .text(type.source),
        slots.isEmpty ? .absent : .text(slots.joined(separator: " ")), .number(bytes),
        .text($0.name), $0.standard, .text($0.allowed),
        $0.searched.isEmpty ? .absent : .text($0.searched), .text($0.meaning),
      ]
    }
    let names = slots.isEmpty ? "none" : slots.joined(separator: ", ")
    let size = bytes == 0 ? "" : "; \(bytes) bytes per parameter in single precision"
    facts = [
      Fact("source", type.source), Fact("state", names + size),
      Fact("in a scenario", "- \(type.name): {learning_rate: \(rule.learningRate)}"),
    ]
    if let equation = (type as? any CatalogueEntry.Type)?.equation {
      facts.insert(Fact("equation", equation), at: 0)
    }
    sections = [Section(parameters: parameters)].compactMap(\.self)
  }
}
