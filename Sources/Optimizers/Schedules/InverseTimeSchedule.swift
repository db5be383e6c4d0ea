public import Parameters

/// Inverse time decay.
///
/// α_t = α/(1 + decay·t) (Robbins and Monro 1951 ask for steps that fall about like this).
public struct InverseTimeSchedule: NamedSchedule {
  public static let name = "inverse_time"
  public static let summary = "inverse time decay"
  public static let equation = "α/(1 + decay·t)"
  public static let source = "after Robbins and Monro 1951"
  public static let shorthand: String? = "decay"
  public static let parameters: [Parameter<InverseTimeSchedule>] = [
    Parameter(
      "decay", \.decay, .nonNegative,
      "decay per step or epoch; 1 halves the learning rate after the first")
  ]

  public var decay = 1.0

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base / (1 + decay * Double(moment.position))
  }
}
