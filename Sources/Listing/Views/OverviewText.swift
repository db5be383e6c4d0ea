/// The names of everything, by kind.
package struct OverviewText {
  private let kinds: [(kind: ListKind, names: [String])]
  /// Columns of the terminal; `nil` leaves one line per kind, for programs.
  private let width: Int?

  package init(_ kinds: [(kind: ListKind, names: [String])], width: Int?) {
    self.kinds = kinds
    self.width = width
  }

  package var text: String {
    let column = (kinds.map(\.kind.rawValue.count).max() ?? 0) + 2
    return kinds.map { kind, names in
      ListWrapping.wrapped(
        kind.rawValue.padded(to: column), names, separator: "  ", indent: column, width: width)
    }.joined(separator: "\n")
  }
}
