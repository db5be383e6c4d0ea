import Randomness
import Records
import Statistics

/// Who did how over all scenarios: mean ranks, and how far a few scenarios let one trust them.
struct Leaderboard {
  struct Row {
    var optimizer: String
    /// Mean over its scenarios of its rank as a share: 0 for always first, 1 for always last.
    var meanPlace: Double
    /// 95 % bootstrap interval over the scenarios.
    var interval: ClosedRange<Double>?
    var scenarios: Int
    var wins: Int
    var runs: Int
    var diverged: Int
  }

  let rows: [Row]

  /// - Parameter summaries: Of each scenario.
  init(_ summaries: [[OptimizerSummary]]) {
    var places: [String: [Double]] = [:]
    var rows: [String: Row] = [:]
    var order: [String] = []
    for scenario in summaries where scenario.count > 1 {
      for one in scenario {
        if rows[one.optimizer] == nil {
          rows[one.optimizer] = Row(
            optimizer: one.optimizer, meanPlace: 0, interval: nil, scenarios: 0, wins: 0, runs: 0,
            diverged: 0)
          order.append(one.optimizer)
        }
        places[one.optimizer, default: []].append((one.rank - 1) / Double(scenario.count - 1))
        rows[one.optimizer]?.scenarios += 1
        rows[one.optimizer]?.wins += one.rank == 1 ? 1 : 0
        rows[one.optimizer]?.runs += one.count
        rows[one.optimizer]?.diverged += one.diverged
      }
    }
    let shared = order.filter { (places[$0]?.count ?? 0) > 1 }
    self.rows = shared.compactMap { label in
      guard var row = rows[label], let own = places[label] else { return nil }
      row.meanPlace = mean(of: own)
      row.interval = confidenceIntervalOfMean(
        own, key: RandomKey(masterSeed: 0, purpose: .resampling))
      return row
    }.sorted { $0.meanPlace < $1.meanPlace }
  }
}
