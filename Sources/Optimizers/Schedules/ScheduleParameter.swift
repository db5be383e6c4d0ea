/// A parameter of the schedule `S`: its name in files, what it may be, and where it is kept.
public struct ScheduleParameter<S>: Sendable {
  /// In snake_case, as scenarios write it.
  public let name: String
  public let domain: ScheduleDomain
  public let summary: String
  /// What a value that is left out stands for.
  public let automatic: String?
  let get: @Sendable (S) -> ScheduleValue
  let set: @Sendable (inout S, ScheduleValue) -> Void

  /// A number.
  init(
    _ name: String, _ path: WritableKeyPath<S, Double> & Sendable, _ domain: ScheduleDomain,
    _ summary: String
  ) {
    self.init(
      name, domain, summary, get: { .number($0[keyPath: path]) },
      set: {
        if case .number(let number) = $1 { $0[keyPath: path] = number }
      })
  }

  /// A number that may be left out.
  init(
    _ name: String, _ path: WritableKeyPath<S, Double?> & Sendable, _ domain: ScheduleDomain,
    automatic: String, _ summary: String
  ) {
    self.init(
      name, domain, summary, automatic: automatic,
      get: { $0[keyPath: path].map { .number($0) } ?? .automatic },
      set: {
        if case .number(let number) = $1 { $0[keyPath: path] = number }
      })
  }

  /// A number of positions.
  init(
    _ name: String, _ path: WritableKeyPath<S, Int> & Sendable, atLeast least: Int,
    _ summary: String
  ) {
    self.init(
      name, .whole(atLeast: least), summary, get: { .whole($0[keyPath: path]) },
      set: {
        if case .whole(let number) = $1 { $0[keyPath: path] = number }
      })
  }

  /// How many positions the schedule takes; left out, it ends with the budget.
  init(length path: WritableKeyPath<S, Int?> & Sendable) {
    self.init(
      "length", .whole(atLeast: 1), "steps or epochs that it takes", automatic: "the budget",
      get: { $0[keyPath: path].map { .whole($0) } ?? .automatic },
      set: {
        if case .whole(let number) = $1 { $0[keyPath: path] = number }
      })
  }

  /// Positions at which something happens.
  init(_ name: String, _ path: WritableKeyPath<S, [Int]> & Sendable, _ summary: String) {
    self.init(
      name, .milestones, summary, get: { .wholes($0[keyPath: path]) },
      set: {
        if case .wholes(let numbers) = $1 { $0[keyPath: path] = numbers }
      })
  }

  /// Rates by position.
  init(_ name: String, _ path: WritableKeyPath<S, [Int: Double]> & Sendable, _ summary: String) {
    self.init(
      name, .rates, summary, get: { .rates($0[keyPath: path]) },
      set: {
        if case .rates(let rates) = $1 { $0[keyPath: path] = rates }
      })
  }

  /// A switch.
  init(_ name: String, _ path: WritableKeyPath<S, Bool> & Sendable, _ summary: String) {
    self.init(
      name, .flag, summary, get: { .flag($0[keyPath: path]) },
      set: {
        if case .flag(let flag) = $1 { $0[keyPath: path] = flag }
      })
  }

  /// One of several forms.
  init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: WritableKeyPath<S, Choice> & Sendable, _ summary: String
  ) {
    self.init(
      name, .choice(Choice.allCases.map(\.rawValue)), summary,
      get: { .choice($0[keyPath: path].rawValue) },
      set: {
        if case .choice(let name) = $1, let choice = Choice(rawValue: name) {
          $0[keyPath: path] = choice
        }
      })
  }

  private init(
    _ name: String, _ domain: ScheduleDomain, _ summary: String, automatic: String? = nil,
    get: @escaping @Sendable (S) -> ScheduleValue,
    set: @escaping @Sendable (inout S, ScheduleValue) -> Void
  ) {
    self.name = name
    self.domain = domain
    self.summary = summary
    self.automatic = automatic
    self.get = get
    self.set = set
  }
}

/// What there is to know of a schedule's parameter without its schedule.
public struct ScheduleParameterDescription: Hashable, Sendable {
  public let name: String
  public let domain: ScheduleDomain
  public let summary: String
  public let automatic: String?
  public let defaultValue: ScheduleValue

  /// Whether it must be given.
  public var isRequired: Bool { defaultValue == .wholes([]) || defaultValue == .rates([:]) }

  /// What holds if it is left out; empty for what must be given.
  public var defaultText: String { isRequired ? "" : automatic ?? defaultValue.description }
}

extension NamedSchedule {
  public static var parameterDescriptions: [ScheduleParameterDescription] {
    let defaults = Self()
    return parameters.map {
      ScheduleParameterDescription(
        name: $0.name, domain: $0.domain, summary: $0.summary, automatic: $0.automatic,
        defaultValue: $0.get(defaults))
    }
  }

  /// Sets a parameter by its name in files.
  ///
  /// - Returns: Whether there is such a parameter and it takes the value.
  public mutating func set(_ name: String, to value: ScheduleValue) -> Bool {
    guard let parameter = Self.parameters.first(where: { $0.name == name }),
      parameter.domain.contains(value)
    else { return false }
    parameter.set(&self, value)
    return true
  }
}
