/// Log-rank test, two-sided: whether the times of two samples until an event differ, where some times are only known to be longer than
/// what was observed (Mantel 1966; Kalbfleisch and Prentice 2002, section 1.5).
///
/// U = Σ (dᵢ₁ − dᵢ nᵢ₁/nᵢ) over the distinct times with events, of which dᵢ happen to nᵢ at risk. With Λ the cumulative hazard of both
/// samples together, U is the sum over the first sample of δ − Λ(t), so that its exact distribution is that over all ways to divide
/// these scores.
package struct LogRankTest: Sendable, Equatable {
  /// A time until the event, or until the observation ended.
  package struct Time: Sendable, Equatable {
    package var value: Double
    package var isEvent: Bool

    package init(_ value: Double, isEvent: Bool) {
      self.value = value
      self.isEvent = isEvent
    }
  }

  /// Events of the first sample minus the expected ones; negative if it is slower.
  package var difference: Double
  /// U²/V with the hypergeometric variance; `nan` without events.
  package var chiSquared: Double
  /// Exact up to ``exactLimit`` divisions, or else of χ² with one degree of freedom; 1 without events.
  package var pValue: Double
  package var isExact: Bool

  /// Eight against eight have 12,870 divisions.
  static let exactLimit = 20_000

  /// - Returns: `nil` for an empty sample.
  package init?(_ first: [Time], _ second: [Time]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let all = first + second
    let events = Set(all.filter(\.isEvent).map(\.value)).sorted()
    var hazard = 0.0
    var hazards: [(time: Double, sum: Double)] = []
    var variance = 0.0
    for time in events {
      let atRisk = Double(all.count { $0.value >= time })
      let own = Double(first.count { $0.value >= time })
      let deaths = Double(all.count { $0.isEvent && $0.value == time })
      hazard += deaths / atRisk
      hazards.append((time, hazard))
      if atRisk > 1 {
        variance +=
          deaths * own * (atRisk - own) * (atRisk - deaths) / (atRisk * atRisk * (atRisk - 1))
      }
    }
    let scores = all.map { one in
      (one.isEvent ? 1 : 0) - (hazards.last { $0.time <= one.value }?.sum ?? 0)
    }
    difference = scores[..<first.count].reduce(0, +)
    chiSquared = variance > 0 ? difference * difference / variance : .nan
    let ways = Self.divisions(of: all.count, into: first.count)
    isExact = ways.map { $0 <= Self.exactLimit } ?? false
    if events.isEmpty {
      pValue = 1
    } else if isExact {
      pValue = Self.exactPValue(scores, first.count, abs(difference))
    } else {
      pValue = variance > 0 ? Distribution.chiSquaredTail(chiSquared, degrees: 1) : 1
    }
  }

  /// Binomial coefficient; `nil` above ``exactLimit``.
  private static func divisions(of count: Int, into size: Int) -> Int? {
    var ways = 1
    for index in 1...min(size, count - size) {
      ways = ways * (count - index + 1) / index
      guard ways <= exactLimit else { return nil }
    }
    return ways
  }

  /// Fraction of the divisions whose sum is at least as far from 0.
  private static func exactPValue(_ scores: [Double], _ size: Int, _ observed: Double) -> Double {
    var total = 0
    var extreme = 0
    // Sums of the same scores in another order differ by rounding.
    let bound = observed - 1e-9
    func divide(from place: Int, _ chosen: Int, _ sum: Double) {
      if chosen == size {
        total += 1
        if abs(sum) >= bound { extreme += 1 }
        return
      }
      guard scores.count - place >= size - chosen else { return }
      for index in place..<scores.count {
        divide(from: index + 1, chosen + 1, sum + scores[index])
      }
    }
    divide(from: 0, 0, 0)
    return Double(extreme) / Double(total)
  }
}
