/// A hyperparameter of `Rule`: its name in files, what it may be, and where it is kept.
public struct Hyperparameter<Rule>: Sendable {
  /// In snake_case, as scenarios write it.
  public let name: String
  public let domain: HyperparameterDomain
  public let summary: String
  /// What `bench tune` searches by default; `nil` for what it leaves alone.
  public private(set) var search: SearchRange?
  let get: @Sendable (Rule) -> HyperparameterValue
  let set: @Sendable (inout Rule, HyperparameterValue) -> Void

  /// A number.
  public init(
    _ name: String, _ path: WritableKeyPath<Rule, Double> & Sendable,
    _ domain: HyperparameterDomain, _ summary: String
  ) {
    self.name = name
    self.domain = domain
    self.summary = summary
    get = { .number($0[keyPath: path]) }
    set = { if case .number(let number) = $1 { $0[keyPath: path] = number } }
  }

  /// A whole number.
  public init(
    _ name: String, _ path: WritableKeyPath<Rule, Int> & Sendable,
    _ domain: HyperparameterDomain, _ summary: String
  ) {
    self.name = name
    self.domain = domain
    self.summary = summary
    get = { .number(Double($0[keyPath: path])) }
    set = { if case .number(let number) = $1 { $0[keyPath: path] = Int(number) } }
  }

  /// A rule to wrap.
  public init(
    _ name: String, _ path: WritableKeyPath<Rule, WrappedRule> & Sendable, _ summary: String
  ) {
    self.name = name
    domain = .rule
    self.summary = summary
    get = { .rule($0[keyPath: path]) }
    set = { if case .rule(let rule) = $1 { $0[keyPath: path] = rule } }
  }

  /// A switch.
  public init(_ name: String, _ path: WritableKeyPath<Rule, Bool> & Sendable, _ summary: String) {
    self.name = name
    domain = .flag
    self.summary = summary
    get = { .flag($0[keyPath: path]) }
    set = { if case .flag(let flag) = $1 { $0[keyPath: path] = flag } }
  }

  /// The same with a range that `bench tune` searches by default.
  public func searched(_ scale: SearchScale, _ bounds: ClosedRange<Double>) -> Self {
    var copy = self
    copy.search = SearchRange(scale, bounds)
    return copy
  }

  /// One of several forms.
  public init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: WritableKeyPath<Rule, Choice> & Sendable, _ summary: String
  ) {
    self.name = name
    domain = .choice(Choice.allCases.map(\.rawValue))
    self.summary = summary
    get = { .choice($0[keyPath: path].rawValue) }
    set = {
      if case .choice(let name) = $1, let choice = Choice(rawValue: name) {
        $0[keyPath: path] = choice
      }
    }
  }
}

/// What there is to know of a hyperparameter without its rule.
public struct HyperparameterDescription: Hashable, Sendable {
  public let name: String
  public let domain: HyperparameterDomain
  public let summary: String
  /// The published default.
  public let defaultValue: HyperparameterValue
  public let search: SearchRange?
}

/// Why a hyperparameter could not be set.
public enum HyperparameterError: Error, Hashable {
  case unknown(name: String)
  case outside(domain: HyperparameterDomain, name: String)
}

extension Optimizer {
  public static var hyperparameterDescriptions: [HyperparameterDescription] {
    let defaults = Self()
    return hyperparameters.map {
      HyperparameterDescription(
        name: $0.name, domain: $0.domain, summary: $0.summary, defaultValue: $0.get(defaults),
        search: $0.search)
    }
  }

  /// Every hyperparameter with its value, by name.
  public var settings: [String: HyperparameterValue] {
    Dictionary(uniqueKeysWithValues: Self.hyperparameters.map { ($0.name, $0.get(self)) })
  }

  /// Sets a hyperparameter by its name in files.
  public mutating func set(
    _ name: String, to value: HyperparameterValue
  ) throws(HyperparameterError) {
    guard let hyperparameter = Self.hyperparameters.first(where: { $0.name == name }) else {
      throw .unknown(name: name)
    }
    guard hyperparameter.domain.contains(value) else {
      throw .outside(domain: hyperparameter.domain, name: name)
    }
    hyperparameter.set(&self, value)
  }
}
