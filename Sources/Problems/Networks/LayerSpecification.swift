/// One layer as a scenario writes it: `dense 128`, `relu`.
public enum LayerSpecification: Hashable, Sendable, CustomStringConvertible {
  /// y = x·Wᵀ + b with this many outputs.
  case dense(units: Int)
  /// y = max(0, x).
  case relu

  /// What may be written, for help texts.
  public static let forms = ["dense UNITS", "relu"]
  /// The first word of each form, to suggest the nearest one.
  public static let names = ["dense", "relu"]
  /// How many units a dense layer may have.
  public static let unitRange = 1...1_048_576

  /// Reads what `description` writes.
  ///
  /// - Throws: `NetworkError.unknownLayer` or `.malformedLayer`.
  public init(parsing text: String) throws(NetworkError) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    switch words.first {
    case "dense":
      guard words.count == 2, let units = Int(words[1]), Self.unitRange.contains(units) else {
        throw .malformedLayer(
          text,
          expected:
            "'dense UNITS' with \(Self.unitRange.lowerBound) to \(Self.unitRange.upperBound) units")
      }
      self = .dense(units: units)
    case "relu":
      guard words.count == 1 else { throw .malformedLayer(text, expected: "'relu' alone") }
      self = .relu
    default:
      throw .unknownLayer(text)
    }
  }

  public var description: String {
    switch self {
    case .dense(let units): "dense \(units)"
    case .relu: "relu"
    }
  }
}

/// Coded as the one string that a scenario has.
extension LayerSpecification: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(parsing: decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
