public import Parameters

/// The rate moves along a straight line from one multiple to another, and stays there.
///
/// α_t = α·(start + (end − start)·min(t, length)/length) (PyTorch's LinearLR).
public struct LinearSchedule: NamedSchedule {
  public static let name = "linear"
  public static let summary = "the rate moves along a straight line, and stays at its end"
  public static let equation = "α·(start + (end − start)·min(t, length)/length)"
  public static let source = "PyTorch, LinearLR"
  public static let parameters: [Parameter<LinearSchedule>] = [
    .length(\.length),
    Parameter("start", \.startFactor, .nonNegative, "multiple of the rate at the start"),
    Parameter("end", \.endFactor, .nonNegative, "multiple of the rate at the end"),
  ]

  public var length: Int?
  public var startFactor = 1.0
  public var endFactor = 0.0

  public init() {}

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * (startFactor + (endFactor - startFactor) * moment.share(of: length))
  }
}
