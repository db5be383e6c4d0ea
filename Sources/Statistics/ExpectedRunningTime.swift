/// Efforts of several runs until a target is reached; some runs may never reach it.
package struct Attempts: Sendable, Equatable {
  /// Effort at which a run reached the target; `nil` if it did not.
  package var efforts: [Double?]
  /// Total effort of each run.
  package var spent: [Double]

  /// - Precondition: Both have the same count.
  package init(efforts: [Double?], spent: [Double]) {
    precondition(efforts.count == spent.count, "every run has a total effort")
    self.efforts = efforts
    self.spent = spent
  }

  package var successes: Int { efforts.count { $0 != nil } }

  /// `nan` without runs.
  package var successRate: Double {
    efforts.isEmpty ? .nan : Double(successes) / Double(efforts.count)
  }

  /// COCO's ERT: effort of all runs, up to the target or to their end, per success (Hansen et al. 2021, "COCO: a platform for comparing continuous optimizers",
  /// section 5). Infinite without a success.
  package var expectedRunningTime: Double {
    let total = zip(efforts, spent).reduce(0) { $0 + ($1.0 ?? $1.1) }
    return efforts.isEmpty ? .nan : successes == 0 ? .infinity : total / Double(successes)
  }

  /// Median over all runs; runs without success count as infinite; `nan` without runs.
  package var medianEffort: Double { median(of: efforts.map { $0 ?? .infinity }) }
}
