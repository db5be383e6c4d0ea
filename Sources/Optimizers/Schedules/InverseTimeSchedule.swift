public import Parameters

/// The rate falls as one over time.
///
/// α_t = α/(1 + decay·t) (Robbins and Monro 1951 ask for steps that fall about like this).
public struct InverseTimeSchedule: NamedSchedule {
  public static let name = "inverse_time"
  public static let summary = "the rate falls as one over time"
  public static let equation = "α/(1 + decay·t)"
  public static let source = "after Robbins and Monro 1951"
  public static let shorthand: String? = "decay"
  public static let parameters: [Parameter<InverseTimeSchedule>] = [
    Parameter("decay", \.decay, .nonNegative, "1 halves the rate after one step or epoch")
  ]

  public var decay = 1.0

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base / (1 + decay * Double(moment.position))
  }
}
