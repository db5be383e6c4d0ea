/// One schedule after another: warm-up, then cosine.
///
/// The second one starts at its position 0, at the optimizer's learning rate, when the first has ended (PyTorch's
/// SequentialLR); its budget is the rest.
public struct ScheduleSequence: Schedule {
  public let first: any Schedule
  public let second: any Schedule
  private let change: Int

  /// - Parameter first: must have an `end`.
  public init(_ first: any Schedule, then second: any Schedule) {
    guard let change = first.end else {
      preconditionFailure("only a schedule with an end can be followed by another")
    }
    self.first = first
    self.second = second
    self.change = change
  }

  public var end: Int? { second.end.map { change + $0 } }

  /// A schedule that watches something has no end, so it is never the first.
  public var watched: WatchedMetric? { second.watched }
  public var watchesTraining: Bool { second.watchesTraining }

  public var description: String { "\(first.description) then \(second.description)" }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    moment.position < change
      ? first.rate(base, at: moment) : second.rate(base, at: moved(moment))
  }

  public func momentum(at moment: ScheduleMoment) -> Double? {
    moment.position < change ? first.momentum(at: moment) : second.momentum(at: moved(moment))
  }

  public func observe(_ metric: Double, base: Double, at moment: inout ScheduleMoment) {
    guard moment.position >= change else {
      return first.observe(metric, base: base, at: &moment)
    }
    var own = moved(moment)
    second.observe(metric, base: base, at: &own)
    moment.plateau = own.plateau
  }

  /// The moment as the second schedule sees it.
  private func moved(_ moment: ScheduleMoment) -> ScheduleMoment {
    var own = ScheduleMoment(
      position: moment.position - change, total: max(1, moment.total - change))
    own.plateau = moment.plateau
    return own
  }
}
