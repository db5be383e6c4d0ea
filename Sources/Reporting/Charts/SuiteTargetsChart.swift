import Analysis
import Records

/// Fraction of many targets of all common scenarios reached against evaluations (see ``RuntimeProfile``).
struct SuiteTargetsChart: SuiteChart {
  let name = "targets"
  let summary = "fraction of all targets reached within a number of evaluations"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    guard !comparison.runtimes.isEmpty else {
      throw CannotDraw(reason: "no common scenario has targets that some run reached")
    }
    let lines = zip(comparison.optimizers, comparison.runtimes).compactMap { label, profile in
      styles[label].map { TargetLine(label: label, style: $0, profile: profile) }
    }
    return TargetLine.drawing(
      lines, name: name, title: "Targets reached over evaluations",
      subtitle: comparison.scope
        + "; networks are evaluated once per epoch, hence the vertical jumps",
      note:
        "\(TargetLadder.count) targets in each of \(comparison.isComplete ? "\(comparison.scenariosWithLadder)" : "the") scenarios "
        + "\(comparison.isComplete ? "" : "that an optimizer ran in, ")with equal weight; "
        + "legend: fraction at the end of the budget",
      comment: "fraction of the targets of all scenarios reached")
  }
}
