import Analysis
import Records

/// A metric along the runs, one line per optimizer: the median over the seeds with a band between the quartiles.
struct CurveChart: Chart {
  /// What the horizontal axis counts.
  enum Axis: String {
    case steps, evaluations, seconds

    var noun: String {
      switch self {
      case .steps: "steps"
      case .evaluations: "evaluations"
      case .seconds: "time"
      }
    }

    var words: String {
      switch self {
      case .steps: "step (updates made)"
      case .evaluations: "gradient evaluations, those of a run spread evenly over its steps"
      case .seconds: "time (s), that of a run spread evenly over its steps"
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
    // Of networks the norms of layers are recorded: see ``GradientNormsChart``.
    needs = ChartNeeds(metric == .gradientNorm ? [.surface] : [.surface, .network])
    isUsual = metric == .loss && axis == .steps
    self.metric = metric
    self.axis = axis
  }

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    try CurveDrawing(name: name, metric: metric, along: axis, result: analysis.result).drawing()
  }
}
