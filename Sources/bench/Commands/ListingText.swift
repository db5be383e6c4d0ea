import Text

/// How people are shown a listing.
enum ListingLayout {
  /// A line per row, cut where a terminal ends: short columns, then all of `rest` in one cell.
  case overview(rest: [String])
  /// A line per row, whose last cell goes on below; a block per row where a terminal is too narrow for that.
  case lines
  /// A block per name: what all its rows have in common, then a line for each `parameter` with its `meaning` and `details`.
  case blocks(parameter: String, meaning: String, details: [String])
}

/// A listing for people: nothing is filled up to the width of the longest text, and nothing is wider than the terminal.
struct ListingText {
  let listing: Listing
  /// Columns of the terminal; `nil` leaves lines as long as they are, so that programs find whole entries in them.
  let width: Int?

  var text: String {
    switch listing.layout {
    case .overview(let rest): overview(rest).joined(separator: "\n")
    case .lines: lines().joined(separator: "\n")
    case .blocks(let parameter, let meaning, let details):
      blocks(parameter, meaning, details).joined(separator: "\n")
    }
  }

  // MARK: Lines

  private func overview(_ rest: [String]) -> [String] {
    let short = listing.columns.filter { !rest.contains($0) }
    var table = TextTable(columns: short + [rest.joined(separator: "; ")])
    for row in rows {
      table.add(
        short.map { row[$0] ?? "" } + [
          rest.compactMap { row[$0] }.filter { !$0.isEmpty }.joined(separator: "; ")
        ])
    }
    return table.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let width, line.count > width else { return String(line) }
      return line.prefix(max(width - 1, 1)) + "…"
    }
  }

  private static let narrowest = 20

  private func lines() -> [String] {
    let table = [listing.columns] + listing.rows
    let last = listing.columns.count - 1
    let widths = (0..<last).map { column in table.map { $0[column].count }.max() ?? 0 }
    let indent = widths.reduce(0) { $0 + $1 + 2 }
    if let width, width < indent + Self.narrowest {
      return rows.flatMap { row in
        [row[listing.columns[0]] ?? ""]
          + listing.columns.dropFirst().compactMap { column in
            row[column].flatMap {
              $0.isEmpty ? nil : labelled(column, $0, labelWidth(of: listing.columns))
            }
          }
      }
    }
    return table.map { row in
      let cells = zip(row, widths).map { $0.padded(to: $1) + "  " }.joined()
      return wrapped(cells, row[last], indent: indent)
    }
  }

  // MARK: Blocks

  private func blocks(_ parameter: String, _ meaning: String, _ details: [String]) -> [String] {
    let own = Set([parameter, meaning] + details)
    let common = listing.columns.dropFirst().filter { !own.contains($0) }
    var lines: [String] = []
    for group in groups {
      let head = group[0]
      let name = head[listing.columns[0]] ?? ""
      let summary = head["summary"].map { "  \($0)" } ?? ""
      lines.append(wrapped("", name + summary, indent: 4))
      let facts = common.filter { $0 != "summary" }.compactMap { column in
        head[column].flatMap { $0.isEmpty ? nil : "\(column): \($0)" }
      }
      lines.append(wrapped("  ", facts.joined(separator: "; "), indent: 4))
      let names = group.compactMap { $0[parameter] }.filter { !$0.isEmpty }
      let label = labelWidth(of: names)
      for row in group {
        guard let name = row[parameter], !name.isEmpty else { continue }
        let remarks = details.compactMap { column in
          row[column].flatMap { text in
            // What is allowed says so by itself.
            text.isEmpty ? nil : column == "allowed" ? text : "\(column) \(text)"
          }
        }
        let remark = remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
        lines.append(labelled(name, (row[meaning] ?? "") + remark, label))
      }
    }
    return lines
  }

  /// Rows that follow each other with the same name.
  private var groups: [[[String: String]]] {
    let name = listing.columns[0]
    return rows.reduce(into: []) { groups, row in
      if let former = groups.last?.first, former[name] == row[name] {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
  }

  private var rows: [[String: String]] {
    listing.rows.map { Dictionary(uniqueKeysWithValues: zip(listing.columns, $0)) }
  }

  // MARK: Text

  private func labelWidth(of names: [String]) -> Int { names.map(\.count).max() ?? 0 }

  private func labelled(_ label: String, _ text: String, _ labelWidth: Int) -> String {
    wrapped("  \(label.padded(to: labelWidth))  ", text, indent: labelWidth + 4)
  }

  /// `text` after `start`, in lines of at most `width`; further ones begin at `indent`.
  private func wrapped(_ start: String, _ text: String, indent: Int) -> String {
    guard let width else { return start + text }
    var lines = [start]
    var isFresh = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let last = lines[lines.count - 1]
      if !isFresh, last.count + 1 + word.count > width {
        lines.append(String(repeating: " ", count: min(indent, width / 2)) + word)
      } else {
        lines[lines.count - 1] = isFresh ? last + word : "\(last) \(word)"
      }
      isFresh = false
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
