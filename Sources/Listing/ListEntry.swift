import Parameters

/// Everything of one kind.
package struct KindList: Sendable {
  package let kind: ListKind
  /// Of CSV and JSON. The contract with scripts: columns are added at the end, never renamed.
  package let columns: [String]
  /// Of the table with one line per entry.
  package let headings: [String]
  /// Whether a line is cut where the terminal ends; otherwise its last cell is wrapped.
  package var isCut = true
  package let entries: [ListEntry]
  /// Sets of entries that can be shown by name too, without rows.
  package var groups: [ListEntry] = []

  package init(
    kind: ListKind, columns: [String], headings: [String], isCut: Bool = true,
    entries: [ListEntry], groups: [ListEntry] = []
  ) {
    self.kind = kind
    self.columns = columns
    self.headings = headings
    self.isCut = isCut
    self.entries = entries
    self.groups = groups
  }

  package var rows: [[ListCell]] { entries.flatMap(\.rows) }
}

/// One thing with a name.
package struct ListEntry: Sendable {
  /// A labeled line of text.
  package struct Fact: Sendable, Hashable {
    package var label: String
    package var text: String

    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Lines under a heading.
  package struct Section: Sendable {
    package var title: String
    package var lines: [Fact]

    package init(title: String, lines: [Fact]) {
      self.title = title
      self.lines = lines
    }
  }

  package let name: String
  /// Shorter names that it can be looked up by.
  package var aliases: [String] = []
  /// Cells under the headings of its kind.
  package var line: [String]
  /// Cells under the columns of its kind; an entry with parameters has one row for each.
  package var rows: [[ListCell]]
  /// What it is, in one or more paragraphs.
  package var summary: String
  package var facts: [Fact] = []
  package var sections: [Section] = []
  var parameters: [ListedParameter] = []

  package init(
    name: String, aliases: [String] = [], line: [String], rows: [[ListCell]], summary: String,
    facts: [Fact] = [], sections: [Section] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.line = line
    self.rows = rows
    self.summary = summary
    self.facts = facts
    self.sections = sections
  }

  package func isCalled(_ name: String) -> Bool { self.name == name || aliases.contains(name) }
}

extension ListEntry {
  /// An entry of a catalogue, without rows.
  ///
  /// - Parameter facts: what is known of it besides equation and source.
  init(
    _ type: any CatalogueEntry.Type, summary: String? = nil, line: [String], facts: [Fact] = []
  ) {
    let parameters = type.descriptions.map(ListedParameter.init)
    self.init(
      name: type.name, line: line, rows: [], summary: summary ?? type.summary,
      facts: [Fact("equation", type.equation), Fact("source", type.source)] + facts,
      sections: [Section(parameters: parameters)].compactMap(\.self))
    self.parameters = parameters
  }

  /// A row per parameter, each beginning with `head`; one row where there are no parameters.
  func rows(after head: [ListCell]) -> [[ListCell]] {
    guard !parameters.isEmpty else { return [head + [.absent, .absent, .absent, .absent]] }
    return parameters.map {
      head + [.text($0.name), $0.standard, .text($0.allowed), .text($0.meaning)]
    }
  }
}

extension ListEntry.Section {
  /// - Returns: `nil` without parameters.
  init?(parameters: [ListedParameter], title: String = "parameters") {
    guard !parameters.isEmpty else { return nil }
    self.init(title: title, lines: parameters.map { .init($0.name, $0.text) })
  }
}

/// A parameter as listings show it.
struct ListedParameter: Sendable {
  var name: String
  var standard: ListCell
  var allowed: String
  var searched = ""
  var meaning: String

  init(_ parameter: ParameterDescription) {
    name = parameter.name
    standard = ListCell(defaultOf: parameter)
    // A matrix as a default is too long for a line.
    if case .list(let values) = parameter.defaultValue, values.count > 8 { standard = .absent }
    allowed = parameter.domain.description
    searched = parameter.search?.description ?? ""
    meaning = parameter.meaning
  }

  init(name: String, standard: ListCell, allowed: String, meaning: String) {
    self.name = name
    self.standard = standard
    self.allowed = allowed
    self.meaning = meaning
  }

  var searchedCell: ListCell { searched.isEmpty ? .absent : .text(searched) }

  /// Its meaning, then in parentheses its default, its allowed values and its search range.
  var text: String {
    let remarks = [
      standard.text.isEmpty ? "" : "default \(standard.text)", allowed,
      searched.isEmpty ? "" : "searched \(searched)",
    ].filter { !$0.isEmpty }
    return remarks.isEmpty ? meaning : "\(meaning) (\(remarks.joined(separator: "; ")))"
  }
}
