import Foundation
import Text

/// Measured time of a step.
package struct SpeedFigure: Sendable {
  package var optimizer: String
  package var parameters: Int
  /// Nanoseconds per parameter.
  package var nanoseconds: Double
  /// Memory-bandwidth limit in nanoseconds per parameter: a loop that reads and writes the same arrays without arithmetic.
  package var roof: Double?

  package init(optimizer: String, parameters: Int, nanoseconds: Double, roof: Double?) {
    self.optimizer = optimizer
    self.parameters = parameters
    self.nanoseconds = nanoseconds
    self.roof = roof
  }
}

/// Time of a step per parameter against the number of parameters, one panel per optimizer, with its memory-bandwidth limit.
enum SpeedChart {
  static func draw(_ figures: [SpeedFigure], name: String, machine: String, threads: Int) -> Drawing
  {
    let series = series(figures)
    let grid = PanelGrid(
      count: series.count, columns: columns(series.count), gap: (horizontal: 24, vertical: 56),
      left: 130
    ) { width in max(150, min(width * 3 / 5, 560)) }
    let letters = series.count > 6 ? 14 : 16
    var data = DataFile("nanoseconds per parameter of a step, and its memory-bandwidth limit")
    let all = data.block(
      "all optimizers", columns: ["parameters", "nanoseconds"],
      pieces: series.map { $0.points.map { [$0.count, $0.time] } })
    var script = grid.canvas.preamble(
      title: "How close is each step to the memory-bandwidth limit?",
      subtitle:
        "time of one step in single precision, in ns per parameter; \(machine)"
        + (threads > 1 ? "; \(threads) threads" : ""),
      note:
        "dashed: limit, a loop over the same arrays without arithmetic; gray: other optimizers; panel title: time at the largest n, and its ratio to the limit"
    )
    script += axes(figures, letters: letters)
    for (index, one) in series.enumerated() {
      let block = data.block(
        one.label, columns: ["parameters", "nanoseconds", "limit"],
        rows: one.points.map { [$0.count, $0.time, $0.roof] })
      let place = "'\(name).dat' index \(block) using 1"
      script += grid.frame(
        index, text: caption(one, width: grid.size.width, letters: letters), letters: letters)
      script += [
        "set format x '\(grid.isLowest(index) ? "%h" : "")'",
        tics(
          "x", Tics.logarithmic, range(figures.map { Double($0.parameters) }),
          isNamed: grid.isLowest(index)),
        grid.isLowest(index) ? "set xlabel 'parameters, n'" : "unset xlabel",
        tics("y", Tics.logarithmic, heights(figures), isNamed: grid.isLeftmost(index)),
        grid.isLeftmost(index) ? "set ylabel 'ns'" : "unset ylabel",
        "plot \\",
        "  "
          + [
            "'\(name).dat' index \(all) using 1:2 with lines lc '#d9d9d9' lw 1.5 notitle",
            "\(place):3 with lines lc '#d55e00' lw 3 dt 2 notitle",
            "\(place):2 with linespoints lc '#0072b2' lw 3 pt 7 ps 1.3 notitle",
          ].joined(separator: ", \\\n  "),
        "unset label",
      ]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: grid.canvas.width, height: grid.canvas.height, body: script,
      data: data.text)
  }

  private struct Series {
    var label: String
    /// By count; a limit that was not measured is `nan`.
    var points: [(count: Double, time: Double, roof: Double)]
  }

  /// Fastest at the largest size first.
  private static func series(_ figures: [SpeedFigure]) -> [Series] {
    let largest = figures.map(\.parameters).max() ?? 0
    func time(_ label: String) -> Double {
      figures.first { $0.optimizer == label && $0.parameters == largest }?.nanoseconds ?? .infinity
    }
    return Dictionary(grouping: figures, by: \.optimizer).map { label, own in
      Series(
        label: label,
        points: own.sorted { $0.parameters < $1.parameters }
          .map { (Double($0.parameters), $0.nanoseconds, $0.roof ?? .nan) })
    }.sorted { (time($0.label), $0.label) < (time($1.label), $1.label) }
  }

  private static func columns(_ count: Int) -> Int {
    count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : count <= 16 ? 4 : 5
  }

  // MARK: Axes

  private static func range(_ values: [Double]) -> (Double, Double) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    return ((positive.min() ?? 1) / 1.4, (positive.max() ?? 1) * 1.4)
  }

  private static func heights(_ figures: [SpeedFigure]) -> (Double, Double) {
    range(figures.flatMap { [$0.nanoseconds, $0.roof ?? .nan] })
  }

  private static func axes(_ figures: [SpeedFigure], letters: Int) -> [String] {
    let (left, right) = range(figures.map { Double($0.parameters) })
    let (bottom, top) = heights(figures)
    return [
      "unset key",
      "set logscale xy",
      "set xrange [\(left.shortest):\(right.shortest)]",
      "set yrange [\(bottom.shortest):\(top.shortest)]",
      "set grid xtics ytics lc '#e3e3e3' lw 1 dt 1",
      "set tics font 'sans,\(letters)'",
      "set xlabel font 'sans,\(letters + 1)'",
      "set ylabel font 'sans,\(letters + 1)'",
      "set multiplot",
    ]
  }

  /// Tics with texts only at the outer edges.
  private static func tics(
    _ axis: String, _ texts: (Double, Double) -> String, _ range: (Double, Double), isNamed: Bool
  ) -> String {
    let named = texts(range.0, range.1)
    let bare = named.replacing(#/'[^']*'/#, with: "''")
    return "set \(axis)tics (\(isNamed ? named : bare))"
  }

  /// Panel title such as `adam  1.05 ns, 1.1×`, as far as there is room.
  private static func caption(_ one: Series, width: Int, letters: Int) -> String {
    guard let last = one.points.last else { return one.label }
    var text = "  \(NumberText.short(last.time)) ns"
    if last.roof > 0 { text += ", \(String(format: "%.1f", last.time / last.roof))×" }
    // A wide character takes about three quarters of its font size.
    let room = width * 4 / (letters * 3)
    if one.label.count + text.count > room { text = "  \(NumberText.short(last.time)) ns" }
    return GnuplotText.name(one.label, limit: max(8, room - text.count)) + text
  }
}
