package import Records

/// A kind of chart that scenarios can ask for by name.
package struct ChartKind: Sendable {
  /// As in a scenario's `charts:`, and the name of the files.
  package let name: String
  package let summary: String
  /// The problems whose results can fill it.
  package let kinds: Set<ScenarioRecord.Kind>
  /// Whether it shows a surface of two coordinates and no other.
  package var needsLandscape = false
  /// Whether a scenario that names no charts has it.
  package var isUsual = true
  /// Whether it shows networks with a validation set and no others.
  package var needsValidation = false
  /// Whether it shows networks that record gradient norms by layer and no others.
  package var needsGradientNorms = false
  let draw: @Sendable (ScenarioResult) throws(CannotDraw) -> Drawing
}

/// Why results cannot fill a chart.
struct CannotDraw: Error {
  var reason: String
}

/// Every kind of chart. A new one is a file beside this one and a line here.
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

  /// The names with those first that take long to draw, else in their order.
  static func slowestFirst(_ names: [String]) -> [String] {
    let slow = [RaceChart.kind.name, ReliefChart.kind.name]
    return slow.filter(names.contains) + names.filter { !slow.contains($0) }
  }

  package static func kind(named name: String) -> ChartKind? { all.first { $0.name == name } }
}
