import Foundation
import Text

/// A panel of a sweep with its lines.
struct SweepPicture {
  private let panel: SweepPanel
  private let lines: [SweepLine]
  private let frame: SweepFrame
  /// Label of the strip of failed runs; `nil` if no run failed.
  let failureWords: String?
  /// Height of the strip, as fractions of the panel.
  private var strip: (lower: Double, upper: Double) { panel.largerIsBetter ? (0, 0.1) : (0.9, 1) }

  /// Distance of neighboring marks in the strip, in pixels.
  private static let markWidth = 22.0

  init(panel: SweepPanel, lines: [SweepLine]) {
    self.panel = panel
    self.lines = lines
    let failed = lines.flatMap(\.failed)
    failureWords =
      failed.isEmpty ? nil : failed.allSatisfy(\.isAll) ? panel.failure.all : panel.failure.most
    frame = SweepFrame(panel, lines, room: failed.isEmpty ? 0 : 0.16)
  }

  /// Clauses for the subtitle.
  static func cuts(in pictures: [SweepPicture]) -> [String] {
    let hasArrows = pictures.contains { picture in
      picture.lines.contains { $0.points.contains { picture.frame.arrow($0.median) != nil } }
    }
    return (hasArrows ? ["arrows: values outside the plot"] : [])
      + (pictures.contains(where: \.frame.cutsBars) ? ["bars are cut at the edge"] : [])
  }

  /// - Parameter pixel: Width of a pixel on the x axis.
  func script(_ sweep: Sweep, pixel: Double, hasLegend: Bool, _ data: inout DataFile) -> [String] {
    let axis = frame.axis
    var script =
      (axis.isLogarithmic ? [] : ["unset logscale y", "set ytics autofreq"]) + axis.settings
      + [
        // Lines do not cross the values at the edge.
        "set style textbox opaque noborder fillcolor '#ffffff' margins 0.5,0.5",
        "set ylabel '\(panel.quantity)\(axis.isLogarithmic ? " (log)" : "")'", "set y2range [0:1]",
      ]
    if let failureWords {
      script += ticsOutsideStrip()
      script += [
        "set object 1 rectangle from graph 0,\(strip.lower.shortest) to graph 1,\(strip.upper.shortest) behind "
          + "fillcolor '#f7dcd8' fillstyle solid noborder",
        "set label 9 '\(failureWords)' at graph 0.006,\(((strip.lower + strip.upper) / 2).shortest) left "
          + "font 'sans,14' textcolor '#a32020'",
      ]
    }
    // Without a value there is nothing to read on the axis.
    if lines.allSatisfy(\.points.isEmpty) { script.append("set ytics ('' -1)") }
    let positions = sweep.tics.map(\.position)
    let spread = (positions.max() ?? 1) - (positions.min() ?? 0)
    var layers: [String] = []
    var legend: [String] = []
    for (index, line) in lines.enumerated() {
      let style = line.style
      // Side by side, so that bars and markers of equal values do not overlap.
      let shift = 0.02 * spread * ((Double(index) + 0.5) / Double(lines.count) - 0.5)
      layers += curve(line, sweep, shift: shift, &data)
      script += arrows(line, index, shift: shift)
      layers += crosses(line, index, sweep, pixel: pixel, &data)
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.8 "
          + "title \(GnuplotText.quoted(GnuplotText.name(line.label)))")
    }
    return script + [
      "plot \\",
      "  " + (layers + (hasLegend || layers.isEmpty ? legend : [])).joined(separator: ", \\\n  "),
    ]
  }

  /// Line and bars.
  private func curve(
    _ line: SweepLine, _ sweep: Sweep, shift: Double, _ data: inout DataFile
  ) -> [String] {
    let style = line.style
    let block = data.block(
      "\(panel.quantity), \(line.label)",
      columns: [
        sweep.isLogarithmic ? "log10_of_\(sweep.name)" : sweep.name, "median", "lower_quartile",
        "upper_quartile",
      ],
      pieces: line.pieces)
    let place = "'sweep.dat' index \(block) using ($1+\(shift.shortest))"
    let value = "\(place):(\(frame.expression("$2")))"
    var layers: [String] = []
    if line.points.contains(where: { $0.lower < $0.upper }) {
      layers.append(
        "\(value):(\(frame.expression("$3"))):(\(frame.expression("$4"))) with yerrorbars "
          + "lc '\(style.color)' lw 2 pt 0 notitle")
    }
    if !line.points.isEmpty {
      // The values between two points are unknown.
      let dash = line.points.count { $0.isNumber } <= 2 ? "(1,3)" : String(style.dash)
      layers.append(
        "\(value) with linespoints lc '\(style.color)' lw 3 dt \(dash) "
          + "pt \(style.marker) ps 1.8 notitle")
    }
    return layers
  }

  /// Values of medians outside, left of their markers at the edge; those of other lines at the same position are above or below.
  private func arrows(_ line: SweepLine, _ index: Int, shift: Double) -> [String] {
    line.points.enumerated().compactMap { place, point in
      guard let arrow = frame.arrow(point.median) else { return nil }
      let others = lines[..<index].count { other in
        other.points.contains {
          $0.position == point.position && frame.arrow($0.median) == arrow
        }
      }
      let height = (arrow == "↓" ? 0.2 : -0.2) + Double(arrow == "↓" ? others : -others) * 1.1
      return
        "set label \(100 + index * 100 + place) '\(arrow) \(NumberText.short(point.median))' at first "
        + "\((point.position + shift).shortest), first \(frame.place(point.median).shortest) "
        + "right offset -1,\(NumberText.fraction(height)) front boxed font 'sans,14' textcolor '\(line.style.color)'"
    }
  }

  /// Marks of failed runs, side by side where several lines failed at one position.
  private func crosses(
    _ line: SweepLine, _ index: Int, _ sweep: Sweep, pixel: Double, _ data: inout DataFile
  ) -> [String] {
    guard let failureWords, !line.failed.isEmpty else { return [] }
    let rows = line.failed.map { failed in
      let there = lines.indices.filter { other in
        lines[other].failed.contains { $0.position == failed.position }
      }
      let order = Double(there.firstIndex(of: index) ?? 0) - Double(there.count - 1) / 2
      return [
        failed.position + order * Self.markWidth * pixel, (strip.lower + strip.upper) / 2,
      ]
    }
    let lost = data.block(
      "\(panel.quantity), \(line.label): \(failureWords)", columns: [sweep.name, "height"],
      rows: rows)
    return [
      "'sweep.dat' index \(lost) using 1:2 axes x1y2 with points "
        + "lc '\(line.style.color)' pt 2 ps 1.8 lw 4 notitle"
    ]
  }

  /// Failed runs have no value, so the axis has no numbers there.
  private func ticsOutsideStrip() -> [String] {
    let axis = frame.axis
    func place(_ share: Double) -> Double {
      axis.isLogarithmic
        ? axis.lower * pow(axis.upper / axis.lower, share)
        : axis.lower + (axis.upper - axis.lower) * share
    }
    let (lower, upper) =
      strip.lower > 0 ? (axis.lower, place(strip.lower)) : (place(strip.upper), axis.upper)
    if axis.isLogarithmic { return ["set ytics (\(Tics.logarithmic(lower, upper)))"] }
    let step = Tics.step(over: upper - lower, about: 6)
    let (first, last) = ((lower / step).rounded(.up) * step, (upper / step).rounded(.down) * step)
    return ["set ytics \(first.shortest),\(step.shortest),\(last.shortest)"]
  }
}
