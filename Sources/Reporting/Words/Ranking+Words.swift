package import Analysis
package import Records
import Text

extension ScenarioRanking.Basis {
  /// Name of what ranks, in tables: `evaluations_to_target`, `evaluations_to_precision`, or the scenario's metric.
  package func name(in scenario: ScenarioRecord) -> String {
    switch self {
    case .evaluations(.target): "evaluations_to_target"
    case .evaluations(.precision): "evaluations_to_precision"
    case .metric: scenario.rankedBy.rawValue
    case .nothing: "nothing"
    }
  }

  /// The same for readers.
  func words(in scenario: ScenarioRecord) -> String {
    switch self {
    case .evaluations(let goal): "evaluations to \(goal.words)"
    case .metric: "median \(scenario.rankedBy.words)"
    case .nothing: "nothing"
    }
  }

  /// The value of an optimizer that ranks it, for tables: `missed` where most runs missed the goal.
  func text(_ summary: OptimizerSummary, in scenario: ScenarioRecord) -> String {
    switch self {
    case .evaluations:
      summary.evaluationsToSolve.map { $0.isFinite ? NumberText.plain($0) : "missed" } ?? "missed"
    case .metric: scenario.rankedBy.tableText(summary.median)
    case .nothing: "missed"
    }
  }

  /// How optimizers are ranked, as a sentence.
  func sentence(in scenario: ScenarioRecord) -> String {
    let missed = "; those that missed it follow by loss"
    return switch self {
    case .evaluations(.target):
      "Ranked by the median number of loss and gradient evaluations to the target"
        + (scenario.isUnbounded == true
          ? "; those that missed it tie, because the loss has no lowest value." : missed + ".")
    case .evaluations(.precision(let precision)):
      "Ranked by the median number of loss and gradient evaluations until the distance to the "
        + "\(scenario.lowestValue == nil ? "best value that any run found" : "lowest value") was \(NumberText.plain(precision)) of the "
        + "start's, the hardest of the precisions 10⁻¹ to 10⁻⁷ that \(scenario.entrantNoun == "variant" ? "a variant" : "an optimizer") reaches\(missed)."
    case .metric: "Ranked by median \(scenario.rankedBy.words) at the end of each run."
    case .nothing: "Not ranked: the loss has no lowest value, and no optimizer reached a target."
    }
  }
}

extension Goal {
  /// `the target`, `precision 10⁻⁷`.
  var words: String {
    switch self {
    case .target: "target"
    case .precision(let precision): "precision \(NumberText.plain(precision))"
    }
  }
}

extension ScenarioRecord {
  /// What one sample changes of the metric that ranks: `one of 360 test samples is 0.28 %`; `nil` unless it is an accuracy.
  package var resolution: String? {
    guard rankedBy.largerIsBetter, let count = rankedSamples, count > 0 else { return nil }
    let samples = rankedBy.words.replacing(" accuracy", with: " samples")
    return "one of \(NumberText.grouped(count)) \(samples) is \(rankedBy.text(1 / Double(count)))"
  }
}
