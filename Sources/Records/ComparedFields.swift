import Foundation

/// Fields that decide whether results can be compared: values by key, no words.
package struct ComparedFields: Sendable, Equatable {
  package private(set) var fields: [String: Setting]
  /// All that is known of something recorded before there were fields.
  package private(set) var description: String?

  package init(_ fields: [String: Setting]) { self.fields = fields }

  package init(description: String) {
    fields = [:]
    self.description = description
  }

  /// Without the fields that `keys` name.
  package func without(_ keys: Set<String>) -> ComparedFields {
    var rest = self
    for key in keys { rest.fields[key] = nil }
    return rest
  }

  /// Whether nothing is known to differ. Of a description and fields nothing is known; two descriptions must be equal.
  package func isComparable(with other: ComparedFields) -> Bool {
    (description == nil) != (other.description == nil) || self == other
  }

  /// Such as `batch_size 32, was 64`, by key; empty where `isComparable(with:)`.
  package func differences(from former: ComparedFields) -> [String] {
    guard !isComparable(with: former) else { return [] }
    if let description { return ["\(description), was \(former.description ?? "")"] }
    return Set(fields.keys).union(former.fields.keys).sorted().compactMap { key in
      guard fields[key] != former.fields[key] else { return nil }
      let values = [fields[key], former.fields[key]].map { $0?.description ?? "not set" }
      return "\(key) \(values[0]), was \(values[1])"
    }
  }
}

/// JSON with sorted keys: `{"start":[3,2],"surface":"sphere"}`.
extension ComparedFields {
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return String(decoding: try encoder.encode(fields), as: UTF8.self)
    } catch {
      preconditionFailure("settings always encode: \(error)")
    }
  }

  /// - Returns: `nil` for what is no JSON object of settings.
  package init?(json: String) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let fields = try? decoder.decode([String: Setting].self, from: Data(json.utf8)) else {
      return nil
    }
    self.init(fields)
  }
}
