/// Friedman test: whether k treatments differ over n blocks (Friedman 1937; ties as in Conover 1999, section 5.8).
///
/// χ² = (k − 1) Σⱼ (Rⱼ − n(k + 1)/2)² / (Σ r² − nk(k + 1)²/4), with Rⱼ the sum of ranks of treatment j; F = (n − 1)χ²/(n(k − 1) − χ²)
/// is less conservative (Iman and Davenport 1980; recommended by Demšar 2006, section 3.2.2).
package struct FriedmanTest: Sendable, Equatable {
  /// Mean rank of each treatment; 1 is the smallest value.
  package var averageRanks: [Double]
  package var chiSquared: Double
  /// P value of χ² with k − 1 degrees of freedom.
  package var chiSquaredPValue: Double
  /// F statistic; infinite if all blocks have the same ranks.
  package var f: Double
  /// P value of F with k − 1 and (k − 1)(n − 1) degrees of freedom.
  package var fPValue: Double

  /// - Parameter blocks: One row per block, such as a scenario, and one value per treatment; lower is better. Infinite values
  ///   tie with each other and rank last.
  /// - Returns: `nil` for fewer than two blocks or treatments, or if all values in every block are equal.
  package init?(blocks: [[Double]]) {
    guard blocks.count >= 2, let k = blocks.first?.count, k >= 2 else { return nil }
    precondition(blocks.allSatisfy { $0.count == k }, "every block has a value per treatment")
    let ranks = blocks.map { Statistics.averageRanks(of: $0) }
    let n = Double(blocks.count)
    let treatments = Double(k)
    let means = Statistics.averageRanks(overBlocks: blocks)
    let spread =
      ranks.joined().reduce(0) { $0 + $1 * $1 } - n * treatments
      * (treatments + 1) * (treatments + 1) / 4
    guard spread > 0 else { return nil }
    let between = means.reduce(0) {
      let difference = n * ($1 - (treatments + 1) / 2)
      return $0 + difference * difference
    }
    averageRanks = means
    chiSquared = (treatments - 1) * between / spread
    chiSquaredPValue = Distribution.chiSquaredTail(chiSquared, degrees: treatments - 1)
    let rest = n * (treatments - 1) - chiSquared
    // Ranks are multiples of ½, so a remainder that is only rounding error is far smaller than any other.
    f = rest <= 1e-9 * n * treatments ? .infinity : (n - 1) * chiSquared / rest
    fPValue = Distribution.fTail(f, treatments - 1, (treatments - 1) * (n - 1))
  }
}

/// Mean over blocks of each treatment's rank within the block; 1 is the smallest value, and ties share ranks.
package func averageRanks(overBlocks blocks: [[Double]]) -> [Double] {
  guard let first = blocks.first else { return [] }
  var sums = [Double](repeating: 0, count: first.count)
  for block in blocks {
    precondition(block.count == sums.count, "every block has a value per treatment")
    for (index, rank) in averageRanks(of: block).enumerated() { sums[index] += rank }
  }
  return sums.map { $0 / Double(blocks.count) }
}
