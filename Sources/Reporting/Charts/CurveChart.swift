import Records

/// A metric along the runs, one line per optimizer: the median over the seeds with a band between the quartiles.
enum CurveChart {
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

  static let loss = kind(.loss, along: .steps, summary: "loss per step on a logarithmic axis")

  static func kind(_ metric: Metric, along axis: Axis, summary: String? = nil) -> ChartKind {
    let name = metric.rawValue + (axis == .steps ? "" : "_by_\(axis.rawValue)")
    return ChartKind(
      name: name,
      summary: summary ?? metric.summary + (axis == .steps ? "" : ", by \(axis.rawValue)"),
      // Of networks the norms of layers are recorded: see ``GradientNormsChart``.
      kinds: metric == .gradientNorm ? [.surface] : [.surface, .network],
      isUsual: metric == .loss && axis == .steps
    ) { result throws(CannotDraw) in
      try CurveDrawing(name: name, metric: metric, along: axis, result: result).drawing()
    }
  }
}
