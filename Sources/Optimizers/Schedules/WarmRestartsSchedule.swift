public import Parameters

/// Cosine decay with restarts, each cycle as long as the one before or longer (SGDR).
///
/// α_t = m + (α − m)·(1 + cos(π·T_cur/T_i))/2 with T_i = length·growthⁱ and T_cur positions since the last restart
/// (Loshchilov and Hutter 2017, equation 5).
public struct WarmRestartsSchedule: NamedSchedule {
  public static let name = "warm_restarts"
  public static let summary = "cosine decay with restarts, each cycle longer than the last"
  public static let equation = "minimum + (α − minimum)·(1 + cos(π·T/Tᵢ))/2, Tᵢ = length·growthⁱ"
  public static let source = "Loshchilov and Hutter 2017, equation 5"
  public static let parameters: [Parameter<WarmRestartsSchedule>] = [
    Parameter("length", \.length, .whole(atLeast: 1), "steps or epochs until the first restart"),
    Parameter("growth", \.growth, .whole(atLeast: 1), "multiple of the length at each restart"),
    Parameter("minimum", \.minimum, .nonNegative, "learning rate before each restart"),
  ]

  public var length = 10
  public var growth = 2
  public var minimum = 0.0

  public init() {}

  /// - Complexity: O(log *t*); constant if cycles do not grow.
  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    var length = length
    var position = moment.position
    if growth == 1 {
      position %= length
    } else {
      while position >= length {
        position -= length
        let (longer, overflow) = length.multipliedReportingOverflow(by: growth)
        length = overflow ? .max : longer
      }
    }
    return CosineSchedule.rate(from: base, to: minimum, at: position, of: length)
  }
}
