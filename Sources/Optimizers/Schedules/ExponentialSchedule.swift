import Foundation
public import Parameters

/// Exponential decay: the same factor at every position.
///
/// α_t = α·factorᵗ, in the usual form 0.95^epoch (PyTorch's ExponentialLR).
public struct ExponentialSchedule: NamedSchedule {
  public static let name = "exponential"
  public static let summary = "exponential decay, as in 0.95^epoch"
  public static let equation = "α·factorᵗ"
  public static let source = "PyTorch, ExponentialLR"
  public static let shorthand: String? = "factor"
  public static let parameters: [Parameter<ExponentialSchedule>] = [
    Parameter("factor", \.factor, .factor, "factor per step or epoch")
  ]

  public var factor = 0.95

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * pow(factor, Double(moment.position))
  }
}
