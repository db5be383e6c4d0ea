import Foundation
public import Parameters

/// Cosine decay: half a cosine wave, which rises again beyond its length.
///
/// α_t = m + (α − m)·(1 + cos(π·t/length))/2, period 2·length (Loshchilov and Hutter 2017, equation 5; beyond its
/// length as PyTorch's CosineAnnealingLR).
public struct CosineSchedule: NamedSchedule {
  public static let name = "cosine"
  public static let summary = "cosine decay; the learning rate rises again beyond its length"
  public static let equation = "minimum + (α − minimum)·(1 + cos(π·t/length))/2"
  public static let source = "Loshchilov and Hutter 2017, equation 5"
  public static let parameters: [Parameter<CosineSchedule>] = [
    .length(\.length),
    Parameter("minimum", \.minimum, .nonNegative, "learning rate at the end"),
  ]

  public var length: Int?
  public var minimum = 0.0

  public init() {}

  public var end: Int? { length }

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    Self.rate(from: base, to: minimum, at: moment.position, of: length ?? moment.total)
  }

  static func rate(from base: Double, to minimum: Double, at position: Int, of length: Int)
    -> Double
  {
    minimum + (base - minimum) * (1 + cos(.pi * Double(position) / Double(length))) / 2
  }
}
