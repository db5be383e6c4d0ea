/// Why a reference file could not be checked at all; descriptions name the file.
public enum CertificationError: Error, Equatable {
  case missing(path: String)
  case malformed(path: String, reason: String)

  static func reason(of error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
    }
    guard let error = error as? DecodingError else { return "\(error)" }
    return switch error {
    case .keyNotFound(let key, let context):
      "'\(key.stringValue)' is missing at '\(place(context))'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "another type is expected at '\(place(context))'"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "no valid JSON" : "no valid value at '\(place(context))'"
    @unknown default: "\(error)"
    }
  }
}

extension CertificationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file"
    case .malformed(let path, let reason): "\(path): no reference file: \(reason)"
    }
  }
}
