import Analysis
import Records

/// A metric over the steps of the runs, one line per optimizer: median over the seeds, with a band between the quartiles.
struct CurveChart: Chart {
  /// Quantity of the x axis.
  enum Axis: String {
    case steps, evaluations, seconds

    var words: String {
      switch self {
      case .steps: "step (parameter updates)"
      case .evaluations: "gradient evaluations"
      case .seconds: "seconds"
      }
    }
  }

  let name: String
  let summary: String
  let needs: ChartNeeds
  let isUsual: Bool
  var isDrawnByPage: Bool { isUsual }
  private let metric: Metric
  private let axis: Axis

  init(_ metric: Metric, along axis: Axis, summary: String? = nil) {
    name = metric.rawValue + (axis == .steps ? "" : "_by_\(axis.rawValue)")
    self.summary = summary ?? metric.summary + (axis == .steps ? "" : ", by \(axis.rawValue)")
    // For networks, norms are recorded by layer: see ``GradientNormsChart``.
    needs = ChartNeeds(metric == .gradientNorm ? [.surface] : [.surface, .network])
    isUsual = metric == .loss && axis == .steps
    self.metric = metric
    self.axis = axis
  }

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    try CurveDrawing(name: name, metric: metric, along: axis, result: analysis.result).drawing()
  }
}
