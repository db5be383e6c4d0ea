import Records

/// A metric over the steps of the runs, one line per optimizer: median over the seeds, with a band between the quartiles.
enum CurveChart {
  /// Quantity of the x axis.
  enum Axis: String {
    case steps, evaluations, seconds

    var words: String {
      switch self {
      case .steps: "step (parameter updates)"
      case .evaluations: "gradient evaluations (total divided evenly over the steps)"
      case .seconds: "seconds (total time divided evenly over the steps)"
      }
    }
  }

  static let loss = kind(.loss, along: .steps, summary: "loss at each step, on a log axis")

  static func kind(_ metric: Metric, along axis: Axis, summary: String? = nil) -> ChartKind {
    let name = metric.rawValue + (axis == .steps ? "" : "_by_\(axis.rawValue)")
    return ChartKind(
      name: name,
      summary: summary ?? metric.summary + (axis == .steps ? "" : ", by \(axis.rawValue)"),
      // For networks, norms are recorded by layer: see ``GradientNormsChart``.
      kinds: metric == .gradientNorm ? [.surface] : [.surface, .network],
      isUsual: metric == .loss && axis == .steps
    ) { result throws(CannotDraw) in
      try CurveDrawing(name: name, metric: metric, along: axis, result: result).drawing()
    }
  }
}
