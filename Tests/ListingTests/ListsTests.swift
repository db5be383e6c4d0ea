import Listing
import Parameters
import Scenarios
import Testing

extension ScenarioLibrary {
  /// A folder that does not exist.
  static let none = ScenarioLibrary(folder: "/nonexistent/scenarios", charts: ChartNames([]))
}

@Suite struct ListsTests {
  private let lists = Lists(library: .none)

  private func all() throws -> [KindList] {
    try ListKind.allCases.filter { $0 != .scenarios }.map { try lists.list(of: $0) }
  }

  @Test func `rows have a cell per column and lines one per heading`() throws {
    for list in try all() {
      for entry in list.entries {
        #expect(entry.line.count == list.headings.count, "\(list.kind) \(entry.name)")
        #expect(!entry.rows.isEmpty && !entry.summary.isEmpty, "\(list.kind) \(entry.name)")
        for row in entry.rows { #expect(row.count == list.columns.count, "\(entry.name)") }
      }
    }
  }

  @Test func `names are unique within a kind, keys within their group`() throws {
    for list in try all() where list.kind != .keys {
      let names = list.entries.map(\.name)
      #expect(Set(names).count == names.count, "\(list.kind)")
    }
    let keys = try lists.list(of: .keys).entries.map { [$0.name, $0.line[1]] }
    #expect(Set(keys).count == keys.count)
  }

  @Test func `every optimizer, schedule and surface shows equation and source`() throws {
    for kind in [ListKind.optimizers, .schedules, .surfaces] {
      for entry in try lists.list(of: kind).entries where entry.name != "expression" {
        let labels = entry.facts.filter { !$0.text.isEmpty }.map(\.label)
        #expect(labels.contains("equation") && labels.contains("source"), "\(entry.name)")
      }
    }
  }

  @Test(arguments: [
    ("momentum", [ListKind.optimizers, .metrics]), ("adam", [.optimizers]),
    ("cosine", [.schedules]), ("dense", [.layers]), ("csv", [.datasets, .keys, .keys]),
    ("nothing", []),
  ])
  func `a name is found in every kind that has it`(name: String, kinds: [ListKind]) throws {
    #expect(try lists.entries(named: name).map(\.list.kind) == kinds)
  }

  @Test(arguments: [
    ("optimizer", "optimizers"), ("rosenbrok", "rosenbrock"),
    ("softmax_crossentropy", "softmax_cross_entropy"),
  ])
  func `the nearest name is that over all kinds and their names`(name: String, nearest: String) {
    #expect(lists.hint(for: name) == " (did you mean '\(nearest)'?)")
  }

  @Test func `a parameter's name is answered with its owners`() {
    #expect(lists.hint(for: "amsgrad").hasPrefix(": it is a parameter of adam"))
  }

  @Test func `values in JSON are numbers, flags, lists or null`() throws {
    let list = KindList(
      kind: .keys, columns: ["a", "b", "c", "d", "e"], headings: [],
      entries: [
        ListEntry(
          name: "x", line: [],
          rows: [
            [
              ListCell(.number(1e-8)), ListCell(.flag(true)), ListCell(.list([1, 0.5])),
              .absent, "text",
            ]
          ], summary: "")
      ])
    #expect(
      try ListJSON.text(of: list) == """
        [
          {
            "a" : 1e-08,
            "b" : true,
            "c" : [
              1,
              0.5
            ],
            "d" : null,
            "e" : "text"
          }
        ]
        """)
    #expect(list.csv == "a,b,c,d,e\n1e-08,true,1/0.5,,text")
  }

  @Test func `a default that is absent is a phrase in CSV and null in JSON`() {
    let absent = ParameterDescription("length", .whole(1...9), absent: "the budget", "duration")
    let cell = ListCell(defaultOf: absent)
    #expect(cell.text == "the budget")
    let required = ParameterDescription("units", .whole(1...9), isRequired: true, "outputs")
    #expect(ListCell(defaultOf: required) == .absent)
  }
}
