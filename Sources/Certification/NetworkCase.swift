/// A file of recorded network computations (`network-cases/1`).
struct NetworkCaseFile: Decodable {
  var dtype: String?
  var cases: [NetworkCase]
}

/// One case: named fields, each read as the type that it should have.
struct NetworkCase: Decodable {
  var values: [String: ReferenceValue]

  /// A nested list of numbers, row-major.
  struct Tensor {
    var numbers: [Double]
    var shape: [Int]
  }

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: ReferenceValue].self)
  }

  var name: String { if case .text(let name) = values["name"] { name } else { "without a name" } }

  func text(_ key: String) throws(CaseError) -> String? {
    guard let value = values[key] else { return nil }
    guard case .text(let text) = value else { throw Self.wrong(key, "text", value) }
    return text
  }

  func number(_ key: String) throws(CaseError) -> Double? {
    guard let value = values[key] else { return nil }
    guard case .number(let number) = value, number.isFinite else {
      throw Self.wrong(key, "a number", value)
    }
    return number
  }

  func whole(_ key: String, in range: ClosedRange<Int>) throws(CaseError) -> Int? {
    guard let number = try number(key) else { return nil }
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw Self.wrong(
        key, "a whole number from \(range.lowerBound) to \(range.upperBound)", .number(number))
    }
    return whole
  }

  func flag(_ key: String) throws(CaseError) -> Bool? {
    guard let value = values[key] else { return nil }
    guard case .flag(let flag) = value else { throw Self.wrong(key, "true or false", value) }
    return flag
  }

  func tensor(_ key: String) throws(CaseError) -> Tensor? {
    try values[key].map { value throws(CaseError) in try Self.tensor(value, key) }
  }

  func numbers(_ key: String) throws(CaseError) -> [Double]? { try tensor(key)?.numbers }

  /// As many numbers as there must be.
  func numbers(_ key: String, count: Int) throws(CaseError) -> [Double]? {
    guard let numbers = try numbers(key) else { return nil }
    try CaseError.require(
      numbers.count == count, key, "has \(numbers.count) numbers, which should be \(count)")
    return numbers
  }

  /// Tensors by name; empty if there is no such field.
  func tensors(_ key: String) throws(CaseError) -> [String: Tensor] {
    guard let value = values[key] else { return [:] }
    guard case .mapping(let mapping) = value else {
      throw Self.wrong(key, "an object of tensors", value)
    }
    var tensors: [String: Tensor] = [:]
    for (name, value) in mapping { tensors[name] = try Self.tensor(value, "\(key).\(name)") }
    return tensors
  }

  static func tensor(_ value: ReferenceValue, _ field: String) throws(CaseError) -> Tensor {
    guard let shape = value.shape, !shape.isEmpty, !shape.contains(0) else {
      throw .malformed(field: field, reason: "must be a list of numbers, or of equally long lists")
    }
    return Tensor(numbers: value.numbers, shape: shape)
  }

  /// A field that is not known may change what the numbers mean.
  func refuseFields(beyond known: Set<String>) throws(CaseError) {
    for key in values.keys.sorted() where !known.contains(key) {
      throw .notCovered("field '\(key)'")
    }
  }

  private static func wrong(_ key: String, _ needed: String, _ value: ReferenceValue) -> CaseError {
    .malformed(field: key, reason: "must be \(needed), not \(value)")
  }
}
