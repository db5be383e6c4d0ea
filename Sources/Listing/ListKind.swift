/// A kind of thing that can be listed. Raw values are the words of the command line and the keys of JSON.
package enum ListKind: String, CaseIterable, Sendable {
  case scenarios, optimizers, schedules, surfaces, networks, layers, losses, initializations
  case series, datasets, metrics, charts, diagnoses, keys
  /// Surfaces, networks and series in one table with common columns.
  case problems

  /// One of them.
  package var singular: String {
    switch self {
    case .series: "series"
    case .losses: "loss"
    case .diagnoses: "diagnosis"
    case .datasets: "data set"
    default: String(rawValue.dropLast())
    }
  }

  /// The kinds in which a name is looked up: each thing once.
  package static let separate = allCases.filter { $0 != .problems }

  /// The kind that a word means, in the singular or the plural.
  package init?(word: String) {
    let found = Self.allCases.first { kind in
      kind.rawValue == word || kind.singular.filter { $0 != " " } == word
    }
    guard let found else { return nil }
    self = found
  }
}
