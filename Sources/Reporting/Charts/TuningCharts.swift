import Analysis
import Foundation
import Records
import Statistics
import Text

/// Captions of the charts of a search.
enum TuningCharts {
  static func summary(of name: String) -> String {
    switch name {
    case "sensitivity": "sensitivity to the learning rate: result of each trial of the search"
    case "best_after_trials": "best result by tuning budget"
    default: name.replacing("_", with: " ")
    }
  }
}

extension TuningReport {
  /// `sensitivity` and `best_after_trials` of each scenario with a search; charts without enough results are left out.
  var chartTasks: [ChartTask] {
    Dictionary(grouping: summaries, by: \.record.scenario).sorted { $0.key < $1.key }
      .flatMap { scenario, summaries in
        [
          ChartTask(
            folder: scenario, chart: "sensitivity",
            drawing: .success(SensitivityChart.draw(summaries.map(\.record)))),
          ChartTask(
            folder: scenario, chart: "best_after_trials",
            drawing: .success(BestAfterTrialsChart.draw(summaries))),
        ]
      }
  }
}

extension [TuningRecord] {
  var styles: [String: SeriesStyle] {
    Palette.styles(
      of: map { Participant(label: $0.optimizer, rule: $0.rule, hyperparameters: [:]) })
  }
}

/// Result against the learning rate, one line per optimizer; diverged trials are in a separate strip.
enum SensitivityChart {
  private struct Series {
    var label: String
    /// Learning rate and median result of finished trials, by learning rate.
    var points: [[Double]]
    var divergedRates: [Double]
  }

  static func draw(_ records: [TuningRecord]) -> Drawing? {
    guard let first = records.first else { return nil }
    let metric = first.metric
    let scale = metric.axisScale
    let series = records.map { one(of: $0, scale: scale) }
    let values = series.flatMap { $0.points.map { $0[1] } }
    let rates = series.flatMap { $0.points.map { $0[0] } + $0.divergedRates }.filter { $0 > 0 }
    guard let lowest = rates.min(), let highest = rates.max(), let low = values.min(),
      let high = values.max()
    else { return nil }
    // A median of evaluations is infinite where most runs missed the target.
    let lost = first.target == nil ? "diverged" : "target missed"
    let hasDiverged = series.contains { !$0.divergedRates.isEmpty }
    let axis = axis(values, low, high, metric, room: hasDiverged ? 0.09 : 0)
    let canvas = Canvas(fitting: series.map(\.label))
    var data = DataFile("\(first.scenario): result against learning rate")
    var script = canvas.preamble(
      title: "\(first.scenario): sensitivity to the learning rate",
      subtitle: first.target == nil
        ? "\(metric.words) at the end of each trial of the search (\(first.summary))"
        : "evaluations until the target in the search (\(first.summary))",
      note: "a wide, flat curve is easy to tune; legend: best value"
        + (hasDiverged ? "; ✕ in the red strip: \(lost)" : "")
        + (axis.remark.isEmpty ? "" : "; \(axis.remark)"))
    script += axis.settings
    script += [
      "set logscale x",
      "set xrange [\((lowest / 1.3).shortest):\((highest * 1.3).shortest)]",
      "set xtics (\(Tics.logarithmic(lowest / 1.3, highest * 1.3)))",
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xlabel 'learning rate'",
      "set ylabel '\(first.target == nil ? metric.axisTitle : "evaluations until the target")'",
    ]
    if hasDiverged {
      script.append(
        "set object 1 rectangle from graph 0,0.94 to graph 1,1 behind fillcolor '#f7dcd8' fillstyle solid noborder"
      )
      script.append(
        "set label 9 '\(lost)' at graph 0.008,0.97 left font 'sans,15' textcolor '#a32020'")
    }
    let styles = records.styles
    var layers: [String] = []
    var legend: [String] = []
    for one in series {
      guard let style = styles[one.label] else { continue }
      let block = data.block(
        one.label, columns: ["learning_rate", first.criterion], rows: one.points)
      let place = "'sensitivity.dat' index \(block) using 1:(\(axis.expression("$2")))"
      layers.append(
        "\(place) with linespoints lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.7 notitle"
      )
      if !one.divergedRates.isEmpty {
        // The second column is a fraction of the height, on the second y axis.
        let strip = data.block(
          "\(one.label), diverged", columns: ["learning_rate", "height"],
          rows: one.divergedRates.map { [$0, 0.97] })
        layers.append(
          "'sensitivity.dat' index \(strip) using 1:2 axes x1y2 with points lc '\(style.color)' pt 2 ps 2 lw 4 notitle"
        )
      }
      let best = one.points.map { $0[1] }.min { metric.isBetter($0, than: $1) }
      let text = "\(GnuplotText.name(one.label))  \(best.map(NumberText.short) ?? "none")"
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.7 "
          + "title \(GnuplotText.quoted(text))")
    }
    script += [
      "set y2range [0:1]", "plot \\", "  " + (layers + legend).joined(separator: ", \\\n  "),
    ]
    return Drawing(
      name: "sensitivity", width: canvas.width, height: canvas.height, body: script, data: data.text
    )
  }

  /// With room at the top for diverged trials, as a fraction of the height.
  private static func axis(
    _ values: [Double], _ low: Double, _ high: Double, _ metric: Metric, room: Double
  ) -> ValueAxis {
    guard !metric.largerIsBetter, low >= 0, high > 0 else {
      return .linear(low, high + room * max(high - low, 1e-9))
    }
    let least = max(values.filter { $0 > 0 }.min() ?? high, high * 1e-20)
    let top = high * pow(high / least, room)
    return ValueAxis.loss(values + [top], first: [high]) ?? .linear(low, top)
  }

  /// Of several candidates with the same learning rate the best counts: other hyperparameters were searched too.
  private static func one(of record: TuningRecord, scale: Double) -> Series {
    var best: [Double: Double] = [:]
    var diverged: Set<Double> = []
    for candidate in record.candidates where candidate.length == record.length {
      guard case .number(let rate)? = candidate.settings["learning_rate"], rate > 0 else {
        continue
      }
      guard candidate.score.isFinite else {
        diverged.insert(rate)
        continue
      }
      let former = best[rate] ?? candidate.score
      best[rate] =
        record.metric.isBetter(candidate.score, than: former) ? candidate.score : former
    }
    return Series(
      label: record.optimizer,
      points: best.sorted { $0.key < $1.key }.map { [$0.key, $0.value * scale] },
      divergedRates: diverged.filter { best[$0] == nil }.sorted())
  }
}

/// Best result so far against the number of trials.
enum BestAfterTrialsChart {
  static func draw(_ summaries: [TuningSummary]) -> Drawing? {
    guard let first = summaries.first?.record else { return nil }
    let metric = first.metric
    let scale = metric.axisScale
    let quantity = first.target == nil ? metric.words : "number of evaluations until the target"
    let medians = summaries.flatMap { $0.progress.map { $0.median * scale } }.filter(\.isFinite)
    guard let low = medians.min(), let high = medians.max() else { return nil }
    let axis =
      metric.largerIsBetter
      ? ValueAxis.linear(low, high)
      : ValueAxis.loss(medians, first: [high]) ?? .linear(low, high)
    let canvas = Canvas(fitting: summaries.map(\.record.optimizer))
    var data = DataFile("\(first.scenario): best after N trials")
    var script = canvas.preamble(
      title: "\(first.scenario): best result by tuning budget",
      subtitle:
        "\(quantity) of the best candidate so far (\(first.summary))",
      note: (first.isAdaptive
        ? "band: lowest to highest seed of the best candidate so far; legend: final value"
        : "median and quartiles over all orders in which the candidates could have been tried; legend: final value")
        + (axis.remark.isEmpty ? "" : "; \(axis.remark)"))
    script += axis.settings
    let last = summaries.compactMap { $0.progress.last?.cost }.max() ?? 1
    script += [
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xrange [0.5:\((last + 0.5).shortest)]",
      "set xlabel 'tuning budget (full trials)'",
      "set ylabel 'best \(quantity) so far\(metric.largerIsBetter ? " (%)" : "")'",
    ]
    let styles = summaries.map(\.record).styles
    var areas: [String] = []
    var lines: [String] = []
    var legend: [String] = []
    for summary in summaries {
      guard let style = styles[summary.record.optimizer] else { continue }
      let label = summary.record.optimizer
      let rows = summary.progress.filter { $0.median.isFinite }.map { point in
        let lower = point.lower.isFinite ? point.lower : point.median
        // Orders that begin with diverged trials reach beyond the plot.
        let upper =
          point.upper.isFinite ? point.upper : axis.isLogarithmic ? axis.upper : point.median
        return [point.cost, point.median * scale, lower * scale, upper * scale]
      }
      guard !rows.isEmpty else { continue }
      let block = data.block(label, columns: ["trials", "median", "lower", "upper"], rows: rows)
      let source = "'best_after_trials.dat' index \(block) using 1"
      if rows.count > 1 {
        areas.append(
          "\(source):(\(axis.expression("$3"))):(\(axis.expression("$4"))) with filledcurves "
            + "lc '\(style.color)' fillstyle transparent solid 0.14 noborder notitle")
      }
      lines.append(
        "\(source):(\(axis.expression("$2"))) with linespoints lc '\(style.color)' lw 3 dt \(style.dash) "
          + "pt \(style.marker) ps 1.5 notitle")
      let text = "\(GnuplotText.name(label))  \(NumberText.short(rows[rows.count - 1][1]))"
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.5 "
          + "title \(GnuplotText.quoted(text))")
    }
    script += ["plot \\", "  " + (areas + lines + legend).joined(separator: ", \\\n  ")]
    return Drawing(
      name: "best_after_trials", width: canvas.width, height: canvas.height, body: script,
      data: data.text)
  }
}
