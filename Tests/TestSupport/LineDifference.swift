/// The lines in which two texts first differ, with the lines around them.
package struct LineDifference: CustomStringConvertible {
  package let description: String

  private static let context = 3
  /// Longest report, in lines.
  private static let most = 40

  /// - Returns: `nil` if the texts are equal.
  package init?(from old: String, to new: String) {
    guard old != new else { return nil }
    let old = Self.lines(old)
    let new = Self.lines(new)
    let start = zip(old, new).prefix { $0 == $1 }.count
    let shared = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let before = (max(0, start - Self.context)..<start).map { "  \(old[$0])" }
    let after = old.dropFirst(old.count - shared).prefix(Self.context).map { "  \($0)" }
    let changes = Self.changes(
      from: Array(old[start..<(old.count - shared)].prefix(Self.most)),
      to: Array(new[start..<(new.count - shared)].prefix(Self.most)))
    let isCut = max(old.count, new.count) - shared - start > Self.most || changes.count > Self.most
    let shown = changes.prefix(Self.most) + (isCut ? ["… (more lines differ)"] : after)
    description = (["from line \(start + 1):"] + before + shown).joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Removed lines after `-`, added ones after `+`, in order.
  private static func changes(from old: [Substring], to new: [Substring]) -> [String] {
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var result: [String] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        result.append("- \(old[left])")
        left += 1
      } else if inserted.contains(right) {
        result.append("+ \(new[right])")
        right += 1
      } else {
        result.append("  \(old[left])")
        left += 1
        right += 1
      }
    }
    return result
  }
}
