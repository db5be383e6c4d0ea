/// What becomes of an order by average rank when one treatment takes no part.
///
/// Average ranks depend on who else is ranked (Benavoli, Corani and Mangili 2016, "Should we really use post-hoc tests based on mean-ranks?").
package struct RankStability: Sendable, Equatable {
  /// A pair whose order turns round when a third is left out.
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

  /// - Parameter blocks: As for ``FriedmanTest``.
  package init(blocks: [[Double]]) {
    let full = averageRanks(overBlocks: blocks)
    for leftOut in full.indices {
      let others = full.indices.filter { $0 != leftOut }
      let reduced = averageRanks(overBlocks: blocks.map { block in others.map { block[$0] } })
      for (place, first) in others.enumerated() {
        for (otherPlace, second) in others.enumerated()
        where full[first] < full[second] && reduced[place] > reduced[otherPlace] {
          reversals.append(Reversal(better: first, worse: second, leftOut: leftOut))
        }
      }
    }
  }

  /// How many distinct pairs with this treatment can be turned round.
  package func unstablePairs(of treatment: Int) -> Int {
    Set(
      reversals.filter { $0.better == treatment || $0.worse == treatment }
        .map { [$0.better, $0.worse] }
    ).count
  }
}
