import Records

extension ScenarioRecord {
  /// The problem as charts write it: what a stack of layers repeats is said once, what variants change is left to them.
  var shownProblem: String {
    let text = ProblemText.fixed(problem, varied: variedKeys, isNetwork: kind == .network)
    return kind == .network ? ProblemText.compressed(text) : text
  }

  /// The problem and the budget.
  var shownTask: String {
    let isVaried = variedKeys.contains { $0.hasPrefix("budget") }
    return isVaried ? shownProblem : "\(shownProblem); \(budget.replacing("_", with: " "))"
  }

  private var variedKeys: Set<String> {
    Set(optimizers.flatMap { $0.variant?.changes.keys.map(\.self) ?? [] })
  }
}

/// Long lists in little room.
package enum ProblemText {
  /// A problem without what holds for some variants only; `varied` are key paths such as `problem.network.batch_size`.
  ///
  /// A network says `data: layers; loss; batches of 32, ...; varied: ...`, a surface `title, formula, setting 3, ...`.
  package static func fixed(_ text: String, varied: Set<String>, isNetwork: Bool) -> String {
    let keys = Set(varied.map { String($0.split(separator: ".").last ?? "") })
    guard !keys.isEmpty else { return text }
    var clauses = split(text, at: "; ")
    if let last = clauses.last, last.hasPrefix("varied: ") {
      clauses[clauses.count - 1] = last.replacing("_", with: " ")
    }
    if isNetwork {
      clauses = clauses.enumerated().compactMap { index, clause in
        switch index {
        case 0 where keys.contains("layers"): clause.split(separator: ": ").first.map(String.init)
        case 1 where keys.contains("loss") && clauses.count > 2: nil
        case 2 where keys.contains("batch_size"): withoutBatches(clause)
        default: clause
        }
      }
    } else {
      let settings = keys.map { $0.replacing("_", with: " ") + " " }
      clauses[0] = split(clauses[0], at: ", ").filter { piece in
        !settings.contains { piece.hasPrefix($0) && Double(piece.dropFirst($0.count)) != nil }
      }.joined(separator: ", ")
    }
    return clauses.joined(separator: "; ")
  }

  /// The rest of how a network is trained; `nil` where batches are all that is said.
  private static func withoutBatches(_ clause: String) -> String? {
    let rest = split(clause, at: ", ").filter {
      $0 != "full batches" && !$0.hasPrefix("batches of ")
    }
    return rest.isEmpty ? nil : rest.joined(separator: ", ")
  }

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
