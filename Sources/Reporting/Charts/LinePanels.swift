import Records
import Text

/// Layers of a plot with lines, from bottom to top.
struct LineLayers {
  var areas: [String] = []
  var lines: [String] = []
  var marks: [String] = []
  var all: [String] { areas + lines + marks }
}

/// Division of a chart into panels that share its axes, one for each line of the scenario's sweep, where one plot would have too many
/// lines to be read.
struct LinePanels {
  private struct Panel {
    var title: String
    var labels: Set<String>
  }

  /// A single one without a title is the whole plot.
  private let panels: [Panel]
  let isDivided: Bool
  /// Whether bands of all lines would hide one another.
  let isCrowded: Bool

  /// Lines of a plot that are readable together.
  private static let lineLimit = 10
  private static let panelLimit = 9
  /// Between panels, in pixels.
  private static let gap = (horizontal: 34, vertical: 66)

  /// - Parameter labels: Of the lines.
  init(_ scenario: ScenarioRecord, labels: [String]) {
    let isLarge = labels.count > Self.lineLimit
    let own = Set(labels)
    let series = isLarge ? Sweep(scenario)?.series ?? [] : []
    let panels = series.map {
      Panel(title: $0.label, labels: own.intersection($0.points.map(\.label)))
    }.filter { !$0.labels.isEmpty }
    isDivided =
      (2...Self.panelLimit).contains(panels.count)
      && panels.allSatisfy { $0.labels.count <= Self.lineLimit }
      && panels.reduce(0) { $0 + $1.labels.count } == own.count
    isCrowded = isLarge && !isDivided
    self.panels = isDivided ? panels : [Panel(title: "", labels: own)]
  }

  var count: Int { panels.count }
  private var columns: Int { count <= 2 || count == 4 ? min(2, count) : 3 }
  private var rows: Int { (count + columns - 1) / columns }

  private func isLowest(_ index: Int) -> Bool { index + columns >= count }

  /// Whether the title of the x axis is below a panel: of three columns only the middle one has room for it.
  private func hasHorizontalTitle(_ index: Int) -> Bool {
    isLowest(index) && (columns < 3 || index % columns == 1)
  }

  /// Panel of a line.
  func index(of label: String) -> Int { panels.firstIndex { $0.labels.contains(label) } ?? 0 }

  /// Width of a panel in pixels.
  func width(on canvas: Canvas) -> Int {
    (canvas.right - canvas.left - (columns - 1) * Self.gap.horizontal) / columns
  }

  /// The plots after the settings that they share.
  /// - Parameters:
  ///   - axes: Settings of the axes and their titles, of which inner panels have no texts.
  ///   - legend: Entries for all lines.
  func plots(_ layers: [LineLayers], axes: [String], legend: [String], on canvas: Canvas)
    -> [String]
  {
    func plot(_ layers: [String]) -> [String] {
      ["plot \\", "  " + layers.joined(separator: ", \\\n  ")]
    }
    guard isDivided else { return axes + plot(layers[0].all + legend) }
    let width = width(on: canvas)
    // Titles of the panels are above the plot.
    let top = canvas.top + 30
    let height = (canvas.bottom - top - (rows - 1) * Self.gap.vertical) / rows
    // The legend has the height of the whole plot, not of a panel.
    var script: [String] = [
      "set multiplot", "set xrange [0:1]", "set yrange [0:1]", "set border 0",
      "set tics scale 0", "set format x ''", "set format y ''",
    ]
    // gnuplot refuses a plot of nothing but a legend.
    script += plot(["NaN notitle"] + legend)
    script += [
      "unset key", "unset label", "set border 3 lc '#555555' lw 1.5", "set tics scale 1",
    ]
    for (index, panel) in panels.enumerated() {
      let left = canvas.left + index % columns * (width + Self.gap.horizontal)
      let upper = top + index / columns * (height + Self.gap.vertical)
      let isLeft = index.isMultiple(of: columns)
      let isLowest = isLowest(index)
      script += axes.map { line in
        line.hasPrefix("set ytics (") && !isLeft || line.hasPrefix("set xtics (") && !isLowest
          ? line.replacing(#/'[^']*' /#, with: "'' ") : line
      }
      script += [
        "set lmargin at screen \(canvas.horizontal(left))",
        "set rmargin at screen \(canvas.horizontal(left + width))",
        "set tmargin at screen \(canvas.vertical(upper))",
        "set bmargin at screen \(canvas.vertical(upper + height))",
        "set format x '\(isLowest ? "%h" : "")'", "set format y '\(isLeft ? "%h" : "")'",
        hasHorizontalTitle(index) ? "" : "unset xlabel", isLeft ? "" : "unset ylabel",
        "set label 99 \(GnuplotText.quoted(GnuplotText.name(panel.title))) at screen "
          + "\(canvas.horizontal(left)),\(canvas.vertical(upper - 18)) left font 'sans,16' textcolor '#111111'",
      ].filter { !$0.isEmpty }
      script += plot(layers[index].all) + ["unset label"]
    }
    return script + ["unset multiplot"]
  }
}
