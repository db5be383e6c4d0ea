import Parameters
package import Scenarios

/// How many values of each dimension make a full grid of few enough points.
package enum GridShape {
  /// How many times as many values one dimension may have as another that could have more.
  package static let largestRatio = 3

  /// As many values per dimension as make the largest full grid of at most `trials` points; of equally large ones the most
  /// even, and earlier dimensions get more.
  package static func counts(of space: [SearchDimension], trials: Int) -> [Int] {
    let limits = space.map { min($0.limit, trials) }
    let floors = (1...trials).prefix { floor in
      limits.reduce(1) { min($0 * min($1, floor), trials + 1) } <= trials
    }
    var best: [Int] = []
    // Larger floors are more even, so that smaller ones have to spend more.
    for floor in floors.reversed() {
      var own: [Int] = []
      for counts in grids(limits[...], floor: floor, trials: trials)
      where own.isEmpty || counts.isBetter(than: own) { own = counts }
      if best.isEmpty || own.product > best.product { best = own }
      if best.product == trials { break }
    }
    return best
  }

  /// Grids that cannot have a value more in the last dimension, each dimension with at least `floor` values if it has so many.
  private static func grids(_ limits: ArraySlice<Int>, floor: Int, trials: Int) -> [[Int]] {
    guard let limit = limits.first else { return [[]] }
    let rest = limits.dropFirst()
    let smallest = min(limit, floor)
    let needed = rest.reduce(1) { $0 * min($1, floor) }
    let largest = min(limit, largestRatio * floor, trials / needed)
    guard largest >= smallest else { return [] }
    return (rest.isEmpty ? largest...largest : smallest...largest).flatMap { count in
      grids(rest, floor: floor, trials: trials / count).map { [count] + $0 }
    }
  }
}

extension [Int] {
  fileprivate var product: Int { reduce(1, *) }

  fileprivate func isBetter(than other: Self) -> Bool {
    if product != other.product { return product > other.product }
    let largest = self.max() ?? 0
    let othersLargest = other.max() ?? 0
    return largest != othersLargest
      ? largest < othersLargest : other.lexicographicallyPrecedes(self)
  }
}
