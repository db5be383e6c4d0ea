import Analysis
import Records
import Statistics

/// Fraction of many targets that an optimizer reached, against steps: COCO's runtime profile (Hansen et al. 2021, section 4.4).
enum TargetsTable: CSVTable {
  static let file = "targets.csv"
  static let columns = ["scenario", "optimizer", "metric", "targets", "steps", "share"]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    let ladder = analysis.ladder
    for profile in analysis.profiles {
      for (steps, share) in zip(profile.steps.places, profile.steps.shares) {
        try writer.row([
          .text(analysis.scenario.name), .text(profile.optimizer), .text(ladder.metric.rawValue),
          .integer(ladder.targets.count), .number(steps), .number(share),
        ])
      }
    }
  }
}
