/// Why a reference file could not be checked at all; descriptions name the file.
package enum CertificationError: Error, Equatable {
  case missing(path: String)
  case malformed(path: String, reason: String)
}

extension CertificationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "\(path): no such file"
    case .malformed(let path, let reason): "\(path): \(reason)"
    }
  }
}

extension CertificationError {
  /// What is wrong, in the words of the file: the case, the field and what it should be.
  static func reason(
    of error: DecodingError, caseName: (Int) -> String?
  ) -> String {
    let (path, reason): ([any CodingKey], String) =
      switch error {
      case .keyNotFound(let key, let context): (context.codingPath + [key], "is missing")
      case .typeMismatch(let type, let context): (context.codingPath, "must be \(name(of: type))")
      case .valueNotFound(let type, let context): (context.codingPath, "must be \(name(of: type))")
      case .dataCorrupted(let context):
        (context.codingPath, "has a value that cannot be read: \(context.debugDescription)")
      @unknown default: ([], "\(error)")
      }
    guard !path.isEmpty else { return "no valid JSON" }
    guard path.count > 1, let index = path[1].intValue,
      ["cases", "schedules"].contains(path[0].stringValue)
    else { return "'\(text(path))' \(reason)" }
    let place = "case \(caseName(index).map { "'\($0)'" } ?? "\(index + 1)")"
    let field = text(Array(path.dropFirst(2)))
    return field.isEmpty ? "\(place) \(reason)" : "\(place): '\(field)' \(reason)"
  }

  private static func text(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is Double.Type: "a number"
    case is Int.Type: "a whole number"
    case is String.Type: "text"
    case is [String: ReferenceValue].Type, is [String: Any].Type: "an object"
    default: "\(type)".hasPrefix("Array") ? "a list" : "another type of value"
    }
  }
}
