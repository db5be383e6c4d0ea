/// A value whose settings are declared: an update rule, a schedule, a surface, a layer, a group of options.
public protocol Parameterized: Hashable, Sendable {
  /// In snake_case, as scenarios call it.
  static var name: String { get }
  /// In the order in which lists show them.
  static var parameters: [Parameter<Self>] { get }
  /// Parameters that contradict each other or have no effect with their present values.
  var conflicts: [Conflict] { get }

  /// All parameters at their defaults.
  init()
}

extension Parameterized {
  public var conflicts: [Conflict] { [] }

  public static var descriptions: [ParameterDescription] {
    let defaults = Self()
    return parameters.map { ParameterDescription($0, of: defaults) }
  }

  /// Every parameter with its value, by name.
  public var settings: [String: ParameterValue] {
    Dictionary(uniqueKeysWithValues: Self.parameters.map { ($0.name, $0.get(self)) })
  }

  /// The parameters that are not at their defaults, by name.
  public var changedSettings: [String: ParameterValue] {
    let defaults = Self()
    return settings.filter { name, value in
      Self.parameters.contains { $0.name == name && $0.get(defaults) != value }
    }
  }

  /// Every parameter with its value, those of nested values included: `rule` is the name of a wrapped rule, `rule.beta1`
  /// one of its hyperparameters.
  ///
  /// The only place where settings are flattened; no value is nested.
  public var flatSettings: [String: ParameterValue] {
    var flat: [String: ParameterValue] = [:]
    for (name, value) in settings {
      guard case .nested(let nested) = value else {
        flat[name] = value
        continue
      }
      flat[name] = .choice(nested.name)
      for (inner, value) in nested.flatSettings { flat["\(name).\(inner)"] = value }
    }
    return flat
  }

  /// Sets a parameter by its name in files.
  public mutating func set(_ name: String, to value: ParameterValue) throws(ParameterError) {
    guard let parameter = Self.parameters.first(where: { $0.name == name }) else {
      throw .unknown(name: name, known: Self.parameters.map(\.name))
    }
    guard parameter.accepts(value) else { throw .outside(name: name, domain: parameter.domain) }
    parameter.set(&self, value)
  }
}

/// An entry of a catalogue: a value with declared settings that states what it computes and where that was published.
public protocol CatalogueEntry: Parameterized {
  /// What it does, in one line.
  static var summary: String { get }
  /// What it computes.
  static var equation: String { get }
  /// Where the equation was published, or is described.
  static var source: String { get }
}
