public import Parameters

/// How the learning rate changes while training goes on: a value that says the rate of every position.
///
/// A position is a step or an epoch, counted from 0; which of them, the user of the schedule decides. The only thing a
/// schedule may remember is what `ScheduleMoment` carries along, so that one value serves many runs at once.
public protocol Schedule: Sendable {
  /// Positions after which another schedule may follow; `nil` if there is no such point or it is the end of the budget.
  var end: Int? { get }

  /// With its parameters, as results keep it; no commas, semicolons or equals signs, which tables give a meaning.
  var description: String { get }

  /// The rate to use at a moment.
  ///
  /// - Parameter base: the optimizer's learning rate.
  func rate(_ base: Double, at moment: ScheduleMoment) -> Double

  /// The momentum to use at a moment, of schedules that change it too.
  func momentum(at moment: ScheduleMoment) -> Double?

  /// Takes note of the metric reached at a moment; smaller is better.
  func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment)
}

extension Schedule {
  public var end: Int? { nil }
  public func momentum(at moment: ScheduleMoment) -> Double? { nil }
  public func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment) {}
}

/// Where a run stands, and what its metric did so far.
public struct ScheduleMoment: Hashable, Sendable {
  /// Steps or epochs before this one.
  public var position: Int
  /// Steps or epochs of the whole run, at least 1.
  public let total: Int
  var plateau = PlateauMemory()

  public init(position: Int, total: Int) {
    precondition(total >= 1, "a run has a step")
    self.position = position
    self.total = total
  }

  /// The share of `length` positions (of the whole run, if `nil`) that is over, 0 to 1.
  func share(of length: Int?) -> Double {
    let length = length ?? total
    return Double(min(position, length)) / Double(length)
  }
}

/// A schedule of the catalogue. Its equation gives α_t from α (the learning rate) and t (the position, counted from 0).
///
/// Adding one takes one file in Schedules/ and one line in `ScheduleCatalogue`.
public protocol NamedSchedule: Schedule, CatalogueEntry {
  /// The parameter that may be written alone, as in `warm_up: 100`.
  static var shorthand: String? { get }
}

extension NamedSchedule {
  public static var shorthand: String? { nil }

  public var description: String {
    let settings = Self.parameters.map { "\($0.name) \($0.get(self))" }
    return settings.isEmpty
      ? Self.name : "\(Self.name)(\(settings.joined(separator: " ")))"
  }
}

extension Parameter where Owner: NamedSchedule {
  /// The number of positions that a schedule takes; without it, the schedule ends with the budget.
  static func length(_ path: any WritableKeyPath<Owner, Int?> & Sendable) -> Self {
    Parameter(
      "length", path, .whole(atLeast: 1), absent: "the budget", "duration in steps or epochs")
  }
}
