/// The declaration of one setting of `Owner`: its name in files, the values it takes, what it means and where it is stored.
///
/// Rules, schedules, surfaces, layers and training options all declare their settings with this type. The default is the
/// value in `Owner()`, so that it is written once.
public struct Parameter<Owner>: Sendable {
  /// In snake_case, as scenarios write it.
  public let name: String
  public let domain: ParameterDomain
  /// One short phrase.
  public let meaning: String
  /// What an absent value means, such as "the budget"; `nil` if the value cannot be absent.
  public let absence: String?
  /// What `bench tune` searches by default; `nil` for what it does not search.
  public private(set) var search: SearchRange?
  /// Whether a file must give a value, because no default makes sense.
  public private(set) var isRequired = false
  package let get: @Sendable (Owner) -> ParameterValue
  package let set: @Sendable (inout Owner, ParameterValue) -> Void

  /// A setting that is read and written by closures.
  ///
  /// - Parameter set: called with values of `domain` only, or with `.absent` where that is allowed.
  public init(
    _ name: String, _ domain: ParameterDomain, absent: String? = nil, _ meaning: String,
    get: @escaping @Sendable (Owner) -> ParameterValue,
    set: @escaping @Sendable (inout Owner, ParameterValue) -> Void
  ) {
    self.name = name
    self.domain = domain
    self.meaning = meaning
    absence = absent
    self.get = get
    self.set = set
  }

  /// The same parameter with a range that `bench tune` searches by default.
  public func searched(_ scale: SearchScale, _ bounds: ClosedRange<Double>) -> Self {
    var copy = self
    copy.search = SearchRange(scale, bounds)
    return copy
  }

  /// The same parameter without a default: a file must give a value.
  public func required() -> Self {
    var copy = self
    copy.isRequired = true
    return copy
  }

  /// Whether the parameter may be set to `value`.
  public func accepts(_ value: ParameterValue) -> Bool {
    value == .absent ? absence != nil : domain.contains(value)
  }
}

extension Parameter {
  /// A stored property of any convertible type: `Double`, `Int`, `String`, lists, tables and their optionals.
  ///
  /// - Parameter absent: what `nil` means; for optional properties.
  public init<Value: ParameterConvertible>(
    _ name: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ domain: ParameterDomain,
    absent: String? = nil, _ meaning: String
  ) {
    self.init(
      name, domain, absent: absent, meaning,
      get: { $0[keyPath: path].parameterValue },
      set: {
        guard let value = Value(parameterValue: $1) else {
          preconditionFailure("'\(name)' has a domain that its property cannot hold")
        }
        $0[keyPath: path] = value
      })
  }

  /// A switch.
  public init(
    _ name: String, _ path: any WritableKeyPath<Owner, Bool> & Sendable, _ meaning: String
  ) {
    self.init(name, path, .flag, meaning)
  }

  /// One case of an enumeration, whose raw values are the names in files.
  public init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Owner, Choice> & Sendable, _ meaning: String
  ) {
    self.init(
      name, .choice(Choice.allCases.map(\.rawValue)), meaning,
      get: { .choice($0[keyPath: path].rawValue) },
      set: {
        if case .choice(let name) = $1, let choice = Choice(rawValue: name) {
          $0[keyPath: path] = choice
        }
      })
  }

  /// A group of settings with its own declaration, such as a stopping rule; `nil` leaves it out.
  public init<Group: Parameterized>(
    _ name: String, _ path: any WritableKeyPath<Owner, Group?> & Sendable, absent: String = "none",
    _ meaning: String
  ) {
    self.init(
      name, .nested(.group(Group.self)), absent: absent, meaning,
      get: { $0[keyPath: path].map { .nested(NestedValue($0)) } ?? .absent },
      set: {
        if case .nested(let value) = $1 {
          $0[keyPath: path] = value.base as? Group
        } else {
          $0[keyPath: path] = nil
        }
      })
  }
}
