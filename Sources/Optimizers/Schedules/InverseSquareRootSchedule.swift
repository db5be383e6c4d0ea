public import Parameters

/// Inverse square root decay.
///
/// α_t = α·k/√(t+1): k/√epoch per epoch and k/√t per step, both counted from 1 (Zinkevich 2003, section 2.1).
public struct InverseSquareRootSchedule: NamedSchedule {
  public static let name = "inverse_square_root"
  public static let summary = "inverse square root decay: k/√epoch or k/√t"
  public static let equation = "α·k/√(t+1)"
  public static let source = "Zinkevich 2003, section 2.1"
  public static let shorthand: String? = "k"
  public static let parameters: [Parameter<InverseSquareRootSchedule>] = [
    Parameter("k", \.k, .positive, "multiple of the learning rate at the start")
  ]

  public var k = 1.0

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * k / Double(moment.position + 1).squareRoot()
  }
}
