/// Bounds what the aliases of a YAML text expand to before it is parsed: a page of nested aliases can expand to more values
/// than fit in memory.
enum AliasExpansion {
  private static let valueLimit = 100_000
  private static let depthLimit = 100
  private static let anchorLimit = 1000

  private struct Anchor {
    /// Upper bounds of what it holds, aliases expanded.
    var values = 1
    var depth = 1
    /// Until its first alias, which no anchor holds itself.
    var isOpen = true

    func holding(_ other: Anchor) -> Anchor {
      Anchor(values: values + other.values, depth: max(depth, other.depth + 1))
    }
  }

  /// The line of the alias that exceeds a limit.
  ///
  /// An alias may be part of any anchor before it that no alias has named yet, so this is an upper bound.
  static func excess(in text: String) -> Int? {
    guard text.contains("*"), text.contains("&") else { return nil }
    var anchors: [Substring: Anchor] = [:]
    var total = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for token in tokens(line) {
        let name = token.dropFirst()
        if token.first == "&" {
          anchors[name] = Anchor()
          continue
        }
        anchors[name]?.isOpen = false
        guard let target = anchors[name] else { continue }
        total += target.values
        anchors = anchors.mapValues { $0.isOpen ? $0.holding(target) : $0 }
        if total > valueLimit || target.depth > depthLimit || anchors.count > anchorLimit {
          return index + 1
        }
      }
    }
    return nil
  }

  /// Words that begin with `&` or `*`, outside comments; some in quotes too, which only raises the bound.
  private static func tokens(_ line: Substring) -> [Substring] {
    line.split { " \t[]{},:-".contains($0) }
      .prefix { $0.first != "#" }
      .filter { $0.count > 1 && ($0.first == "&" || $0.first == "*") }
  }
}
