import Optimizers
import Parameters

extension KindList {
  static let schedules = KindList(
    kind: .schedules,
    columns: [
      "name", "summary", "formula", "source", "parameter", "default", "allowed", "meaning",
    ],
    headings: ["name", "year", "summary"],
    entries: ScheduleCatalogue.all.map { type in
      let isComplete = !type.descriptions.contains(where: \.isRequired)
      var entry = ListEntry(
        type, line: [type.name, year(of: type.source), type.summary],
        facts: isComplete ? [.init("in a scenario", "- sgd: {schedule: \(type.name)}")] : [])
      entry.rows = entry.rows(
        after: [type.name, type.summary, type.equation, type.source].map { .text($0) })
      return entry
    })
}
