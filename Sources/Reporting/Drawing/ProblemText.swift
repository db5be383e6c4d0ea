import Records

extension ScenarioRecord {
  /// The problem as charts write it: what a stack of layers repeats is said once.
  var shownProblem: String { kind == .network ? ProblemText.compressed(problem) : problem }

  /// The problem and the budget.
  var shownTask: String { "\(shownProblem); \(budget)" }
}

/// Long lists in little room.
package enum ProblemText {
  /// `digits: 6 × (dense 32, relu), dense 10; batches of 32` for a list that says it all six times.
  package static func compressed(_ text: String) -> String {
    split(text, at: "; ").map { clause in
      let parts = clause.split(separator: ": ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return compressedList(clause) }
      return "\(parts[0]): \(compressedList(parts[1]))"
    }.joined(separator: "; ")
  }

  /// A list at whose every place that run of equal pieces is folded which saves the most pieces.
  private static func compressedList(_ text: String) -> String {
    let items = split(text, at: ", ").map(compressedBrackets)
    var folded: [String] = []
    var place = 0
    while place < items.count {
      let best = runs(in: items, from: place).max { saved($0) < saved($1) }
      if let best, saved(best) >= 2 {
        let piece = items[place..<(place + best.length)].joined(separator: ", ")
        folded.append("\(best.count) × \(best.length > 1 ? "(\(piece))" : piece)")
        place += best.length * best.count
      } else {
        folded.append(items[place])
        place += 1
      }
    }
    return folded.joined(separator: ", ")
  }

  private typealias Run = (length: Int, count: Int)

  private static func saved(_ run: Run) -> Int { run.length * (run.count - 1) }

  /// How often the pieces of each length repeat themselves from a place on.
  private static func runs(in items: [String], from place: Int) -> [Run] {
    let longest = (items.count - place) / 2
    guard longest > 0 else { return [] }
    return (1...longest).map { length in
      let piece = items[place..<(place + length)]
      var count = 1
      while place + (count + 1) * length <= items.count,
        items[(place + count * length)..<(place + (count + 1) * length)].elementsEqual(piece)
      { count += 1 }
      return (length, count)
    }
  }

  /// Residual blocks hold lists of their own.
  private static func compressedBrackets(_ item: String) -> String {
    guard let open = item.firstIndex(of: "["), item.hasSuffix("]") else { return item }
    let inner = item[item.index(after: open)...].dropLast()
    return "\(item[..<open])[\(compressedList(String(inner)))]"
  }

  /// Apart from separators inside brackets.
  private static func split(_ text: String, at separator: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var depth = 0
    var rest = text[...]
    while let first = rest.first {
      if depth == 0, rest.hasPrefix(separator) {
        pieces.append(piece)
        piece = ""
        rest = rest.dropFirst(separator.count)
        continue
      }
      if "[(".contains(first) { depth += 1 }
      if "])".contains(first) { depth -= 1 }
      piece.append(first)
      rest = rest.dropFirst()
    }
    return pieces + [piece]
  }
}
