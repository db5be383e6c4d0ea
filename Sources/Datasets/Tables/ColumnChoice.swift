package import Parameters

/// Columns of a table by name, by number from 1 (−1 is the last), by a range such as `2-5`, or by a pattern such as `pixel*`.
package struct ColumnChoice: Hashable, Sendable, ParameterConvertible {
  package let texts: [String]

  package static let domain = ParameterDomain.phrased(
    "a list of columns, each by name, by number from 1, by a range such as 2-5 or by a pattern such as pixel*",
    .either([
      .list(of: .text("a column"), counts: 1...100_000), .whole(-100_000...100_000),
      .text("a column"),
    ]))

  package init(_ texts: [String]) { self.texts = texts }

  package var parameterValue: ParameterValue { .list(texts.map { .text($0) }) }

  package init?(parameterValue value: ParameterValue) {
    switch value {
    case .text(let text): self.init([text])
    case .number(let number): self.init(["\(Int(number))"])
    case .list(let values): self.init(values.compactMap { String(parameterValue: $0) })
    default: return nil
    }
  }

  /// The places of all columns that are meant.
  ///
  /// - Throws: `DatasetError.unknownColumn` for a text that no column suits.
  func places(in names: [String], path: String) throws(DatasetError) -> Set<Int> {
    var places: Set<Int> = []
    for text in texts {
      let found = Self.places(of: text, in: names)
      guard !found.isEmpty else {
        throw .unknownColumn(path: path, column: text, known: names)
      }
      places.formUnion(found)
    }
    return places
  }

  /// The column that a text names; of a pattern the only one.
  static func place(of text: String, in names: [String], path: String) throws(DatasetError) -> Int {
    let found = places(of: text, in: names)
    guard found.count == 1, let place = found.first else {
      throw .unknownColumn(path: path, column: text, known: names)
    }
    return place
  }

  /// A name comes before a number, a number before a pattern.
  private static func places(of text: String, in names: [String]) -> [Int] {
    if let place = names.firstIndex(of: text) { return [place] }
    if let number = Int(text) {
      let place = number > 0 ? number - 1 : names.count + number
      return number != 0 && names.indices.contains(place) ? [place] : []
    }
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if bounds.count == 2, let first = bounds[0], let last = bounds[1] {
      return first >= 1 && first <= last && last <= names.count ? Array(first - 1..<last) : []
    }
    guard text.contains("*") || text.contains("?") else { return [] }
    let pattern = Array(text)
    return names.indices.filter { matches(pattern, Array(names[$0])) }
  }

  /// `*` is any text, `?` any character.
  private static func matches(_ pattern: [Character], _ name: [Character]) -> Bool {
    var (place, at) = (0, 0)
    // Where the last star was, and what it takes so far.
    var star: (pattern: Int, name: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        place = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
