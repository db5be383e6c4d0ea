public import Parameters

/// A constant learning rate, optionally with a multiple of it at the start.
///
/// α_t = factor·α for t < length, then α (PyTorch's ConstantLR).
public struct ConstantSchedule: NamedSchedule {
  public static let name = "constant"
  public static let summary = "constant learning rate, optionally with a different start"
  public static let equation = "α·factor while t < length, then α"
  public static let source = "PyTorch, ConstantLR"
  public static let parameters: [Parameter<ConstantSchedule>] = [
    Parameter("factor", \.factor, .positive, "multiple of the learning rate until then"),
    .length(\.length),
  ]

  public var factor = 1.0
  public var length: Int?

  public init() {}

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    moment.position < length ?? moment.total ? base * factor : base
  }
}
