public import Parameters

/// How the learning rate changes during training: the learning rate for every position.
///
/// A position is a step or an epoch, counted from 0; the caller decides which. All state is in `ScheduleMoment`, so that
/// one schedule can serve many runs at once.
public protocol Schedule: Sendable {
  /// Positions after which another schedule may follow; `nil` if it has no end or ends with the budget.
  var end: Int? { get }

  /// With its parameters, as results keep it; without commas, semicolons or equals signs, which tables use.
  var description: String { get }

  /// The learning rate at a moment.
  ///
  /// - Parameter base: the optimizer's learning rate.
  func rate(_ base: Double, at moment: ScheduleMoment) -> Double

  /// The momentum at a moment; `nil` for schedules that do not change it.
  func momentum(at moment: ScheduleMoment) -> Double?

  /// The metric that it watches, if not the loss that the caller has anyway.
  var watched: WatchedMetric? { get }

  /// Whether what it records has an effect.
  var watchesTraining: Bool { get }

  /// Records the watched metric at a moment.
  func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment)
}

extension Schedule {
  public var end: Int? { nil }
  public var watched: WatchedMetric? { nil }
  public var watchesTraining: Bool { false }
  public func momentum(at moment: ScheduleMoment) -> Double? { nil }
  public func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment) {}
}

/// The position of a run, and the history of its metric.
public struct ScheduleMoment: Hashable, Sendable {
  /// Steps or epochs before this one.
  public var position: Int
  /// Steps or epochs of the whole run, at least 1.
  public let total: Int
  var plateau = PlateauMemory()

  public init(position: Int, total: Int) {
    precondition(total >= 1, "a run has at least one step")
    self.position = position
    self.total = total
  }

  /// The completed fraction of `length` positions (of the whole run, if `nil`), 0 to 1.
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
