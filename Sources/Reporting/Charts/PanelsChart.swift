import Analysis
import Foundation
import Records
import Text

/// Small plots of the surface, one per optimizer, each with one path.
struct PanelsChart: Chart {
  let name = "panels"
  let summary = "one panel per optimizer: its path over the contours"
  let needs = ChartNeeds([.surface], landscape: true)
  let isUsual = false

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let landscape = try scenario.drawnLandscape()
    let paths = DrawnPath.all(of: result, over: landscape)
    guard !paths.isEmpty else { throw CannotDraw(reason: "no run of the scenario has a path") }
    let grid = PanelGrid(count: paths.count, landscape: landscape)
    let captions = PanelCaptions(paths, result, width: grid.size.width)
    let levels = LossLevels(landscape)

    var data = DataFile("\(scenario.title): contours and paths")
    data.matrix("loss", landscape.refined(to: 161))
    var script = grid.canvas.preamble(
      title: "\(scenario.title): path of each optimizer",
      subtitle: scenario.shownProblem,
      note: (result.missingRuns + [scenario.shownBudget, "◯ start"] + legend(of: landscape)
        + captions.explanations)
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
    let marks = landmarks(landscape, data: &data)
    for (index, path) in paths.enumerated() {
      script += grid.place(index, text: captions.texts[index])
      let way = data.block(
        path.label, columns: ["step", "x", "y", "loss"], pieces: path.clipped.pieces)
      let line = "'panels.dat' index \(way) using 2:3 with lines"
      var layers =
        landscape.canBeImage
        ? ["'panels.dat' index 0 nonuniform matrix using 1:2:(f($3)) with image notitle"] : []
      layers += [
        "$contours using 1:2 with lines lc '#60738a' lw 0.5 notitle",
        "\(line) lc '#ffffff' lw 5 notitle",
        "\(line) lc '\(path.style.color)' lw 2.4 notitle",
      ]
      layers += marks
      if let last = path.clipped.last {
        let end = data.block(
          "\(path.label), end", columns: ["x", "y"], rows: [[last.x, last.y]])
        let point = "'panels.dat' index \(end) using 1:2 with points"
        let marker = path.isDiverged ? 2 : path.style.marker
        let halo = path.isDiverged ? 2 : path.style.filledMarker
        layers += [
          "\(point) lc '#ffffff' pt \(halo) ps 2.9 lw \(path.isDiverged ? 8 : 3) notitle",
          "\(point) lc '\(path.style.color)' pt \(marker) ps 2.2 lw 3 notitle",
        ]
      }
      script += ["plot \\", "  " + layers.joined(separator: ", \\\n  "), "unset label"]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: grid.canvas.width, height: grid.canvas.height, body: script,
      data: data.text)
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

  private func landmarks(_ landscape: Landscape, data: inout DataFile) -> [String] {
    let start = data.block(
      "start", columns: ["x", "y"], rows: [[landscape.start.x, landscape.start.y]])
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

/// Panel titles: the optimizer and the end of its path, in the same form for all panels.
private struct PanelCaptions {
  /// One per path.
  private(set) var texts: [String] = []
  /// Clauses for the subtitle.
  private(set) var explanations: [String] = []

  /// - Parameter width: Of a panel, in pixels; longer names are shortened.
  init(_ paths: [DrawnPath], _ result: ScenarioResult, width: Int) {
    // A letter of this size is about thirteen pixels wide.
    let room = width / 13
    let endings = paths.map { Self.ending(of: $0, result) }
    let isRoomy = zip(paths, endings).allSatisfy { $0.label.count + $1.long.count <= room }
    texts = zip(paths, endings).map { path, ending in
      let text = isRoomy ? ending.long : ending.short
      return GnuplotText.name(path.label, limit: max(6, room - text.count)) + text
    }
    guard !isRoomy else { return }
    if endings.contains(where: { $0.kind == .finished }) {
      explanations.append("panel title: final loss")
    }
    if endings.contains(where: { $0.kind == .left }) {
      explanations.append("left at n: outside the plot after step n")
    }
    if endings.contains(where: { $0.kind == .diverged }) {
      explanations.append("✕ n: diverged at step n")
    }
  }

  private enum Kind { case finished, left, diverged, outside }

  private static func ending(
    of path: DrawnPath, _ result: ScenarioResult
  ) -> (kind: Kind, long: String, short: String) {
    let run = result.firstRun(of: path.label)
    let last = NumberText.short(run?.trial.trajectory?.loss.last ?? .nan)
    switch (run?.trial.status, path.clipped.end) {
    case (.diverged(let step), _):
      let text = NumberText.grouped(step)
      return (.diverged, ": diverged at step \(text)", ": ✕ \(text)")
    case (_, .left(let step)):
      let text = NumberText.grouped(step)
      return (.left, ": left plot at step \(text)", ": left at \(text)")
    case (_, .never): return (.outside, ": outside plot", ": outside")
    case (_, .inside): return (.finished, ": final loss \(last)", ": \(last)")
    }
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
