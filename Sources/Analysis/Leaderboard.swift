package import Records
import Statistics

/// Mean relative ranks over the scenarios of a ranking, with their intervals.
package struct Leaderboard: Sendable {
  package struct Row: Sendable {
    package var optimizer: String
    /// Mean over the scenarios of the relative rank among those that ran: 0 for always first, 1 for always last.
    package var meanRank: Double
    /// Simultaneous 95 % interval over the scenarios: all rows' intervals hold at once with this probability.
    package var interval: ClosedRange<Double>?
    /// Number of the ranking's scenarios in which it ran.
    package var scenarios: Int
    /// Number of scenarios in which it is first, shared first ranks included.
    package var wins: Int
    /// Number of them in which it is first alone and tests find it better than every other optimizer.
    package var clearWins: Int
    package var runs: Int
    package var diverged: Int
    package var failed: Int
    /// How its hyperparameters were chosen, with the number of scenarios.
    package var settings: [SettingsKind: Int]
    /// Whether it is first, or tests that could tell it from the first do not.
    package var isAmongBest: Bool
  }

  /// By mean relative rank, best first.
  package let rows: [Row]
  /// The rank of each optimizer among the ranked ones that ran, by scenario and label.
  package let ranks: [String: [String: Double]]

  init(_ comparison: SuiteComparison) {
    let labels = comparison.optimizers
    let blocks = comparison.ranks.ranks
    let named = Set(comparison.named)
    let firsts = comparison.firsts
    ranks = Dictionary(
      zip(comparison.scenarios, blocks).map { name, ranks in
        let own = zip(labels, ranks).compactMap { label, rank in rank.map { (label, $0) } }
        return (name, Dictionary(own, uniquingKeysWith: { first, _ in first }))
      }, uniquingKeysWith: { first, _ in first })
    rows = labels.enumerated().map { index, label in
      let relativeRanks = comparison.ranks.column(index)
      let runs = comparison.runs[index]
      return Row(
        optimizer: label, meanRank: mean(of: relativeRanks),
        interval: simultaneousIntervalOfBoundedMean(relativeRanks, among: labels.count),
        scenarios: relativeRanks.count,
        wins: firsts[index].all, clearWins: firsts[index].clear,
        runs: runs.count, diverged: runs.diverged, failed: runs.failed,
        settings: comparison.settings[index],
        isAmongBest: named.contains(comparison.optimizers[index]))
    }
  }
}
