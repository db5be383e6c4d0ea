/// What is known of a parameter without its owner.
public struct ParameterDescription: Hashable, Sendable {
  public let name: String
  public private(set) var domain: ParameterDomain
  public let meaning: String
  public let absence: String?
  public let search: SearchRange?
  public private(set) var isRequired: Bool
  /// The value in `Owner()`; without meaning if a value is required.
  public let defaultValue: ParameterValue

  package init<Owner>(_ parameter: Parameter<Owner>, of defaults: Owner) {
    name = parameter.name
    domain = parameter.domain
    meaning = parameter.meaning
    absence = parameter.absence
    search = parameter.search
    isRequired = parameter.isRequired
    defaultValue = parameter.get(defaults)
  }

  /// A setting that no property stores, such as a list of layers: code reads it, lists show it.
  package init(
    _ name: String, _ domain: ParameterDomain, absent: String? = nil, isRequired: Bool = false,
    _ meaning: String
  ) {
    self.name = name
    self.domain = domain
    self.meaning = meaning
    absence = absent
    search = nil
    self.isRequired = isRequired
    defaultValue = .absent
  }

  /// The same setting, required or not: what a mapping needs may depend on its other keys.
  package func required(_ isRequired: Bool) -> Self {
    var copy = self
    copy.isRequired = isRequired
    return copy
  }

  /// The same setting with fewer values, such as no more samples than there are.
  package func limited(to domain: ParameterDomain) -> Self {
    var copy = self
    copy.domain = domain
    return copy
  }

  /// The default as lists show it; empty if a value is required.
  public var defaultText: String {
    if isRequired { return "" }
    return defaultValue == .absent ? absence ?? "" : defaultValue.description
  }
}
