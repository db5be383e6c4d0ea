import Foundation
public import Parameters

/// Linear cycles between two learning rates.
///
/// α_t = α + (maximum − α)·triangle(t)·scale, the triangle from 0 to 1 in `rise` positions and back in `fall`; the
/// scale is 1, 2^−cycle or factorᵗ (Smith 2017, section 3).
public struct CyclicSchedule: NamedSchedule {
  public static let name = "cyclic"
  public static let summary = "linear cycles between the learning rate and a maximum"
  public static let equation = "α + (maximum − α)·triangle(t)·scale"
  public static let source = "Smith 2017, section 3"
  public static let parameters: [Parameter<CyclicSchedule>] = [
    Parameter("rise", \.rise, .whole(atLeast: 1), "steps or epochs up"),
    Parameter("fall", \.fall, .whole(atLeast: 1), "steps or epochs down"),
    Parameter(
      "maximum", \.maximum, .positive, absent: "10 × learning_rate",
      "learning rate at the first peak"),
    Parameter(
      "scale", \.scale,
      "peaks are constant, halved each cycle, or multiplied by a factor each position"
    ),
    Parameter("factor", \.factor, .factor, "factor per position of the exponential scale"),
  ]

  public enum Scale: String, CaseIterable, Sendable {
    /// PyTorch's `triangular`.
    case constant
    /// PyTorch's `triangular2`.
    case halving
    /// PyTorch's `exp_range`.
    case exponential
  }

  public var rise = 100
  public var fall = 100
  public var maximum: Double?
  public var scale = Scale.constant
  public var factor = 0.99

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        scale != .exponential && factor != Self().factor, "factor",
        "has no effect without scale: exponential"
      ))
  }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    let period = rise + fall
    let within = moment.position % period
    let triangle =
      within <= rise ? Double(within) / Double(rise) : Double(period - within) / Double(fall)
    let scaled =
      switch scale {
      case .constant: 1.0
      case .halving: pow(0.5, Double(moment.position / period))
      case .exponential: pow(factor, Double(moment.position))
      }
    return base + ((maximum ?? 10 * base) - base) * triangle * scaled
  }
}
