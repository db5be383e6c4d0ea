import Analysis
import Foundation
import Records
import Statistics
import Text

/// A metric after each epoch, one line per optimizer.
struct EpochChart: Chart {
  let metric: Metric
  var name: String { metric.rawValue }
  var summary: String { metric.summary }
  let isDrawnByPage = true
  var needs: ChartNeeds {
    ChartNeeds(
      [.network], classes: metric.isAccuracy, values: metric.isExplained,
      validation: metric.needsValidation)
  }

  init(_ metric: Metric) { self.metric = metric }

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    try EpochDrawing(metric: metric, result: analysis.result).drawing()
  }
}

/// Drawing of one epoch chart.
private struct EpochDrawing {
  let metric: Metric
  let result: ScenarioResult
  private let series: [EpochSeries]
  /// First and last drawn epoch.
  private let epochs: ClosedRange<Int>
  private let spread: EpochSpread
  /// 100 for accuracies, which are drawn in percent.
  private let scale: Double
  private let axis: EpochAxis
  private let canvas: Canvas
  private let panels: LinePanels
  private var name: String { metric.rawValue }

  init(metric: Metric, result: ScenarioResult) throws(CannotDraw) {
    self.metric = metric
    self.result = result
    let styles = Palette.styles(of: result.scenario.optimizers)
    series = result.scenario.optimizers.compactMap { participant in
      styles[participant.label].flatMap { EpochSeries(participant, metric, result, style: $0) }
    }
    let drawn = series.flatMap { $0.drawn.map(\.epoch) }
    guard let last = drawn.max(), let first = drawn.min() else {
      throw CannotDraw(
        reason: series.isEmpty
          ? "no run of the scenario has recorded \(metric.rawValue) by epoch"
          : "no run of the scenario completed its first epoch")
    }
    epochs = first...last
    panels = LinePanels(result.scenario, labels: series.map(\.label))
    spread =
      panels.isCrowded
      ? .none : EpochSpread(seeds: series.map(\.seeds).max() ?? 1, epochs: last)
    scale = metric.axisScale
    axis = EpochAxis(metric, series, scale: scale, spread: spread)
    canvas = Canvas(entries: series.map { $0.legend(metric) })
  }

  func drawing() -> Drawing {
    let scenario = result.scenario
    var data = DataFile("\(scenario.title): \(name)")
    var script = canvas.preamble(
      title: "\(scenario.title): \(metric.epochHeadline)", subtitle: scenario.shownTask, note: note)
    let axes =
      axis.axis.settings + [
        // Bands that reach beyond the plot end at its edge.
        "c(y) = y < \(axis.axis.lower.shortest) ? \(axis.axis.lower.shortest) : "
          + "y > \(axis.axis.upper.shortest) ? \(axis.axis.upper.shortest) : y",
        "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
        "set xrange [\(left.shortest):\(right.shortest)]",
        "set xtics \(tic.shortest)",
        "set xlabel 'epoch (passes over the training set)'",
        "set ylabel '\(metric.epochQuantity)'",
      ]
    var layers = Array(repeating: LineLayers(), count: panels.count)
    for (index, one) in series.enumerated() {
      add(one, index, to: &layers[panels.index(of: one.label)], data: &data)
    }
    addArrows(to: &layers, data: &data)
    let legend = series.map { one in
      "keyentry with linespoints lc '\(one.style.color)' lw 3 dt \(one.style.dash) "
        + "pt \(one.style.marker) ps 1.8 title \(GnuplotText.quoted(one.legend(metric)))"
    }
    script += panels.plots(layers, axes: axes, legend: legend, on: canvas)
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  // MARK: Along the epochs

  private var left: Double { Double(epochs.lowerBound) - 0.35 }
  private var right: Double { Double(epochs.upperBound) + 0.35 }

  private var tic: Double {
    let count = epochs.upperBound - epochs.lowerBound
    return epochs.upperBound <= EpochSpread.barLimit
      && !panels.isDivided
      ? 1 : max(1, Tics.step(over: Double(count), about: panels.isDivided ? 4 : 10))
  }

  // MARK: Layers

  private func add(
    _ one: EpochSeries, _ index: Int, to layers: inout LineLayers, data: inout DataFile
  ) {
    let style = one.style
    let isShort = epochs.upperBound <= EpochSpread.barLimit
    // Side by side, so that bars and markers of equal values do not overlap.
    let shift = isShort ? 0.24 * ((Double(index) + 0.5) / Double(series.count) - 0.5) : 0
    let block = data.block(
      one.label, columns: ["epoch", "median", "lowest", "highest"],
      rows: one.drawn.map {
        [Double($0.epoch), $0.median * scale, $0.lowest * scale, $0.highest * scale]
      })
    let place = "'\(name).dat' index \(block) using ($1+\(shift.shortest))"
    let value = "\(place):(\(axis.axis.expression("$2")))"
    if one.seeds > 1, spread == .bars {
      layers.lines.append(
        "\(value):(\(axis.axis.expression("$3"))):(\(axis.axis.expression("$4"))) "
          + "with yerrorbars lc '\(style.color)' lw 1.5 pt 0 notitle")
    }
    if one.seeds > 1, spread == .bands, one.drawn.count > 1 {
      layers.areas.append(
        "\(place):(c($3)):(c($4)) with filledcurves "
          + "lc '\(style.color)' fillstyle transparent solid 0.13 noborder notitle")
    }
    layers.lines.append("\(value) with lines lc '\(style.color)' lw 3 dt \(style.dash) notitle")
    let points =
      "with points lc '\(style.color)' pt \(style.marker) ps 1.8 lw 2 notitle"
    // Markers of coinciding lines are at different epochs and do not hide the lines.
    let count = one.drawn.count
    let every = isShort ? 1 : max(1, count / 8)
    let first = every * (index + 1) / (series.count + 1)
    layers.marks.append("\(value) every \(every)::\(first) \(points)")
    if let end = one.drawn.last, !isShort, end.epoch < epochs.upperBound {
      layers.marks.append("\(value) every ::\(count - 1) \(points)")
    }
    guard let kept = one.kept, axis.axis.holds(kept.value * scale) else { return }
    let ring = data.block(
      "\(one.label), restored epoch", columns: ["epoch", "value"],
      rows: [[kept.epoch, kept.value * scale]])
    let mark = "'\(name).dat' index \(ring) using 1:(\(axis.axis.expression("$2"))) with points"
    layers.marks += [
      "\(mark) lc '#ffffff' pt \(style.filledMarker) ps 3.6 lw 4 notitle",
      "\(mark) lc '\(style.color)' pt \(style.marker) ps 2.8 lw 3 notitle",
    ]
  }

  /// One arrow per series outside the plot, at the first epoch outside.
  private func addArrows(to layers: inout [LineLayers], data: inout DataFile) {
    let sign = metric.largerIsBetter ? "↓" : "↑"
    let width = Self.arrowWidth / Double(panels.width(on: canvas)) * (right - left)
    var taken: [Double] = []
    for one in series {
      guard let first = beyond(one).first else { continue }
      let wanted = min(max(Double(first.epoch), left + width / 2), right - width / 2)
      let place = Self.free(near: wanted, among: taken, width: width, in: left...right)
      taken.append(place)
      let edge = axis.axis.edge(below: first.median * scale < axis.axis.lower)
      let block = data.block(
        "\(one.label), outside the plot", columns: ["epoch", "edge"], rows: [[place, edge]])
      layers[panels.index(of: one.label)].marks.append(
        "'\(name).dat' index \(block) using 1:2 with points pt '\(sign)' "
          + "lc '\(one.style.color)' font 'sans:Bold,24' notitle")
    }
  }

  private func beyond(_ one: EpochSeries) -> [EpochSeries.Point] {
    one.drawn.filter { !axis.axis.holds($0.median * scale) }
  }

  /// Width of an arrow in pixels.
  private static let arrowWidth = 24.0

  /// Nearest position from `wanted` on without another arrow; to the left of it if the right is full.
  private static func free(
    near wanted: Double, among taken: [Double], width: Double, in range: ClosedRange<Double>
  ) -> Double {
    let steps = Array(0...taken.count).map(Double.init)
    let places = steps.map { wanted + $0 * width } + steps.map { wanted - $0 * width }
    return places.first { place in
      range.contains(place) && taken.allSatisfy { abs($0 - place) >= 0.999 * width }
    } ?? wanted
  }

  // MARK: Words

  private var note: String {
    let seeds = series.map(\.seeds).max() ?? 1
    var parts = result.missingRuns
    switch spread {
    case .none: if seeds > 1 { parts.append("median of \(seeds) seeds") }
    case .bars: parts.append("median of \(seeds) seeds; bars: worst to best seed")
    case .bands:
      parts.append(
        "median of \(seeds) seeds; band: worst to best seed"
          + (axis.cutsBands ? ", cut at the edge" : ""))
    }
    if seeds > 1, let words = result.stoppedRunsWords { parts.append(words) }
    parts.append("legend: \(valueWords)")
    if let untrained = untrainedWords { parts.append(untrained) }
    if series.contains(where: { !beyond($0).isEmpty }) {
      parts.append("arrows: values \(metric.largerIsBetter ? "below" : "above") the axis")
    }
    if series.contains(where: { $0.diverged > 0 }) {
      parts.append(seeds > 1 ? "n/m ✕: n of m runs diverged" : "✕: diverged")
    }
    if !axis.axis.remark.isEmpty { parts.append(axis.axis.remark) }
    return parts.joined(separator: "; ")
  }

  private var valueWords: String {
    if series.allSatisfy({ $0.kept == nil }) { return "final value" }
    return series.allSatisfy { $0.kept != nil }
      ? "value at the restored epoch (large marker)"
      : "value at the restored (large marker) or final epoch"
  }

  /// The value before training, or the range of the values.
  private var untrainedWords: String? {
    let values = series.flatMap(\.untrained).filter(\.isFinite)
    guard let least = values.min(), let greatest = values.max() else { return nil }
    let (low, high) = (metric.text(least), metric.text(greatest))
    return "before training: \(low == high ? low : "\(low) to \(high)")"
  }
}
