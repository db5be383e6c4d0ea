package import Records

/// A kind of chart that scenarios can ask for by name.
package struct ChartKind: Sendable {
  /// Name in `charts:` of a scenario and of the files.
  package let name: String
  package let summary: String
  /// Kinds of problems that it can show.
  package let kinds: Set<ScenarioRecord.Kind>
  /// Whether it needs a surface of two coordinates.
  package var needsLandscape = false
  /// Whether it is drawn for a scenario without `charts:`.
  package var isUsual = true
  /// Whether it needs a network with a validation set.
  package var needsValidation = false
  /// Whether it needs a network that records gradient norms by layer.
  package var needsGradientNorms = false
  let draw: @Sendable (ScenarioResult) throws(CannotDraw) -> Drawing
}

/// Reason why a chart cannot be drawn from the results.
struct CannotDraw: Error {
  var reason: String
}

/// All kinds of charts. To add one, add a file in this folder and a line here.
package enum ChartCatalogue {
  package static let all: [ChartKind] = [
    TrajectoryChart.kind,
    PanelsChart.kind,
    ReliefChart.kind,
    RaceChart.kind,
    FirstStepsChart.kind,
    CurveChart.loss,
    CurveChart.kind(.loss, along: .evaluations),
    CurveChart.kind(.loss, along: .seconds),
    CurveChart.kind(.gradientNorm, along: .steps),
    GradientNormsChart.kind,
    TargetsChart.kind,
    SweepChart.kind,
    CurveChart.kind(.learningRate, along: .steps),
    EpochChart.kind(.trainLoss),
    EpochChart.kind(.trainAccuracy),
    EpochChart.kind(.validationLoss, needsValidation: true),
    EpochChart.kind(.validationAccuracy, needsValidation: true),
    EpochChart.kind(.testLoss),
    EpochChart.kind(.testAccuracy),
    BiasCorrectionChart.kind,
  ]

  /// The names, with slow charts first and the others in their order.
  static func slowestFirst(_ names: [String]) -> [String] {
    let slow = [RaceChart.kind.name, ReliefChart.kind.name]
    return slow.filter(names.contains) + names.filter { !slow.contains($0) }
  }

  package static func kind(named name: String) -> ChartKind? { all.first { $0.name == name } }
}
