import Optimizers
import Parameters

extension KindList {
  static let optimizers = KindList(
    kind: .optimizers,
    columns: [
      "name", "summary", "source", "slots", "bytes_per_parameter", "hyperparameter", "default",
      "allowed", "searched", "meaning",
    ],
    headings: ["name", "year", "summary"],
    entries: OptimizerCatalogue.all.map { type in
      let rule = type.init()
      let slots = rule.stepper(count: 1, as: Float.self).slotNames
      let bytes = rule.bytesPerParameter(as: Float.self)
      var entry = ListEntry(
        type, line: [type.name, year(of: type.source), type.summary],
        facts: [
          .init("state", state(slots, bytes)),
          .init("in a scenario", "- \(type.name): {learning_rate: \(rule.learningRate)}"),
        ])
      entry.rows = entry.parameters.map {
        [
          .text(type.name), .text(type.summary), .text(type.source),
          slots.isEmpty ? .absent : .text(slots.joined(separator: " ")), .number(bytes),
          .text($0.name), $0.standard, .text($0.allowed), $0.searchedCell, .text($0.meaning),
        ]
      }
      return entry
    })

  /// The first year of a citation; the line of an entry has no room for more.
  static func year(of source: String) -> String {
    source.firstMatch(of: /\b(?:1[89]|20)\d\d\b/).map { String($0.output) } ?? ""
  }

  private static func state(_ slots: [String], _ bytes: Int) -> String {
    let names = slots.isEmpty ? "none" : slots.joined(separator: ", ")
    return bytes == 0 ? names : "\(names); \(bytes) bytes per parameter in single precision"
  }
}
