import Analysis
import Foundation
import Records
import Reporting
import Running
import Scenarios
import Text

/// The result of a search, one line per optimizer, for people.
struct TuningTable {
  private let summaries: [TuningSummary]
  private let reports: [Tuner.Report]
  private let scenario: Scenario

  init(_ summaries: [TuningSummary], reports: [Tuner.Report], of scenario: Scenario) {
    self.summaries = summaries
    self.reports = reports
    self.scenario = scenario
  }

  var text: String {
    guard let criterion = summaries.first?.record.criterion else { return "" }
    // Without randomness, new seeds give the same result.
    let others = scenario.isRandom ? Tuner.reportedMetrics(of: scenario) : []
    var table = TextTable(
      columns: ["optimizer", "chosen", criterion]
        + others.map { "\($0.rawValue), new seeds" }
        + ["learning rates with 90 % of the gain", "diverged", "trials used", "runs"])
    for (summary, report) in zip(summaries, reports) {
      let record = summary.record
      let settings = record.best.map { best in
        record.space.compactMap { dimension in
          best[dimension.name].map { "\(dimension.name) \($0)" }
        }.joined(separator: ", ")
      }
      table.add(
        [record.optimizer, settings ?? "nothing", summary.best.map(Self.short) ?? "-"]
          + others.map { metric in report.medians[metric].map(Self.short) ?? "-" }
          + [
            Self.text(summary.goodRates), "\(Int((100 * summary.divergedShare).rounded())) %",
            "\(Self.short(summary.spent)) of \(record.trials)", "\(summary.count)",
          ])
    }
    return table.text
  }

  private static func text(_ rates: ClosedRange<Double>?) -> String {
    guard let rates else { return "-" }
    let decades = log10(rates.upperBound / rates.lowerBound)
    return
      "\(short(rates.lowerBound))…\(short(rates.upperBound)) (\(String(format: "%.1f", decades)) decades)"
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : value.shortest
  }
}
