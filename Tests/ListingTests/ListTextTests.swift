import Listing
import Scenarios
import Testing

@Suite struct ListTextTests {
  private static func list(isCut: Bool, _ lines: [[String]]) -> KindList {
    KindList(
      kind: .metrics, columns: ["name"], headings: ["name", "summary"], isCut: isCut,
      entries: lines.map {
        ListEntry(name: $0[0], line: $0, rows: [[.text($0[0])]], summary: $0[1])
      })
  }

  private static let words = [["a", "one two three four five six seven"], ["bb", "short"]]

  @Test func `an overview aligns the names of all kinds and wraps them whole`() {
    let overview = OverviewText(
      [(kind: .layers, names: ["dense", "conv"]), (kind: .series, names: ["x y", "z"])], width: 16)
    #expect(
      overview.text == """
        layers  dense
                conv
        series  x y z
        """)
    let piped = OverviewText([(kind: .layers, names: ["dense", "conv"])], width: nil)
    #expect(piped.text == "layers  dense  conv")
  }

  @Test func `a kind has one line per entry, cut or wrapped at the terminal's width`() {
    let cut = KindText(Self.list(isCut: true, Self.words), width: 16)
    #expect(
      cut.text == """
        name  summary
        a     one two t…
        bb    short
        """)
    let wrapped = KindText(Self.list(isCut: false, Self.words), width: 28)
    #expect(
      wrapped.text == """
        name  summary
        a     one two three four
              five six seven
        bb    short
        """)
    for isCut in [true, false] {
      let piped = KindText(Self.list(isCut: isCut, Self.words), width: nil)
      #expect(
        piped.text == """
          name  summary
          a     one two three four five six seven
          bb    short
          """)
    }
  }

  @Test func `a terminal too narrow for columns gets a block per entry`() {
    let text = KindText(Self.list(isCut: false, Self.words), width: 20).text
    #expect(
      text == """
        a
          summary  one two
                  three four
                  five six
                  seven
        bb
          summary  short
        """)
  }

  @Test func `an entry shows its summary, facts and sections`() throws {
    var list = Self.list(isCut: true, [["a", "first\n\nsecond"]])
    var entry = list.entries[0]
    entry.facts = [.init("equation", "y = x"), .init("state", "none")]
    entry.sections = [
      .init(title: "parameters", lines: [.init("rate", "step size"), .init("long_name", "other")])
    ]
    #expect(
      EntryText(ListMatch(list: list, entry: entry), width: nil).text == """
        a (metric)
        first

        second

        equation  y = x
        state     none

        parameters
          rate       step size
          long_name  other
        """)
    list.groups = [ListEntry(name: "g", line: [], rows: [], summary: "all")]
    #expect(
      EntryText(ListMatch(list: list, entry: list.groups[0]), width: nil).text
        == "g (group of metrics)\nall")
  }

  @Test func `text of any entry stays within any width that holds its words`() throws {
    for kind in ListKind.separate where kind != .scenarios {
      let list = try Lists(library: .none).list(of: kind)
      for entry in list.entries {
        let text = EntryText(ListMatch(list: list, entry: entry), width: 80).text
        for line in text.split(separator: "\n") where line.contains(" ") {
          let longest = line.split(separator: " ").map(\.count).max() ?? 0
          #expect(line.count <= max(80, 40 + longest), "\(entry.name): \(line)")
        }
      }
    }
  }
}
