/// A file of recorded network computations (`network-cases/1`).
struct NetworkCaseFile: Decodable {
  var cases: [NetworkCase]
}

/// One case: named fields.
struct NetworkCase: Decodable {
  var values: [String: ReferenceValue]

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: ReferenceValue].self)
  }

  var name: String { text("name") ?? "unnamed" }

  func text(_ key: String) -> String? {
    if case .text(let text) = values[key] { text } else { nil }
  }

  func number(_ key: String) -> Double? {
    if case .number(let number) = values[key] { number } else { nil }
  }

  func flag(_ key: String) -> Bool? {
    if case .flag(let flag) = values[key] { flag } else { nil }
  }

  func mapping(_ key: String) -> [String: ReferenceValue] {
    if case .mapping(let mapping) = values[key] { mapping } else { [:] }
  }

  /// All numbers of a nested list, row-major.
  func numbers(_ key: String) -> [Double]? { values[key]?.numbers }

  /// A field that is not known may change what the numbers mean.
  func refuseFields(beyond known: Set<String>) throws(NotCovered) {
    for key in values.keys.sorted() where !known.contains(key) {
      throw NotCovered(what: "field '\(key)'")
    }
  }
}

extension ReferenceValue {
  /// All numbers of a nested list, row-major.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .list(let list): list.flatMap(\.numbers)
    default: []
    }
  }

  /// Lengths along the axes, by the first entry of each.
  var shape: [Int] {
    guard case .list(let list) = self else { return [] }
    return [list.count] + (list.first?.shape ?? [])
  }
}
