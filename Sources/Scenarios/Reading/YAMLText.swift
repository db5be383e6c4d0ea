import Yams

/// The text of a scenario file as a tree of nodes.
struct YAMLText {
  let text: String
  let issues: IssueList

  /// Bytes that may be parsed in search of repeated keys: a page hundreds of times, a megabyte not at all.
  private static let searchLimit = 1 << 20

  /// - Returns: `nil`, and an issue, for what is no YAML or exceeds a limit.
  func compose() -> Node? {
    var text = text
    var searched = 0
    while true {
      do {
        return try YAMLTree.compose(text)
      } catch let error as YAMLTree.Excess {
        report(error.message, line: error.line)
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(let keys, let context) = error,
          let marked = marking(keys, in: text, after: context.mark, searched: &searched)
        {
          text = marked
          continue
        }
        report(error)
      } catch {
        report("invalid YAML: \(error)", line: nil)
      }
      return nil
    }
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report(explained(problem, line: mark.line), line: mark.line)
    case .duplicatedKeysInMapping(let keys, let context):
      report(
        "a key appears twice: \(keys.prefix(5).map { "'\($0)'" }.joined(separator: ", "))\(keys.count > 5 ? " and more" : "")",
        line: context.mark.line)
    case .reader(let problem, _, _, _): report("invalid YAML: \(problem)", line: nil)
    default: report("invalid YAML: \(error)", line: nil)
    }
  }

  private func report(_ message: String, line: Int?) {
    issues.report(ScenarioIssue(path: issues.path, line: line, message: message))
  }

  private func explained(_ problem: String, line: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let content = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    if content.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
      return "invalid YAML: a tab; only spaces can indent lines"
    }
    if problem.contains("did not find expected") || problem.contains("mapping values are not") {
      return "invalid YAML: \(problem) (check the indentation and the brackets here and above)"
    }
    return "invalid YAML: \(problem)"
  }

  // MARK: Repeated keys

  /// The text with one repeated key marked, so that the rest of the file can be read; its mistake is reported.
  ///
  /// The parser does not say where the repetition is. Occurrences are marked one by one, the last first; the one that
  /// leaves fewer repetitions in that mapping is it.
  ///
  /// - Parameter searched: characters parsed so far.
  private func marking(
    _ keys: [String], in text: String, after mark: Mark, searched: inout Int
  ) -> String? {
    guard let key = keys.first, searched + text.utf8.count < Self.searchLimit else { return nil }
    let places = text.occurrences(ofKey: key, fromLine: mark.line)
    for place in places.reversed() {
      searched += text.utf8.count
      guard searched <= Self.searchLimit else { return nil }
      var marked = text
      let line = text[..<place].count { $0 == "\n" } + 1
      marked.insert(contentsOf: "\(String.duplicateMark)\(line)_", at: place)
      do {
        _ = try YAMLTree.compose(marked)
      } catch YamlError.duplicatedKeysInMapping(let rest, let context) {
        if context.mark.line == mark.line, context.mark.column == mark.column, rest.contains(key) {
          continue
        }
      } catch {
        continue
      }
      report("the key '\(key)' appears twice in one mapping", line: line)
      return marked
    }
    return nil
  }
}

extension String {
  /// Of the private use area, which no key begins with.
  static let duplicateMark = "\u{E000}"

  /// Whether it is a repeated key, reported already.
  var isDuplicateKey: Bool { unicodeScalars.first == "\u{E000}" }

  /// Where a key may begin: its text, alone or in quotes, before a colon.
  fileprivate func occurrences(ofKey key: String, fromLine line: Int) -> [Index] {
    var start = startIndex
    for _ in 1..<max(1, line) {
      guard let end = self[start...].firstIndex(of: "\n") else { return [] }
      start = index(after: end)
    }
    return self[start...].ranges(of: key).compactMap { range in
      let before = range.lowerBound == startIndex ? "\n" : self[index(before: range.lowerBound)]
      let after = self[range.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
      return " \n{,\"'\t".contains(before) && after.first == ":" ? range.lowerBound : nil
    }
  }
}
