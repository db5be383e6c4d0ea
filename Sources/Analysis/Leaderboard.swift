import Statistics

/// Mean relative ranks over the scenarios that all compared optimizers ran on, with their intervals.
package struct Leaderboard: Sendable {
  package struct Row: Sendable {
    package var optimizer: String
    /// Mean over the scenarios of the relative rank among those compared: 0 for always first, 1 for always last.
    package var meanRank: Double
    /// Simultaneous 95 % interval over the scenarios: all rows' intervals hold at once with this probability.
    package var interval: ClosedRange<Double>?
    package var scenarios: Int
    package var wins: Int
    package var runs: Int
    package var diverged: Int
    package var failed: Int
  }

  /// By mean relative rank, best first.
  package let rows: [Row]
  /// The rank of each optimizer compared, by scenario and label.
  package let ranks: [String: [String: Double]]

  /// - Parameter summaries: The optimizers' summaries by scenario name.
  init(_ comparison: SuiteComparison, _ summaries: [String: [OptimizerSummary]]) {
    let labels = comparison.optimizers
    let blocks = comparison.results.map { averageRanks(of: $0) }
    ranks = Dictionary(
      zip(comparison.scenarios, blocks).map { name, ranks in
        (name, Dictionary(zip(labels, ranks), uniquingKeysWith: { first, _ in first }))
      }, uniquingKeysWith: { first, _ in first })
    // One scenario has its own section.
    guard comparison.scenarios.count > 1, labels.count > 1 else {
      rows = []
      return
    }
    let own = comparison.scenarios.flatMap { summaries[$0] ?? [] }
    rows = labels.enumerated().map { index, label in
      let relativeRanks = blocks.map { ($0[index] - 1) / Double(labels.count - 1) }
      let mine = own.filter { $0.optimizer == label }
      return Row(
        optimizer: label, meanRank: mean(of: relativeRanks),
        interval: simultaneousIntervalOfBoundedMean(relativeRanks, among: labels.count),
        scenarios: relativeRanks.count, wins: blocks.count { $0[index] == $0.min() },
        runs: mine.reduce(0) { $0 + $1.count }, diverged: mine.reduce(0) { $0 + $1.diverged },
        failed: mine.reduce(0) { $0 + $1.failed })
    }.sorted { $0.meanRank < $1.meanRank }
  }
}
