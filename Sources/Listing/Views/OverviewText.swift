/// The names of everything, by kind. Keys that several groups have appear once, those with the name of something else not at all.
package struct OverviewText {
  private let kinds: [(kind: ListKind, names: [String])]
  /// Columns of the terminal; `nil` leaves one line per kind, for programs.
  private let width: Int?

  package init(_ kinds: [(kind: ListKind, names: [String])], width: Int?) {
    let others = Set(kinds.filter { $0.kind != .keys }.flatMap(\.names))
    self.kinds = kinds.map { kind, names in
      guard kind == .keys else { return (kind, names) }
      var seen = others
      return (kind, names.filter { seen.insert($0).inserted })
    }
    self.width = width
  }

  package var text: String {
    let column = (kinds.map(\.kind.rawValue.count).max() ?? 0) + 2
    return kinds.map { kind, names in
      ListWrapping.wrapped(
        kind.rawValue.padded(to: column), names, separator: width == nil ? "  " : " ",
        indent: column, width: width)
    }.joined(separator: "\n")
  }
}
