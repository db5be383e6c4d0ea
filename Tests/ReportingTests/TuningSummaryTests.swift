import Analysis
import Foundation
import Records
import Reporting
import TestSupport
import Testing
import Text

@Suite struct TuningSummaryTests {
  private func candidate(
    _ rate: Double, _ score: Double, length: Int = 10, values: [Double]? = nil
  ) -> TuningRecord.Candidate {
    TuningRecord.Candidate(
      settings: ["learning_rate": .number(rate)], shares: [log10(rate) / 4 + 1], round: 0,
      length: length,
      runs: (values ?? [score]).enumerated().map {
        TuningRecord.Run(
          seed: $0.offset, key: "k\(rate)-\(length)-\($0.offset)",
          divergedStep: $0.element.isFinite ? nil : 3, value: $0.element)
      }, score: score)
  }

  private func record(
    _ candidates: [TuningRecord.Candidate], chosen: Int?, isAdaptive: Bool = false,
    metric: Metric = .loss, untrained: Double? = 10
  ) -> TuningRecord {
    TuningRecord(
      scenario: "bowl", optimizer: "sgd", rule: "sgd", search: "grid", isAdaptive: isAdaptive,
      metric: metric, trials: candidates.count, length: 10, seeds: 1, task: "t",
      space: [.init(name: "learning_rate", scale: "log", lower: 1e-4, upper: 1)],
      candidates: candidates, untrained: untrained, chosen: chosen)
  }

  @Test func `good rates, divergences and the best are reported`() {
    let summary = TuningSummary(
      record(
        [
          candidate(1e-4, 9), candidate(1e-3, 1.8), candidate(0.01, 1), candidate(0.1, 1.9),
          candidate(1, .infinity),
        ], chosen: 2))
    #expect(summary.best == 1)
    #expect(summary.divergedShare == 0.2)
    // Nine tenths of the way from 10 to 1 is 1.9.
    #expect(summary.goodRates == 1e-3...0.1)
    #expect(summary.edges.isEmpty)
  }

  @Test(arguments: [0, 4]) func `a best at the edge of the space is warned of`(chosen: Int) {
    let rates = [1e-4, 1e-3, 0.01, 0.1, 1]
    let summary = TuningSummary(
      record(rates.map { candidate($0, abs(log10($0) - log10(rates[chosen]))) }, chosen: chosen))
    #expect(summary.edges.map(\.value) == [rates[chosen]])
    #expect(
      summary.edges[0].description
        == "the best learning_rate, \(chosen == 0 ? "0.0001" : "1"), is at the edge of the search space 0.0001…1; better values may be outside"
    )
    #expect(summary.edges.allSatisfy { $0.isBound })
  }

  @Test(arguments: [(0, "smallest"), (2, "largest")])
  func `the extreme of the values tried is no bound of the space`(chosen: Int, word: String) {
    let rates = [0.001, 0.01, 0.1]
    let summary = TuningSummary(
      record(rates.map { candidate($0, abs(log10($0) - log10(rates[chosen]))) }, chosen: chosen))
    #expect(
      summary.edges.map(\.description) == [
        "the best learning_rate, \(rates[chosen].shortest), is the \(word) of the 3 values tried in 0.0001…1"
      ])
    #expect(summary.edges.allSatisfy { !$0.isBound })
  }

  @Test func `a hyperparameter of which one value was tried has no extreme`() {
    let summary = TuningSummary(record([candidate(0.01, 1), candidate(0.01, 2)], chosen: 0))
    #expect(summary.edges.isEmpty)
  }

  @Test func `a larger accuracy is the better one`() {
    let summary = TuningSummary(
      record(
        [candidate(1e-3, 0.2), candidate(0.01, 0.9), candidate(0.1, 0.85), candidate(0.2, 0.5)],
        chosen: 1, metric: .trainAccuracy, untrained: 0.1))
    // Nine tenths of the way from 0.1 to 0.9 is 0.82.
    #expect(summary.goodRates == 0.01...0.1)
    #expect(summary.progress.map(\.median) == [0.85, 0.9, 0.9, 0.9])
    #expect(summary.progress[0].lower == 0.5 && summary.progress[0].upper == 0.9)
  }

  /// Of 1, 2, 3 and 4: the smaller of a pair is 1 in half of the pairs, 2 in a third, 3 in a sixth.
  @Test func `without looking back, the band is over all orders`() {
    let summary = TuningSummary(
      record(
        [candidate(0.1, 4), candidate(0.2, 1), candidate(0.3, 3), candidate(0.4, 2)], chosen: 1))
    #expect(summary.band == .orders)
    #expect(summary.progress.map(\.median) == [2, 1, 1, 1])
    #expect(summary.progress[1].lower == 1 && summary.progress[1].upper == 2)
    #expect(summary.progress.map(\.cost) == [1, 2, 3, 4])
  }

  @Test func `looking back, the order is kept and short trials are paid for`() {
    let summary = TuningSummary(
      record(
        [
          candidate(0.1, 0.5, length: 5), candidate(0.2, 9, length: 5),
          candidate(0.1, 3, values: [2, 3, 7]), candidate(0.3, 4, values: [4, 4, 4]),
          candidate(0.4, 1, values: [0, 1, 5]),
        ], chosen: 4, isAdaptive: true))
    #expect(summary.band == .seeds)
    #expect(summary.progress.map(\.median) == [3, 3, 1])
    #expect(summary.progress.map(\.cost) == [2, 3, 4])
    #expect(summary.spent == 4)
    #expect(summary.progress[0].lower == 2 && summary.progress[0].upper == 7)
  }

  @Test func `tables hold a row per run and a row per step of progress`() throws {
    let folder = try TemporaryFolder()
    let record = record(
      [candidate(0.1, 4, values: [3, 4, 5]), candidate(0.2, .infinity)], chosen: 0)
    try TuningReport([record]).writeCSV(to: folder.path)
    let trials = try folder.text("tuning.csv").split(separator: "\n")
    #expect(
      trials[0]
        == "scenario,optimizer,search,trial,round,seed,length,budget_share,status,diverged_step,metric,value,median,chosen,learning_rate,hyperparameters,rule,key"
    )
    #expect(trials.count == 5)
    #expect(
      trials[1]
        == "bowl,sgd,grid,1,1,0,10,1,finished,,loss,3,4,true,0.1,learning_rate=0.1,sgd,k0.1-10-0")
    #expect(
      trials[4]
        == "bowl,sgd,grid,2,1,0,10,1,diverged,3,loss,inf,inf,false,0.2,learning_rate=0.2,sgd,k0.2-10-0"
    )
    let progress = try folder.text("best_after_trials.csv").split(separator: "\n")
    #expect(
      progress[0] == "scenario,optimizer,search,trials,cost,metric,median,lower,upper,band")
    #expect(
      Array(progress.dropFirst()) == [
        "bowl,sgd,grid,1,1,loss,4,4,inf,orders", "bowl,sgd,grid,2,2,loss,4,4,4,orders",
      ])
  }

  @Test func `without a search there are no tables`() throws {
    let folder = try TemporaryFolder()
    try TuningReport([]).writeCSV(to: folder.path)
    #expect(folder.contents.isEmpty)
  }
}
