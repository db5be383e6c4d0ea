import Parameters
import Scenarios

extension KindList {
  static let keys = KindList(
    kind: .keys, columns: ["name", "group", "default", "allowed", "searched", "meaning"],
    headings: ["name", "group", "meaning"],
    entries: ScenarioKeys.all.flatMap { group in
      group.parameters.map(ListedParameter.init).map { key in
        ListEntry(
          name: key.name, line: [key.name, group.name, key.meaning],
          rows: [
            [
              .text(key.name), .text(group.name), key.standard, .text(key.allowed),
              key.searchedCell, .text(key.meaning),
            ]
          ],
          summary: key.meaning,
          facts: [
            .init("group", "\(group.name) (\(group.summary))"), .init("allowed", key.allowed),
            .init("default", key.standard.text.isEmpty ? "none" : key.standard.text),
          ] + (key.searched.isEmpty ? [] : [.init("searched", key.searched)]))
      }
    },
    groups: ScenarioKeys.all.map { group in
      ListEntry(
        name: group.name, line: [], rows: [], summary: group.summary,
        sections: [
          .init(parameters: group.parameters.map(ListedParameter.init), title: "keys")
        ].compactMap(\.self))
    })
}
