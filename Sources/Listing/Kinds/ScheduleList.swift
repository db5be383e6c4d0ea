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
      var entry = ListEntry(type, line: [type.name, type.summary, type.source])
      entry.rows = entry.rows(
        after: [type.name, type.summary, type.equation, type.source].map { .text($0) })
      return entry
    })
}
