public import Parameters

/// Linear warm-up to the full learning rate, before another schedule.
///
/// α_t = α·(start + (1 − start)·min(t, length)/length) (Goyal et al. 2017, section 2.2).
public struct WarmUpSchedule: NamedSchedule {
  public static let name = "warm_up"
  public static let summary = "linear warm-up; 'then' names the schedule that follows"
  public static let equation = "α·(start + (1 − start)·min(t, length)/length)"
  public static let source = "Goyal et al. 2017, section 2.2"
  public static let shorthand: String? = "length"
  public static let parameters: [Parameter<WarmUpSchedule>] = [
    Parameter(
      "length", \.length, .whole(atLeast: 1), "steps or epochs until the full learning rate"),
    Parameter("start", \.start, .fraction, "multiple of the learning rate at the start"),
  ]

  public var length = 100
  public var start = 0.1

  public init() {}

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * (start + (1 - start) * moment.share(of: length))
  }
}
