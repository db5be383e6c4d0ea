import Foundation
public import Parameters

/// Step decay at equal intervals.
///
/// α_t = α·factor^⌊t/every⌋ (PyTorch's StepLR).
public struct StepSchedule: NamedSchedule {
  public static let name = "step"
  public static let summary = "step decay at equal intervals"
  public static let equation = "α·factor^⌊t/every⌋"
  public static let source = "PyTorch, StepLR"
  public static let parameters: [Parameter<StepSchedule>] = [
    Parameter("every", \.every, .whole(atLeast: 1), "steps or epochs between changes"),
    Parameter("factor", \.factor, .factor, "factor at each change"),
  ]

  public var every = 30
  public var factor = 0.1

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * pow(factor, Double(moment.position / every))
  }
}
