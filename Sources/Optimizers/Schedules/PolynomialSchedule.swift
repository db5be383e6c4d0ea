import Foundation
public import Parameters

/// Polynomial decay to 0.
///
/// α_t = α·(1 − min(t, length)/length)^power (PyTorch's PolynomialLR).
public struct PolynomialSchedule: NamedSchedule {
  public static let name = "polynomial"
  public static let summary = "polynomial decay to 0"
  public static let equation = "α·(1 − min(t, length)/length)^power"
  public static let source = "PyTorch, PolynomialLR"
  public static let parameters: [Parameter<PolynomialSchedule>] = [
    .length(\.length),
    Parameter("power", \.power, .positive, "exponent; 1 is linear"),
  ]

  public var length: Int?
  public var power = 1.0

  public init() {}

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    base * pow(1 - moment.share(of: length), power)
  }
}
