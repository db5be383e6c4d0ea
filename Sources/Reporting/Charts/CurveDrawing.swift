import Records
import Text

/// Drawing of one curve chart.
struct CurveDrawing {
  let name: String
  let metric: Metric
  let along: CurveChart.Axis
  let result: ScenarioResult
  /// Steps per point of each band.
  let windows: [Int]
  private let styles: [String: SeriesStyle]
  let bands: [CurveBand]
  let panels: LinePanels
  var scenario: ScenarioRecord { result.scenario }

  init(name: String, metric: Metric, along: CurveChart.Axis, result: ScenarioResult) {
    self.name = name
    self.metric = metric
    self.along = along
    let result = metric == .learningRate ? result.withConstantRates : result
    self.result = result
    styles = Palette.styles(of: result.scenario.optimizers)
    let windowed = result.scenario.optimizers.compactMap { participant in
      let window = CurveBand.window(of: participant, result, metric)
      return CurveBand(participant, metric, result, window: window).map { ($0, window ?? 1) }
    }
    bands = windowed.map(\.0)
    windows = windowed.map(\.1)
    panels = LinePanels(result.scenario, labels: bands.map(\.label))
  }

  /// Place on the x axis.
  private func place(_ step: Double, _ band: CurveBand) -> Double {
    switch along {
    case .steps: step
    case .evaluations: band.evaluations(by: step)
    case .seconds: band.seconds(by: step)
    }
  }

  func drawing() throws(CannotDraw) -> Drawing {
    guard let axis else {
      throw CannotDraw(
        reason: bands.isEmpty
          ? "no run of the scenario has recorded a \(metric.words)"
          : "no run of the scenario has a finite \(metric.words): \(bands.map(legend).joined(separator: "; "))"
      )
    }
    let isLogarithmic = hasUnlikeLengths
    let canvas = Canvas(entries: bands.map(legend))
    var data = DataFile("\(scenario.title): \(metric.words)")
    var script = canvas.preamble(
      title: "\(scenario.title): \(headline)", subtitle: scenario.shownTask,
      note: note(axis.remark))
    let axes =
      axis.settings + ["set grid ytics lc '#d0d0d0' lw 1.5 dt 1"]
      + (isLogarithmic ? logarithmicWidth : width) + targetLine(axis)
      + ["set xlabel '\(along.words)'", "set ylabel '\(quantity)'"]
    var layers = Array(repeating: LineLayers(), count: panels.count)
    for (index, band) in bands.enumerated() {
      add(band, index, axis, to: &layers[panels.index(of: band.label)], data: &data)
    }
    let legend = bands.compactMap { band in
      styles[band.label].map { style in
        "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) "
          + "pt \(style.marker) ps 1.6 title \(GnuplotText.quoted(self.legend(band)))"
      }
    }
    script += panels.plots(layers, axes: axes, legend: legend, on: canvas)
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Whether quartiles are drawn: bands of many lines hide one another.
  var hasBands: Bool {
    !panels.isCrowded && bands.contains { $0.points.contains { $0.lower < $0.upper } }
  }

  // MARK: Axes

  /// End of each band on the x axis.
  private var ends: [Double] {
    bands.compactMap { band in
      ([band.points.last?.step, band.lostStep.map(Double.init)].compactMap(\.self).max())
        .map { place($0, band) }
    }
  }

  /// Whether some runs are so short that they would be a dot at the edge. Diverged runs do not count.
  var hasUnlikeLengths: Bool {
    let lengths = bands.filter { !$0.isCutShort }.compactMap { band in
      band.points.last.map { place($0.step, band) }
    }.filter { $0 > 0 }
    guard let shortest = lengths.min(), let longest = lengths.max() else { return false }
    return longest > Self.unlike * shortest
  }

  /// A line is readable from about a tenth of the plot's width.
  private static let unlike = 10.0

  private var width: [String] {
    let last = ends.max() ?? 0
    return [
      "set xrange [0:\(last > 0 ? last.shortest : "1")]",
      along == .steps && last < 10
        ? "set xtics 1"
        : panels.isDivided
          ? "set xtics \(Tics.step(over: last, about: 4).shortest)" : "set xtics autofreq",
    ]
  }

  /// From the first point after the start, because a log axis has no 0.
  private var logarithmicWidth: [String] {
    let last = ends.max() ?? 1
    let first =
      bands.flatMap { band in
        band.points.lazy.map(\.step).first { $0 > 0 }.map { [place($0, band)] } ?? []
      }.min() ?? last / 10
    return [
      "set logscale x", "set xrange [\(first.shortest):\(last.shortest)]",
      "set xtics (\(Tics.logarithmic(first, last)))",
    ]
  }

  /// Line at the target, if the chart shows the target's metric.
  private func targetLine(_ axis: ValueAxis) -> [String] {
    guard let target = scenario.target, target.metric == metric, axis.holds(target.value) else {
      return []
    }
    let height = "first \(axis.expression(target.value.shortest))"
    return [
      "set arrow 1 from graph 0, \(height) to graph 1, \(height) nohead lc '#555555' lw 1.5 dt 2",
      "set label 4 'target' at graph 0.01, \(height) left offset 0,0.5 font 'sans,14' "
        + "textcolor '#555555'",
    ]
  }

  private var axis: ValueAxis? {
    let points = bands.flatMap { $0.points.map(\.median) }
    let peaks = bands.compactMap { $0.points.map(\.median).max() }
    // Most schedules end near zero, and a log axis would show little else.
    if metric == .learningRate, let highest = peaks.max(), let least = peaks.min(),
      points.allSatisfy({ $0 >= 0 }), highest <= 30 * least
    {
      return .linear(0, highest)
    }
    return ValueAxis.loss(
      points, first: scenario.axisStarts(bands, of: metric),
      spread: hasBands ? bands.flatMap { $0.points.flatMap { [$0.lower, $0.upper] } } : [],
      target: scenario.target(of: metric))
  }

  private func add(
    _ band: CurveBand, _ index: Int, _ axis: ValueAxis, to layers: inout LineLayers,
    data: inout DataFile
  ) {
    guard let style = styles[band.label] else { return }
    let column = along == .steps ? "step" : along.rawValue
    // A log axis cannot show the start.
    let points = hasUnlikeLengths ? band.points.filter { $0.step > 0 } : band.points
    let block = data.block(
      band.label, columns: [column, metric.rawValue, "lower_quartile", "upper_quartile"],
      rows: points.map { [place($0.step, band), $0.median, $0.lower, $0.upper] })
    let source = "'\(name).dat' index \(block) using 1"
    let value = "\(source):(\(axis.expression("$2")))"
    if points.count > 1 {
      if hasBands, points.contains(where: { $0.lower < $0.upper }) {
        layers.areas.append(
          "\(source):(\(axis.expression("$3"))):(\(axis.expression("$4"))) with filledcurves "
            + "lc '\(style.color)' fillstyle transparent solid 0.16 noborder notitle")
      }
      layers.lines.append("\(value) with lines lc '\(style.color)' lw 3 dt \(style.dash) notitle")
    }
    // Markers of coinciding lines are at different points.
    let every = max(1, points.count / 8)
    let first = points.count > 8 ? every * (index + 1) / (bands.count + 1) : 0
    layers.marks.append(
      "\(value) every \(every)::\(first) with points lc '\(style.color)' pt \(style.marker) "
        + "ps 1.6 lw 2 notitle")
    // At the step where the median diverged, not at the last value before it.
    guard let lost = band.lostStep, let end = band.points.last else { return }
    let height = max(
      min(end.median, axis.isLogarithmic ? axis.edge(below: false) : axis.greatest), axis.least)
    let cut = data.block(
      "\(band.label), diverged", columns: [column, metric.rawValue],
      rows: [[place(Double(lost), band), height]])
    layers.marks.append(
      "'\(name).dat' index \(cut) using 1:(\(axis.expression("$2"))) with points "
        + "lc '\(style.color)' pt 2 ps 3 lw 5 notitle")
  }
}

extension ScenarioRecord {
  /// The target, if it is a value of the metric.
  func target(of metric: Metric) -> Double? {
    target.flatMap { $0.metric == metric ? $0.value : nil }
  }

  /// Where the lines of a chart begin; with the target, which must be visible, however small the start is.
  func axisStarts(_ bands: [CurveBand], of metric: Metric) -> [Double] {
    bands.compactMap(\.points.first?.median) + [target(of: metric).map(abs)].compactMap(\.self)
  }
}
