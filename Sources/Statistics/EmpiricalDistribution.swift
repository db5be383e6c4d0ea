/// Empirical distribution function; infinite values count only in the denominator.
///
/// For the efforts of many targets and runs this is COCO's runtime profile: the fraction of targets reached within an effort.
package struct EmpiricalDistribution: Sendable, Equatable, Codable {
  /// Distinct finite values, ascending.
  package private(set) var places: [Double] = []
  /// Fraction of all values at or below each place.
  package private(set) var shares: [Double] = []

  /// - Complexity: O(*n* log *n*).
  package init(_ values: [Double]) {
    let finite = values.filter(\.isFinite).sorted()
    for (index, value) in finite.enumerated() {
      let share = Double(index + 1) / Double(values.count)
      if places.last == value {
        shares[shares.count - 1] = share
      } else {
        places.append(value)
        shares.append(share)
      }
    }
  }

  /// Mean of several distributions with equal weight; empty for an empty list.
  /// - Complexity: O(*n* log *n*) for *n* places in total.
  package init(meanOf distributions: [EmpiricalDistribution]) {
    let gains = distributions.flatMap { one in
      one.places.indices.map { index in
        (one.places[index], one.shares[index] - (index > 0 ? one.shares[index - 1] : 0))
      }
    }.sorted { $0.0 < $1.0 }
    var sum = 0.0
    for (place, gain) in gains {
      sum += gain
      let share = min(1, sum / Double(distributions.count))
      if places.last == place {
        shares[shares.count - 1] = share
      } else {
        places.append(place)
        shares.append(share)
      }
    }
  }

  package func share(at place: Double) -> Double {
    places.lastIndex { $0 <= place }.map { shares[$0] } ?? 0
  }
}
