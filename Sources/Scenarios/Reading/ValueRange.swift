import Foundation
import Parameters
import Yams

extension ScenarioReader {
  /// Whether a mapping is meant as a range.
  func isRange(_ node: Node) -> Bool {
    node.mapping?.keys.contains { key in SearchScale.allCases.contains { $0.rawValue == key.string }
    }
      ?? false
  }

  /// `{log: [LOWER, UPPER]}`, with `count` or without; `nil`, and an issue, for anything else.
  func range(
    _ node: Node, called name: String, hasCount: Bool
  ) -> (range: SearchRange, count: Int?)? {
    let keys = ScenarioKeys.keys(of: "range").filter { hasCount || $0.name != "count" }
      .map { $0.required($0.name == "count") }
    guard
      let reader = MappingReader(
        node, name: "the range of '\(name)'", keys: keys, issues: issues)
    else { return nil }
    let scales = SearchScale.allCases.filter { reader.has($0.rawValue) }
    guard let scale = scales.first, scales.count == 1, let ends = reader[scale.rawValue] else {
      issues.report(
        "the range of '\(name)' must have one of \(SearchScale.allCases.map(\.rawValue).joined(separator: ", "))",
        at: node)
      return nil
    }
    var count: Int?
    if hasCount {
      guard let node = reader["count"], let key = keys.last,
        let number = value(of: key, from: node).flatMap({ Int(parameterValue: $0) })
      else { return nil }
      count = number
    }
    let numbers = ends.sequence?.map(\.plainNumber) ?? []
    guard numbers.count == 2, let lower = numbers[0], let upper = numbers[1], lower < upper,
      scale.suits(lower...upper)
    else {
      issues.report("'\(scale.rawValue)' of '\(name)' must be \(scale.requirement)", at: ends)
      return nil
    }
    return (SearchRange(scale, lower...upper), count)
  }
}

extension SearchRange {
  /// - Returns: `count` values, the ends among them.
  func values(_ count: Int) -> [Double] {
    (0..<count).map { index in
      // The ends themselves, whatever rounding does between them.
      if index == 0 { return bounds.lowerBound }
      if index == count - 1 { return bounds.upperBound }
      return scale.value(at: Double(index) / Double(count - 1), in: bounds)
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
