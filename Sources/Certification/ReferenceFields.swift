/// A case with declared fields.
protocol ReferenceFields: Decodable {
  associatedtype CodingKeys: CodingKey, CaseIterable
}

/// A case and those of its fields that are not declared, which may change what the others mean.
struct CheckedFields<Case: ReferenceFields>: Decodable {
  var content: Case
  var unknown: [String]

  /// Where the numbers come from, in words for readers.
  private static var prose: Set<String> {
    ["setting", "library", "library_version", "api", "note", "formula", "stable_steps"]
  }

  init(from decoder: any Decoder) throws {
    content = try Case(from: decoder)
    let known = Self.prose.union(Case.CodingKeys.allCases.map(\.stringValue))
    unknown = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
      .filter { !known.contains($0) }.sorted()
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Throws: If there is a field that is not known.
  func refuseUnknown() throws(CaseError) {
    if let field = unknown.first { throw .notCovered("field '\(field)'") }
  }
}
