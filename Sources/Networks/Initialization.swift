import Randomness

/// How the weights of a layer start, for units with n inputs (fan-in) and m outputs (fan-out).
package enum Initialization: Hashable, Sendable {
  /// All 0: without other layers a convex problem, with them units that never differ.
  case zeros
  /// All the same number.
  case constant(Double)
  /// Normal with mean 0 and this deviation.
  case normal(deviation: Double)
  /// The same, drawn again where it is more than two deviations from 0 (TensorFlow's `truncated_normal`).
  case truncatedNormal(deviation: Double)
  /// Uniform on (−b, b) with b = √(6/(n + m)): variance 2/(n + m) (Glorot and Bengio 2010, equation 16).
  case xavierUniform
  /// Normal with variance 2/(n + m).
  case xavierNormal
  /// Normal with variance 2/n, which keeps the variance of the signal through rectifiers
  /// (He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers", equation 10).
  case he
  /// Uniform on (−b, b) with b = √(6/n): variance 2/n.
  case heUniform
  /// Normal with variance 2/((1 + slope²)·n), for rectifiers that leak (the same, equation 15).
  case heLeaky(slope: Double)
  /// Normal with variance 1/n, which keeps it through sums (LeCun, Bottou, Orr and Müller 1998, section 4.6).
  case lecun

  /// What may be written.
  package static let forms = [
    "zeros", "constant VALUE", "normal DEVIATION", "truncated_normal DEVIATION", "xavier_uniform",
    "xavier_normal", "he", "he_uniform", "he_leaky SLOPE",
    "lecun",
  ]

  /// Variance of a weight as drawn, before any truncation.
  package func variance(fanIn: Int, fanOut: Int) -> Double {
    switch self {
    case .zeros, .constant: 0
    case .normal(let deviation), .truncatedNormal(let deviation): deviation * deviation
    case .xavierUniform, .xavierNormal: 2 / Double(fanIn + fanOut)
    case .he, .heUniform: 2 / Double(fanIn)
    case .heLeaky(let slope): 2 / ((1 + slope * slope) * Double(fanIn))
    case .lecun: 1 / Double(fanIn)
    }
  }

  /// Half the interval that a uniform weight is drawn from.
  package func uniformBound(fanIn: Int, fanOut: Int) -> Double {
    (3 * variance(fanIn: fanIn, fanOut: fanOut)).squareRoot()
  }

  func fill(
    _ weights: UnsafeMutableBufferPointer<Float>, fanIn: Int, fanOut: Int,
    from generator: inout KeyedGenerator
  ) {
    let deviation = variance(fanIn: fanIn, fanOut: fanOut).squareRoot()
    switch self {
    case .zeros: weights.update(repeating: 0)
    case .constant(let value): weights.update(repeating: Float(value))
    case .normal, .xavierNormal, .he, .heLeaky, .lecun:
      for index in weights.indices { weights[index] = Float(deviation * generator.normal()) }
    case .truncatedNormal:
      for index in weights.indices {
        var draw = generator.normal()
        while abs(draw) > 2 { draw = generator.normal() }
        weights[index] = Float(deviation * draw)
      }
    case .xavierUniform, .heUniform:
      let bound = uniformBound(fanIn: fanIn, fanOut: fanOut)
      for index in weights.indices {
        weights[index] = Float(bound * (2 * generator.uniform() - 1))
      }
    }
  }
}

extension Initialization: CustomStringConvertible {
  package var description: String {
    switch self {
    case .zeros: "zeros"
    case .constant(let value): "constant \(value)"
    case .normal(let deviation): "normal \(deviation)"
    case .truncatedNormal(let deviation): "truncated_normal \(deviation)"
    case .xavierUniform: "xavier_uniform"
    case .xavierNormal: "xavier_normal"
    case .he: "he"
    case .heUniform: "he_uniform"
    case .heLeaky(let slope): "he_leaky \(slope)"
    case .lecun: "lecun"
    }
  }

  /// The names alone, to suggest the nearest one.
  package static var names: [String] { forms.map { String($0.prefix { $0 != " " }) } }

  /// Reads what `description` writes.
  package init(parsing text: String) throws(NetworkError) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var reader = LayerWords(words, form: Self.form(of: words.first ?? ""))
    try self.init(words.first ?? "", reading: &reader)
    guard reader.isAtEnd else { throw .malformedInitialization(text) }
  }

  private static func form(of name: String) -> String {
    forms.first { $0.prefix { $0 != " " } == name } ?? forms.joined(separator: ", ")
  }

  init(_ name: String, reading words: inout LayerWords) throws(NetworkError) {
    func number(_ words: inout LayerWords, _ isAllowed: (Double) -> Bool) throws(NetworkError)
      -> Double
    {
      guard words.isAtNumber else { throw .malformedInitialization(name) }
      return try words.number("a finite number", isAllowed)
    }
    switch name {
    case "zeros": self = .zeros
    case "constant": self = .constant(try number(&words) { _ in true })
    case "normal": self = .normal(deviation: try number(&words) { $0 > 0 })
    case "truncated_normal": self = .truncatedNormal(deviation: try number(&words) { $0 > 0 })
    case "xavier_uniform": self = .xavierUniform
    case "xavier_normal": self = .xavierNormal
    case "he", "he_normal": self = .he
    case "he_uniform": self = .heUniform
    case "he_leaky": self = .heLeaky(slope: try number(&words) { $0 >= 0 })
    case "lecun": self = .lecun
    default: throw .unknownInitialization(name)
    }
  }
}
