import Analysis
import Foundation
import Records
import Text

/// Surface in three dimensions with the paths on it.
struct ReliefChart: Chart {
  let name = "relief"
  let summary = "the surface in three dimensions with the paths on it"
  let needs = ChartNeeds([.surface], landscape: true)
  let isUsual = false
  let slowness = 1

  /// Paths on a relief hide one another sooner than on a map.
  private static let pathLimit = 14

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let landscape = try scenario.drawnLandscape()
    let paths = DrawnPath.all(of: result, over: landscape, limit: Self.pathLimit)
    guard !paths.isEmpty else { throw CannotDraw(reason: "no run of the scenario has a path") }
    let levels = LossLevels(landscape)
    let legends = paths.legends
    var canvas = Canvas(entries: legends.map(\.text))
    canvas.height = 1150
    canvas.left = 60
    canvas.bottom = 1120

    var data = DataFile("\(scenario.title): surface and paths")
    data.matrix("loss", landscape.refined(to: 101))
    var script = canvas.preamble(
      title: "\(scenario.title): paths on the surface", subtitle: scenario.shownProblem,
      note: (result.missingRuns + [
        scenario.shownBudget,
        "height: \(levels.quantity), \(levels.isDiverging ? "symmetric log scale" : "log scale")\(floorWords(levels))",
      ] + result.shownSeeds(paths.seeds) + paths.remarks)
      .joined(separator: "; "))
    script += [
      "set xrange [\(landscape.x.lower.shortest):\(landscape.x.upper.shortest)]",
      "set yrange [\(landscape.y.lower.shortest):\(landscape.y.upper.shortest)]",
      "f(z) = z == z ? (\(levels.expression)) : NaN",
      "lowest = \(levels.boundaries[0].shortest)",
      "highest = \(levels.boundaries.last!.shortest)",
      "set zrange [lowest:highest]",
      "set ztics (\(heights(levels)))",
      "set xlabel 'x' offset 0,-1",
      "set ylabel 'y' offset 0,-1",
      "set zlabel 'loss' rotate parallel",
      "set palette defined (\(levels.palette))",
      "set cbrange [lowest:highest]",
      "unset colorbox",
      "set border 127+256+512 lc '#888888' lw 1",
      "set xyplane at lowest",
      "unset lmargin",
      "unset rmargin",
      "unset tmargin",
      "unset bmargin",
      "set origin -0.01,-0.06",
      "set size \(NumberText.fraction(0.78 * 1600 / Double(canvas.width))),1",
      "set view 40, \(azimuth(landscape, paths)), 1.05, 0.7",
      "set pm3d scansautomatic interpolate 2,2",
      "# A little above the surface, which would hide them.",
      "lift = (highest-lowest)*0.012",
      "g(z) = f(z) < lowest ? lowest+lift : f(z)+lift",
    ]
    var layers = [
      "'relief.dat' index 0 nonuniform matrix using 1:2:(f($3) < lowest ? lowest : f($3)) with pm3d notitle"
    ]
    for path in paths {
      let way = data.block(
        path.name, columns: ["step", "x", "y", "loss"], pieces: path.clipped.pieces)
      let line = "'relief.dat' index \(way) using 2:3:(g($4)) with lines"
      layers += [
        "\(line) lc '#ffffff' lw 6 notitle",
        "\(line) lc '\(path.style.color)' lw 3 dt \(path.style.dash) notitle",
      ]
    }
    for path in paths {
      guard let last = path.clipped.pieces.last?.last else { continue }
      let end = data.block(
        "\(path.name), end", columns: ["x", "y", "loss"], rows: [Array(last[1...])])
      let point = "'relief.dat' index \(end) using 1:2:(g($3)) with points"
      let marker = path.isDiverged ? 2 : path.style.marker
      layers += [
        "\(point) lc '#ffffff' pt \(path.isDiverged ? 2 : path.style.filledMarker) ps 3.2 lw 4 notitle",
        "\(point) lc '\(path.style.color)' pt \(marker) ps 2.4 lw 3 notitle",
      ]
    }
    let start = data.block(
      "start", columns: ["x", "y", "loss"],
      rows: paths.starts.map { [$0.x, $0.y, landscape.value(near: $0)] })
    layers.append(
      "'relief.dat' index \(start) using 1:2:(g($3)) with points pt 6 ps 3 lw 4 lc '#111111' title 'start'"
    )
    layers += Landmarks.layers(landscape, in: "relief.dat", data: &data) {
      // At a minimum that the grid misses, its nearest sample may be high above it.
      let loss = $0.kind == .minimum ? levels.base : landscape.value(near: $0.point)
      return [$0.point.x, $0.point.y, loss]
    }
    layers += legends.map { style, text in
      "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) "
        + "pt \(style.marker) ps 1.8 title \(GnuplotText.quoted(text))"
    }
    script += ["splot \\", "  " + layers.joined(separator: ", \\\n  ")]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// View from where the paths lead, so that they run toward the reader; never along an axis.
  private func azimuth(_ landscape: Landscape, _ paths: [DrawnPath]) -> Int {
    let ways = paths.compactMap { path in path.clipped.last.map { (path.start, $0) } }
    let width = landscape.x.upper - landscape.x.lower
    let height = landscape.y.upper - landscape.y.lower
    let x = ways.reduce(0) { $0 + ($1.1.x - $1.0.x) / width }
    let y = ways.reduce(0) { $0 + ($1.1.y - $1.0.y) / height }
    let degrees = atan2(x, -y) * 180 / Double.pi
    func distance(_ azimuth: Int) -> Double {
      abs(remainder(Double(azimuth) - degrees, 360))
    }
    return [30, 60, 120, 150, 210, 240, 300, 330].min { distance($0) < distance($1) } ?? 30
  }

  private func floorWords(_ levels: LossLevels) -> String {
    levels.floor.map { "; \(NumberText.short($0)) and less at the bottom" } ?? ""
  }

  /// As many tics as the axis has room for.
  private func heights(_ levels: LossLevels) -> String {
    let stride = max(1, (levels.tics.count + 6) / 7)
    // Keep the middle one, if there is one.
    let middle = levels.isDiverging ? levels.tics.count / 2 % stride : 0
    // One at the bottom would touch those of the horizontal axes.
    return levels.tics.enumerated().filter { $0.offset % stride == middle }
      .filter { levels.share(of: $0.element.position) > 0.04 }
      .map { "'\($0.element.text)' \($0.element.position.shortest)" }.joined(separator: ", ")
  }
}
