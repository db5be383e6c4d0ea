import Optimizers
import Parameters

extension KindList {
  static let schedules = KindList(
    kind: .schedules,
    columns: [
      "name", "summary", "formula", "source", "parameter", "default", "allowed", "meaning",
    ],
    headings: ["name", "summary", "source"],
    entries: ScheduleCatalogue.all.map { type in
      let parameters = type.descriptions.map(ListedParameter.init)
      let head: [ListCell] = [
        .text(type.name), .text(type.summary), .text(type.equation), .text(type.source),
      ]
      return ListEntry(
        name: type.name, line: [type.name, type.summary, type.source],
        rows: parameters.map {
          head + [.text($0.name), $0.standard, .text($0.allowed), .text($0.meaning)]
        },
        summary: type.summary,
        facts: [.init("equation", type.equation), .init("source", type.source)],
        sections: [.init(parameters: parameters)].compactMap(\.self))
    })
}
