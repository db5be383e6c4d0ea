/// The unit of a schedule's positions.
public enum ScheduleUnit: String, CaseIterable, Hashable, Sendable {
  case step
  case epoch
}

/// A schedule with the unit of its positions.
public struct LearningRateSchedule: Sendable, CustomStringConvertible {
  public var schedule: any Schedule
  public var unit: ScheduleUnit

  public init(_ schedule: any Schedule, per unit: ScheduleUnit) {
    self.schedule = schedule
    self.unit = unit
  }

  public var description: String { "\(schedule.description) per \(unit.rawValue)" }
}

/// A schedule during one run.
public struct ScheduleCourse: Sendable {
  private let schedule: any Schedule
  private let base: Double
  private var moment: ScheduleMoment

  /// - Parameters:
  ///   - base: the optimizer's learning rate.
  ///   - total: positions of the whole run, at least 1.
  public init(_ schedule: any Schedule, base: Double, total: Int) {
    self.schedule = schedule
    self.base = base
    moment = ScheduleMoment(position: 0, total: total)
  }

  /// The learning rate at `position`, counted from 0.
  public mutating func rate(at position: Int) -> Double {
    moment.position = position
    return schedule.rate(base, at: moment)
  }

  /// The momentum at `position`, of schedules that change it.
  public mutating func momentum(at position: Int) -> Double? {
    moment.position = position
    return schedule.momentum(at: moment)
  }

  /// The metric to record, if not the loss.
  public var watched: WatchedMetric? { schedule.watched }

  /// Records the watched metric at the last position.
  public mutating func observe(_ metric: Double) {
    schedule.observe(metric, base: base, at: &moment)
  }
}
