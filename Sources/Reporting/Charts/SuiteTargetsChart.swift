import Analysis
import Records

/// Shares of many targets of all scenarios in common reached against evaluations (see ``RuntimeProfile``).
struct SuiteTargetsChart: SuiteChart {
  let name = "targets"
  let summary = "share of many targets of all scenarios reached, by evaluations"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    guard !comparison.runtimes.isEmpty else {
      throw CannotDraw(reason: "no common scenario has targets to tell optimizers apart")
    }
    let lines = zip(comparison.optimizers, comparison.runtimes).compactMap { label, profile in
      styles[label].map { TargetLine(label: label, style: $0, profile: profile) }
    }
    return TargetLine.drawing(
      lines, name: name, title: "How many goals are reached within a budget of evaluations?",
      subtitle: comparison.scope + "; networks are looked at after each epoch",
      note:
        "\(TargetLadder.count) targets of each of \(comparison.scenariosWithLadder) scenarios, which weigh the same; "
        + "beside the name the share at the end",
      comment: "shares of the targets of all scenarios reached")
  }
}
