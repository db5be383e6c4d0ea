import Foundation

/// How values are spread over an interval; raw values are the keys of scenario files.
public enum SearchScale: String, Codable, CaseIterable, Sendable {
  /// Evenly.
  case linear
  /// Evenly in the logarithm: as many between 0.01 and 0.1 as between 0.1 and 1.
  case log
  /// Evenly in the logarithm of the distance to 1: for decay rates, where 0.9, 0.99 and 0.999 are equal steps.
  case complement

  /// The value at a position in `bounds`, 0 to 1.
  public func value(at share: Double, in bounds: ClosedRange<Double>) -> Double {
    let (lower, upper) = (bounds.lowerBound, bounds.upperBound)
    let value =
      switch self {
      case .linear: lower + share * (upper - lower)
      case .log: lower * Foundation.pow(upper / lower, share)
      case .complement: 1 - (1 - lower) * Foundation.pow((1 - upper) / (1 - lower), share)
      }
    return min(max(value, lower), upper)
  }

  /// The position of a value in `bounds`, 0 to 1: the inverse of `value(at:in:)`.
  public func share(of value: Double, in bounds: ClosedRange<Double>) -> Double {
    let (lower, upper) = (bounds.lowerBound, bounds.upperBound)
    return switch self {
    case .linear: (value - lower) / (upper - lower)
    case .log: Foundation.log(value / lower) / Foundation.log(upper / lower)
    case .complement:
      Foundation.log((1 - value) / (1 - lower)) / Foundation.log((1 - upper) / (1 - lower))
    }
  }

  /// Whether the scale is defined on `bounds`.
  public func suits(_ bounds: ClosedRange<Double>) -> Bool {
    guard bounds.lowerBound < bounds.upperBound, bounds.lowerBound.isFinite,
      bounds.upperBound.isFinite
    else { return false }
    return switch self {
    case .linear: (bounds.upperBound - bounds.lowerBound).isFinite
    case .log: bounds.lowerBound > 0
    case .complement: bounds.upperBound < 1
    }
  }
}

/// The values of a parameter that a search covers unless a scenario overrides them.
public struct SearchRange: Hashable, Sendable {
  public var scale: SearchScale
  public var bounds: ClosedRange<Double>

  /// - Precondition: `scale` suits `bounds`.
  public init(_ scale: SearchScale, _ bounds: ClosedRange<Double>) {
    precondition(scale.suits(bounds), "the scale is not defined on these bounds")
    self.scale = scale
    self.bounds = bounds
  }
}

extension SearchRange: CustomStringConvertible {
  /// As scenarios write it.
  public var description: String {
    "{\(scale.rawValue): [\(bounds.lowerBound.parameterText), \(bounds.upperBound.parameterText)]}"
  }
}
