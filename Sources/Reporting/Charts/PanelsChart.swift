import Analysis
import Foundation
import Records
import Text

/// Small plots of the surface, one per optimizer, each with the path of its first run or, where starts differ, of its first few.
struct PanelsChart: Chart {
  let name = "panels"
  let summary = "one panel per optimizer: its paths over the contours"
  let needs = ChartNeeds([.surface], landscape: true)
  let isUsual = false

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let landscape = try scenario.drawnLandscape()
    let paths = DrawnPath.all(of: result, over: landscape, limit: .max)
    guard !paths.isEmpty else { throw CannotDraw(reason: "no run of the scenario has a path") }
    let panels = paths.byOptimizer
    let grid = PanelGrid(count: panels.count, landscape: landscape)
    let captions = PanelCaptions(panels, analysis, width: grid.size.width)
    let levels = LossLevels(landscape)

    var data = DataFile("\(scenario.title): contours and paths")
    data.matrix("loss", landscape.refined(to: 161))
    var script = grid.canvas.preamble(
      title: "\(scenario.title): path of each optimizer",
      subtitle: scenario.shownProblem,
      note: (result.missingRuns + [scenario.shownBudget, "◯ start"] + legend(of: landscape)
        + result.shownSeeds(paths.seeds) + captions.explanations + paths.endAtTarget)
        .joined(separator: "; "))
    script += [
      "set xrange [\(landscape.x.lower.shortest):\(landscape.x.upper.shortest)]",
      "set yrange [\(landscape.y.lower.shortest):\(landscape.y.upper.shortest)]",
      "set xtics (\(tics(landscape.x)))",
      "set ytics (\(tics(landscape.y)))",
      "f(z) = z == z ? (\(levels.expression)) : NaN",
      "set table $contours",
      "set contour base",
      "unset surface",
      "set cntrparam levels discrete \(levels.boundaries.map(\.shortest).joined(separator: ","))",
      "splot 'panels.dat' index 0 nonuniform matrix using 1:2:(f($3))",
      "unset table",
      "unset contour",
      "set surface",
      "set palette defined (\(levels.palette))",
      "set cbrange [\(levels.boundaries[0].shortest):\(levels.boundaries.last!.shortest)]",
      "unset colorbox",
      "unset key",
      "set border 15 lc '#555555' lw 1.5",
      "set multiplot",
    ]
    let marks = landmarks(landscape, paths, data: &data)
    for (index, paths) in panels.enumerated() {
      script += grid.place(index, text: captions.texts[index])
      let ground =
        landscape.canBeImage
        ? ["'panels.dat' index 0 nonuniform matrix using 1:2:(f($3)) with image notitle"] : []
      let layers =
        ground + ["$contours using 1:2 with lines lc '#60738a' lw 0.5 notitle"]
        + paths.flatMap { line($0, data: &data) } + marks + paths.flatMap { end($0, data: &data) }
      script += ["plot \\", "  " + layers.joined(separator: ", \\\n  "), "unset label"]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: grid.canvas.width, height: grid.canvas.height, body: script,
      data: data.text)
  }

  private func line(_ path: DrawnPath, data: inout DataFile) -> [String] {
    let way = data.block(
      path.name, columns: ["step", "x", "y", "loss"], pieces: path.clipped.pieces)
    let line = "'panels.dat' index \(way) using 2:3 with lines"
    return [
      "\(line) lc '#ffffff' lw 5 notitle", "\(line) lc '\(path.style.color)' lw 2.4 notitle",
    ]
  }

  private func end(_ path: DrawnPath, data: inout DataFile) -> [String] {
    guard let last = path.clipped.last else { return [] }
    let end = data.block("\(path.name), end", columns: ["x", "y"], rows: [[last.x, last.y]])
    let point = "'panels.dat' index \(end) using 1:2 with points"
    let marker = path.isDiverged ? 2 : path.style.marker
    let halo = path.isDiverged ? 2 : path.style.filledMarker
    return [
      "\(point) lc '#ffffff' pt \(halo) ps 2.9 lw \(path.isDiverged ? 8 : 3) notitle",
      "\(point) lc '\(path.style.color)' pt \(marker) ps 2.2 lw 3 notitle",
    ]
  }

  private static let symbols: [(kind: Landscape.Landmark.Kind, symbol: String, words: String)] = [
    (.minimum, "★", "minimum"), (.saddle, "✚", "saddle point"),
  ]

  /// Symbols of the landmarks in the plot.
  private func legend(of landscape: Landscape) -> [String] {
    Self.symbols.filter { one in landscape.landmarks.contains { $0.kind == one.kind } }
      .map { "\($0.symbol) \($0.words)" }
  }

  /// A few round numbers away from the edges, so that the numbers of neighboring panels do not overlap.
  private func tics(_ axis: Landscape.Axis) -> String {
    let margin = 0.04 * (axis.upper - axis.lower)
    let (lower, upper) = (axis.lower + margin, axis.upper - margin)
    let step = Tics.step(over: upper - lower, about: 5)
    let first = (lower / step).rounded(.up)
    // Far from zero the next whole number may be the same one.
    let places = (0..<9).map { first + Double($0) }.filter { $0 <= (upper / step).rounded(.down) }
    return places.map { String(format: "%.12g", $0 * step) }.joined(separator: ", ")
  }

  private func landmarks(
    _ landscape: Landscape, _ paths: [DrawnPath], data: inout DataFile
  ) -> [String] {
    let start = data.block("start", columns: ["x", "y"], rows: paths.starts.map { [$0.x, $0.y] })
    let place = "'panels.dat' index \(start) using 1:2 with points"
    var layers = [
      "\(place) pt 7 ps 2.4 lc '#ffffff' notitle", "\(place) pt 6 ps 2 lw 3 lc '#111111' notitle",
    ]
    for (kind, symbol, _) in Self.symbols {
      let points = landscape.landmarks.filter { $0.kind == kind }.map(\.point)
      guard !points.isEmpty else { continue }
      let index = data.block(
        kind.rawValue, columns: ["x", "y"], rows: points.map { [$0.x, $0.y] })
      let place = "'panels.dat' index \(index) using 1:2 with points pt '\(symbol)'"
      layers += [
        "\(place) lc '#ffffff' font 'sans,22' notitle",
        "\(place) lc '#111111' font 'sans,15' notitle",
      ]
    }
    return layers
  }
}

extension PanelGrid {
  /// As many columns as leave the panels wide; panels have the aspect ratio of the landscape.
  fileprivate init(count: Int, landscape: Landscape) {
    let ratio = (landscape.y.upper - landscape.y.lower) / (landscape.x.upper - landscape.x.lower)
    self.init(
      count: count, columns: min(count, count <= 4 ? 2 : count <= 6 || count == 9 ? 3 : 4),
      gap: (horizontal: 26, vertical: 62), left: 130
    ) { width in Int(pixels: Double(width) * min(max(ratio, 0.55), 1)) }
  }

  /// Settings of a panel; only the outer axes have numbers.
  fileprivate func place(_ index: Int, text: String) -> [String] {
    frame(index, text: text) + [
      "set format x '\(isLowest(index) ? "%h" : "")'",
      "set format y '\(isLeftmost(index) ? "%h" : "")'",
      isLowest(index) ? "set xlabel 'x'" : "unset xlabel",
      isLeftmost(index) ? "set ylabel 'y'" : "unset ylabel",
    ]
  }
}
