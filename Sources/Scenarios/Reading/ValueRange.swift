import Foundation
import Parameters
import Yams

/// An interval of numbers and how it is walked through, as `{log: [1.0e-4, 1]}`.
struct ValueRange {
  var scale: SearchScale
  var bounds: ClosedRange<Double>

  /// - Returns: `count` values, the ends among them.
  func values(_ count: Int) -> [Double] {
    (0..<count).map { index in
      // The ends themselves, whatever rounding does to what lies between.
      if index == 0 { return bounds.lowerBound }
      if index == count - 1 { return bounds.upperBound }
      return scale.value(at: Double(index) / Double(count - 1), in: bounds)
    }
  }
}

extension ScenarioReader {
  /// Whether a mapping is meant as a range.
  func isRange(_ node: Node) -> Bool {
    node.mapping?.keys.contains { key in SearchScale.allCases.contains { $0.rawValue == key.string }
    }
      ?? false
  }

  /// `{log: [LOWER, UPPER]}`, whose other keys `reader` leaves to the caller; `nil`, and an issue, for what is none.
  func range(_ reader: MappingReader, called name: String) -> ValueRange? {
    let scales = SearchScale.allCases.filter { reader.has($0.rawValue) }
    guard let scale = scales.first, scales.count == 1 else {
      for scale in scales { _ = reader.take(scale.rawValue) }
      issues.report(
        "the range of '\(name)' must have one of \(SearchScale.allCases.map(\.rawValue).joined(separator: ", "))",
        at: reader.node)
      return nil
    }
    guard let node = reader.take(scale.rawValue) else { return nil }
    let ends = node.sequence?.map(\.plainNumber) ?? []
    guard ends.count == 2, let lower = ends[0], let upper = ends[1], lower < upper,
      scale.suits(lower...upper)
    else {
      issues.report("'\(scale.rawValue)' of '\(name)' must be \(scale.requirement)", at: node)
      return nil
    }
    return ValueRange(scale: scale, bounds: lower...upper)
  }
}

extension SearchScale {
  /// Ends the sentence "… must be".
  var requirement: String {
    switch self {
    case .linear: "two numbers, the lower one first, such as [0, 1]"
    case .log: "two numbers above 0, the lower one first, such as [1.0e-4, 1]"
    case .complement: "two numbers below 1, the lower one first, such as [0.5, 0.999]"
    }
  }
}

extension Double {
  /// The number that has this one's first `digits` digits, rounded, and no others.
  func rounded(toDigits digits: Int) -> Double {
    guard isFinite else { return self }
    return Double(String(format: "%.\(digits - 1)e", self)) ?? self
  }
}
