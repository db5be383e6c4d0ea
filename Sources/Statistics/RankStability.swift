/// Stability of an order by average rank when one treatment is left out.
///
/// Average ranks depend on the other ranked treatments (Benavoli, Corani and Mangili 2016, "Should we really use post-hoc tests based
/// on mean-ranks?").
package struct RankStability: Sendable, Equatable {
  /// A pair whose order reverses when a third treatment is left out.
  package struct Reversal: Sendable, Hashable {
    package var better: Int
    package var worse: Int
    package var leftOut: Int

    package init(better: Int, worse: Int, leftOut: Int) {
      self.better = better
      self.worse = worse
      self.leftOut = leftOut
    }
  }

  package var reversals: [Reversal] = []

  /// - Parameter blocks: As for ``RelativeRanks``.
  package init(blocks: [[Double?]]) {
    let full = RelativeRanks(blocks: blocks).means
    for leftOut in full.indices {
      let others = full.indices.filter { $0 != leftOut }
      let reduced = RelativeRanks(blocks: blocks.map { block in others.map { block[$0] } }).means
      for (place, first) in others.enumerated() {
        for (otherPlace, second) in others.enumerated()
        where isBelow(full[first], full[second]) && isBelow(reduced[otherPlace], reduced[place]) {
          reversals.append(Reversal(better: first, worse: second, leftOut: leftOut))
        }
      }
    }
  }

  /// Number of distinct pairs with this treatment whose order can reverse.
  package func unstablePairs(of treatment: Int) -> Int {
    Set(
      reversals.filter { $0.better == treatment || $0.worse == treatment }
        .map { [$0.better, $0.worse] }
    ).count
  }
}

/// Whether a mean rank is smaller than another by more than the rounding of the sums explains.
private func isBelow(_ first: Double, _ second: Double) -> Bool {
  first < second && !RoundingFloor.agree(first, second, scale: 0)
}
