import Foundation
public import Parameters

/// Step decay at given positions.
///
/// α_t = α·factor^(number of milestones ≤ t) (PyTorch's MultiStepLR).
public struct MultiStepSchedule: NamedSchedule {
  public static let name = "multi_step"
  public static let summary = "step decay at given positions"
  public static let equation = "α·factor^(milestones ≤ t)"
  public static let source = "PyTorch, MultiStepLR"
  public static let shorthand: String? = "milestones"
  public static let parameters: [Parameter<MultiStepSchedule>] = [
    Parameter(
      "milestones", \.milestones,
      .list(of: .whole(atLeast: 1), counts: 1...1_000_000, isIncreasing: true),
      "steps or epochs at which the learning rate falls"
    ).required(),
    Parameter("factor", \.factor, .factor, "factor at each milestone"),
  ]

  /// Increasing.
  public var milestones: [Int] = []
  public var factor = 0.1

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * pow(factor, Double(milestones.count { $0 <= moment.position }))
  }
}
