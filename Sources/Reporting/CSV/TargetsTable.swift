import Analysis
import Records
import Statistics

/// Fraction of many targets that an optimizer reached, against steps: COCO's runtime profile (Hansen et al. 2021, section 4.4).
enum TargetsTable: CSVTable {
  static let file = "targets.csv"
  static let columns = ["scenario", "optimizer", "metric", "targets", "steps", "share"]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    let metric = result.scenario.target?.metric ?? result.scenario.rankedBy
    let ladder = TargetLadder.targets(of: result, metric: metric)
    guard !ladder.isEmpty else { return }
    for participant in result.scenario.optimizers {
      let runs = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
      guard !runs.isEmpty else { continue }
      let efforts = runs.flatMap { run in
        run.stepsToTargets(ladder, metric: metric).map { $0 ?? .infinity }
      }
      let distribution = EmpiricalDistribution(efforts)
      for (steps, share) in zip(distribution.places, distribution.shares) {
        try writer.row([
          .text(result.scenario.name), .text(participant.label), .text(metric.rawValue),
          .integer(ladder.count), .number(steps), .number(share),
        ])
      }
    }
  }
}
