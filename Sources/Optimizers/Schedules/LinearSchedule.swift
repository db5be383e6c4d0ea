public import Parameters

/// Linear change from one multiple of the learning rate to another, constant from then on.
///
/// α_t = α·(start + (end − start)·min(t, length)/length) (PyTorch's LinearLR).
public struct LinearSchedule: NamedSchedule {
  public static let name = "linear"
  public static let summary = "linear change from one multiple of the learning rate to another"
  public static let equation = "α·(start + (end − start)·min(t, length)/length)"
  public static let source = "PyTorch, LinearLR"
  public static let parameters: [Parameter<LinearSchedule>] = [
    .length(\.length),
    Parameter("start", \.startFactor, .nonNegative, "multiple of the learning rate at the start"),
    Parameter("end", \.endFactor, .nonNegative, "multiple of the learning rate at the end"),
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
