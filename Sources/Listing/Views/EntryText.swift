/// One thing whole: what it is, its facts, its parameters.
package struct EntryText {
  private let match: ListMatch
  /// Columns of the terminal; `nil` leaves lines as long as they are, for programs.
  private let width: Int?

  package init(_ match: ListMatch, width: Int?) {
    self.match = match
    self.width = width
  }

  package var text: String {
    let entry = match.entry
    var blocks = ["\(entry.name) (\(kind))"]
    blocks[0] +=
      "\n"
      + entry.summary.split(separator: "\n", omittingEmptySubsequences: false)
      .map { ListWrapping.wrapped("", String($0), indent: 0, width: width) }
      .joined(separator: "\n")
    if !entry.facts.isEmpty { blocks.append(lines(entry.facts, indent: "")) }
    blocks += entry.sections.map { "\($0.title)\n" + lines($0.lines, indent: "  ") }
    return blocks.joined(separator: "\n\n")
  }

  private var kind: String {
    match.list.groups.contains { $0.name == match.entry.name && match.entry.rows.isEmpty }
      ? "group of \(match.list.kind.rawValue)" : match.list.kind.singular
  }

  private func lines(_ facts: [ListEntry.Fact], indent: String) -> String {
    let column = (facts.map(\.label.count).max() ?? 0) + indent.count + 2
    // Labels that fill the terminal have their text below.
    let isNarrow = width.map { $0 < column + ListWrapping.narrowest } ?? false
    return facts.map { fact in
      isNarrow
        ? indent + fact.label + "\n"
          + ListWrapping.wrapped(indent + "  ", fact.text, indent: indent.count + 2, width: width)
        : ListWrapping.labeled(indent + fact.label, fact.text, column: column, width: width)
    }.joined(separator: "\n")
  }
}
