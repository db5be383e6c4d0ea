import Foundation
public import Parameters

/// The rate falls by a factor at given positions.
///
/// α_t = α·factor^(number of milestones ≤ t) (PyTorch's MultiStepLR).
public struct MultiStepSchedule: NamedSchedule {
  public static let name = "multi_step"
  public static let summary = "the rate falls by a factor at given positions"
  public static let equation = "α·factor^(milestones ≤ t)"
  public static let source = "PyTorch, MultiStepLR"
  public static let shorthand: String? = "milestones"
  public static let parameters: [Parameter<MultiStepSchedule>] = [
    Parameter(
      "milestones", \.milestones,
      .list(of: .whole(atLeast: 1), counts: 1...1_000_000, isIncreasing: true),
      "steps or epochs at which the rate falls"
    ).required(),
    Parameter("factor", \.factor, .factor, "what each fall multiplies the rate by"),
  ]

  /// Growing.
  public var milestones: [Int] = []
  public var factor = 0.1

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * pow(factor, Double(milestones.count { $0 <= moment.position }))
  }
}
