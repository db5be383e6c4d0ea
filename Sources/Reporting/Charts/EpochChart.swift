import Foundation
import Records
import Statistics

/// A metric at the end of each epoch, one line per optimizer.
enum EpochChart {
  static func kind(_ metric: Metric, needsValidation: Bool = false) -> ChartKind {
    ChartKind(
      name: metric.rawValue, summary: metric.summary, kinds: [.network],
      needsValidation: needsValidation
    ) {
      result throws(CannotDraw) in
      try draw(metric, result)
    }
  }

  private static func draw(
    _ metric: Metric, _ result: ScenarioResult
  ) throws(CannotDraw) -> Drawing {
    let scenario = result.scenario
    let styles = Palette.styles(of: scenario.optimizers)
    let series = scenario.optimizers.compactMap { participant in
      styles[participant.label].flatMap {
        EpochSeries(participant, metric, result, style: $0)
      }
    }
    let epochs = series.flatMap { $0.points.map(\.epoch) }
    guard let last = epochs.max(), let first = epochs.min() else {
      throw CannotDraw(
        reason: series.isEmpty
          ? "no run of the scenario has recorded \(metric.rawValue) by epoch"
          : "no run of the scenario got through its first epoch")
    }
    let scale = metric.largerIsBetter ? 100.0 : 1
    let (axis, bounds) = axis(metric, series, scale: scale)
    let name = metric.rawValue
    let canvas = Canvas(fitting: scenario.optimizers.map(\.label))
    var data = DataFile("\(scenario.title): \(name)")
    var script = canvas.preamble(
      title: "\(scenario.title): \(headline(metric))",
      subtitle: scenario.shownTask,
      note: note(result, metric, series, axis, bounds, scale))
    script += axis.settings
    script += [
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xrange [\((Double(first) - 0.35).shortest):\((Double(last) + 0.35).shortest)]",
      "set xtics \(max(1, (last - first) / 10))",
      "set xlabel 'epoch (passes over the training set)'",
      "set ylabel '\(quantity(metric))'",
    ]
    var layers: [String] = []
    var legend: [String] = []
    for (index, one) in series.enumerated() {
      let style = one.style
      // Side by side, so that bars and markers of equal values can be told apart.
      let shift = last > 12 ? 0 : 0.24 * ((Double(index) + 0.5) / Double(series.count) - 0.5)
      let block = data.block(
        one.label, columns: ["epoch", "median", "lowest", "highest"],
        rows: one.points.map {
          [Double($0.epoch), $0.median * scale, $0.lowest * scale, $0.highest * scale]
        })
      let place = "'\(name).dat' index \(block) using ($1+\(shift.shortest))"
      let value = axis.expression("$2")
      if one.seeds > 1, last <= 12 {
        layers.append(
          "\(place):(\(value)):(\(axis.expression("$3"))):(\(axis.expression("$4"))) "
            + "with yerrorbars lc '\(style.colour)' lw 1.5 pt 0 notitle")
      }
      layers.append(
        "\(place):(\(value)) with linespoints lc '\(style.colour)' lw 3 dt \(style.dash) "
          + "pt \(style.marker) ps 1.8 notitle")
      let beyond = one.points.filter { !bounds.contains($0.median * scale) }
      if !beyond.isEmpty {
        let arrows = data.block(
          "\(one.label), beyond the picture", columns: ["epoch", "edge"],
          rows: beyond.map {
            [Double($0.epoch), axis.edge(below: $0.median * scale < bounds.lowerBound)]
          })
        let arrow = metric.largerIsBetter ? "↓" : "↑"
        layers.append(
          "'\(name).dat' index \(arrows) using ($1+\(shift.shortest)):2 with points pt '\(arrow)' "
            + "lc '\(style.colour)' font 'sans:Bold,24' notitle")
      }
      legend.append(
        "keyentry with linespoints lc '\(style.colour)' lw 3 dt \(style.dash) "
          + "pt \(style.marker) ps 1.8 title \(GnuplotText.quoted(one.legend(metric)))")
    }
    script.append("plot \\\n  " + (layers + legend).joined(separator: ", \\\n  "))
    return Drawing(
      name: name, width: canvas.width, height: canvas.height,
      body: script, data: data.text)
  }

  /// An axis that one bad optimizer does not stretch until the others are a single line, and what it holds.
  ///
  /// Values further than three interquartile ranges on the bad side (Tukey 1977, "far out") stay outside and
  /// are pointed at by arrows.
  private static func axis(
    _ metric: Metric, _ series: [EpochSeries], scale: Double
  ) -> (ValueAxis, ClosedRange<Double>) {
    let points = series.flatMap(\.points)
    let medians = points.map { $0.median * scale }
    let isLogarithmic = !metric.largerIsBetter && medians.allSatisfy { $0 > 0 }
    func place(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
    let places = medians.map(place)
    let quartiles = (quantile(0.25, of: places), quantile(0.75, of: places))
    let reach = 3 * (quartiles.1 - quartiles.0)
    let inside = medians.filter {
      metric.largerIsBetter ? place($0) >= quartiles.0 - reach : place($0) <= quartiles.1 + reach
    }
    let shown = inside.isEmpty ? medians : inside
    guard var lower = shown.min(), var upper = shown.max() else {
      return (.linear(0, 1), 0...1)
    }
    // Bars of what is shown are shown.
    for point in points where shown.contains(point.median * scale) {
      let (low, high) = (point.lowest * scale, point.highest * scale)
      if metric.largerIsBetter || high <= upper * 2 { upper = max(upper, high) }
      if !metric.largerIsBetter || low >= lower - (upper - lower) { lower = min(lower, low) }
    }
    let bounds = lower...upper
    if isLogarithmic, let axis = ValueAxis.loss([lower, upper], first: [upper]) {
      return (axis, bounds)
    }
    return (.linear(lower, upper), bounds)
  }

  private static func headline(_ metric: Metric) -> String {
    switch metric {
    case .testAccuracy: "accuracy on unseen data"
    case .trainAccuracy: "accuracy on the training data"
    case .trainLoss: "how well the training data are fitted"
    case .testLoss: "how well unseen data are predicted"
    case .validationLoss: "how well held-out data are predicted"
    case .validationAccuracy: "accuracy on held-out data"
    case .loss, .gradientNorm, .learningRate, .momentum: metric.summary
    }
  }

  private static func quantity(_ metric: Metric) -> String {
    switch metric {
    case .testAccuracy: "test accuracy (%)"
    case .trainAccuracy: "training accuracy (%)"
    case .trainLoss: "mean training loss"
    case .testLoss: "mean test loss"
    case .validationLoss: "mean validation loss"
    case .validationAccuracy: "validation accuracy (%)"
    case .loss, .gradientNorm, .learningRate, .momentum: metric.rawValue
    }
  }

  private static func note(
    _ result: ScenarioResult, _ metric: Metric, _ series: [EpochSeries], _ axis: ValueAxis,
    _ bounds: ClosedRange<Double>,
    _ scale: Double
  ) -> String {
    let seeds = series.map(\.seeds).max() ?? 1
    var parts = result.missingRuns
    if seeds > 1 { parts.append("\(seeds) seeds: median, worst and best") }
    let isKept = series.contains { $0.kept != nil }
    parts.append(isKept ? "value of the kept epoch beside the name" : "last value beside the name")
    let untrained = series.compactMap(\.untrained).filter(\.isFinite)
    if !untrained.isEmpty {
      parts.append("\(metric.text(median(of: untrained))) before training")
    }
    if series.contains(where: { $0.points.contains { !bounds.contains($0.median * scale) } }) {
      parts.append(metric.largerIsBetter ? "↓: below the picture" : "↑: above the picture")
    }
    if series.contains(where: { $0.diverged > 0 }) { parts.append("✕: diverged") }
    if !axis.remark.isEmpty { parts.append(axis.remark) }
    return parts.joined(separator: "; ")
  }
}
