package import Parameters
import Randomness

/// How the weights of a layer start: a scheme of the catalogue with its settings.
package struct Initialization: Hashable, Sendable {
  package let scheme: any InitializationScheme

  package init(_ scheme: any InitializationScheme) { self.scheme = scheme }

  package static let catalogue: [any InitializationScheme.Type] = [
    ZerosInitialization.self, ConstantInitialization.self, NormalInitialization.self,
    TruncatedNormalInitialization.self, XavierUniformInitialization.self,
    XavierNormalInitialization.self, HeInitialization.self, HeUniformInitialization.self,
    HeLeakyInitialization.self, LeCunInitialization.self,
  ]

  package static let zeros = Initialization(ZerosInitialization())
  package static let he = Initialization(HeInitialization())
  package static let heUniform = Initialization(HeUniformInitialization())
  package static let xavierUniform = Initialization(XavierUniformInitialization())
  package static let xavierNormal = Initialization(XavierNormalInitialization())
  package static let lecun = Initialization(LeCunInitialization())

  package static func heLeaky(slope: Double) -> Initialization {
    var scheme = HeLeakyInitialization()
    scheme.slope = slope
    return Initialization(scheme)
  }

  package static func truncatedNormal(deviation: Double) -> Initialization {
    var scheme = TruncatedNormalInitialization()
    scheme.deviation = deviation
    return Initialization(scheme)
  }

  /// What may be written.
  package static var forms: [String] { catalogue.map { $0.form } }
  /// The names alone, to suggest the nearest one.
  package static var names: [String] { catalogue.map { $0.name } }

  /// Reads what `description` writes.
  package init(parsing text: String) throws(NetworkError) {
    var words = SettingWords(text)
    self = try Initialization(reading: &words)
    guard words.isAtEnd else { throw .malformedInitialization(text) }
  }

  init(reading words: inout SettingWords) throws(NetworkError) {
    let name = words.next() ?? ""
    // PyTorch's name for it.
    let own = name == "he_normal" ? HeInitialization.name : name
    guard let type = Self.catalogue.first(where: { $0.name == own }) else {
      throw .unknownInitialization(name)
    }
    do throws(NetworkError) {
      scheme = try type.init(reading: &words)
    } catch {
      throw .malformedInitialization(name)
    }
  }

  package func variance(fanIn: Int, fanOut: Int) -> Double {
    scheme.variance(fanIn: fanIn, fanOut: fanOut)
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
    switch scheme.distribution {
    case .constant(let value): weights.update(repeating: Float(value))
    case .normal:
      for index in weights.indices { weights[index] = Float(deviation * generator.normal()) }
    case .truncatedNormal:
      for index in weights.indices {
        var draw = generator.normal()
        while abs(draw) > 2 { draw = generator.normal() }
        weights[index] = Float(deviation * draw)
      }
    case .uniform:
      let bound = uniformBound(fanIn: fanIn, fanOut: fanOut)
      for index in weights.indices {
        weights[index] = Float(bound * (2 * generator.uniform() - 1))
      }
    }
  }

  package static func == (left: Initialization, right: Initialization) -> Bool {
    NestedValue(left.scheme) == NestedValue(right.scheme)
  }

  package func hash(into hasher: inout Hasher) { scheme.hash(into: &hasher) }
}

extension Initialization: CustomStringConvertible {
  package var description: String { scheme.description }
}

extension NestedKind {
  package static let initialization = NestedKind(
    "initialization", phrase: "one of \(Initialization.forms.joined(separator: ", "))")
}

extension Parameter {
  /// How weights start.
  package init(
    _ name: String, _ path: any WritableKeyPath<Owner, Initialization> & Sendable,
    _ meaning: String
  ) {
    self.init(
      name, .nested(.initialization), meaning,
      get: { .nested(NestedValue($0[keyPath: path].scheme)) },
      set: {
        if case .nested(let value) = $1, let scheme = value.base as? any InitializationScheme {
          $0[keyPath: path] = Initialization(scheme)
        }
      })
  }

  /// How weights start, where not as elsewhere.
  package init(
    _ name: String, _ path: any WritableKeyPath<Owner, Initialization?> & Sendable,
    absent: String, _ meaning: String
  ) {
    self.init(
      name, .nested(.initialization), absent: absent, meaning,
      get: { $0[keyPath: path].map { .nested(NestedValue($0.scheme)) } ?? .absent },
      set: {
        if case .nested(let value) = $1, let scheme = value.base as? any InitializationScheme {
          $0[keyPath: path] = Initialization(scheme)
        } else {
          $0[keyPath: path] = nil
        }
      })
  }
}
