import Records

extension [SettingsKind: Int] {
  /// `tuned`, or where several kinds are mixed `hand-picked in 6, default in 2`; empty if unknown.
  package var words: String {
    let kinds = SettingsKind.allCases.filter { self[$0] != nil }
    return kinds.count == 1
      ? kinds[0].rawValue
      : kinds.map { "\($0.rawValue) in \(self[$0] ?? 0)" }.joined(separator: ", ")
  }
}
