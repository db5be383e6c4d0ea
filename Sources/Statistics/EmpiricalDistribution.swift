/// Shares of values up to each place; infinite values never count but are part of the whole.
///
/// Over the efforts of many targets and runs this is COCO's runtime profile: the share of targets reached within an effort.
public struct EmpiricalDistribution: Sendable, Equatable {
  /// Distinct finite values, ascending.
  public private(set) var places: [Double] = []
  /// Share of all values at or below the place.
  public private(set) var shares: [Double] = []

  /// - Complexity: O(*n* log *n*).
  public init(_ values: [Double]) {
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

  public func share(at place: Double) -> Double {
    places.lastIndex { $0 <= place }.map { shares[$0] } ?? 0
  }
}
