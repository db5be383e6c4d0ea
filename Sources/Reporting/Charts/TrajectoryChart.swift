import Analysis
import Records
import Text

/// Paths of the optimizers over the filled contours of a surface of two coordinates.
struct TrajectoryChart: Chart {
  let name = "trajectory"
  let summary = "paths over the contours of a surface of two coordinates"
  let needs = ChartNeeds([.surface], landscape: true)
  let isDrawnByPage = true

  /// More paths hide one another.
  private static let pathLimit = 21

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let landscape = try scenario.drawnLandscape()
    let levels = LossLevels(landscape)
    let paths = DrawnPath.all(of: result, over: landscape, limit: Self.pathLimit)
    guard !paths.isEmpty else { throw CannotDraw(reason: "no run of the scenario has a path") }
    let legends = paths.legends
    let canvas = canvas(for: landscape, entries: legends.map(\.text))

    var data = DataFile("\(scenario.title): contours and paths")
    data.matrix("loss", landscape.refined(to: 241))
    var script = canvas.preamble(
      title: "\(scenario.title): optimizer paths",
      subtitle: scenario.shownProblem, note: note(result, paths))
    script += frame(landscape, levels, canvas)

    var ways: [String] = []
    var marks: [String] = []
    // Paths that leave the plot are drawn first, the others on top of them.
    for path in paths.filter(\.isAstray) + paths.filter({ !$0.isAstray }) {
      let index = data.block(
        path.name, columns: ["step", "x", "y", "loss"], pieces: path.clipped.pieces)
      let way = "'trajectory.dat' index \(index) using 2:3 with lines"
      // A path that crosses the whole plot many times is translucent.
      if path.isScribble {
        ways.append(
          "\(way) lc '#80\(path.style.color.dropFirst())' lw 2 dt \(path.style.dash) notitle")
      } else {
        ways.append("\(way) lc '#ffffff' lw 7 notitle")
        ways.append("\(way) lc '\(path.style.color)' lw 3.2 dt \(path.style.dash) notitle")
      }
      marks += markers(path, in: landscape, data: &data)
    }
    let contours =
      (landscape.canBeImage
        ? ["'trajectory.dat' index 0 nonuniform matrix using 1:2:(f($3)) with image notitle"] : [])
      + [
        "$contours using 1:2 with lines lc '#60738a' lw 0.7 notitle"
      ]
    let legend = legends.map { style, text in
      "keyentry with linespoints lc '\(style.color)' lw 3.2 dt \(style.dash) "
        + "pt \(style.marker) ps 1.8 title \(GnuplotText.quoted(text))"
    }
    let layers =
      contours + ways + starts(paths, data: &data) + marks
      + Landmarks.layers(landscape, in: "trajectory.dat", data: &data)
      + legend
    script.append("plot \\\n  " + layers.joined(separator: ", \\\n  "))
    return Drawing(
      name: name, width: canvas.width, height: canvas.height,
      body: script, data: data.text)
  }

  /// Equal units on both axes, unless the plot would become too flat or too tall.
  private func canvas(for landscape: Landscape, entries: [String]) -> Canvas {
    var canvas = Canvas(entries: entries)
    canvas.left = 120
    canvas.right = 1080
    canvas.legend = 1215
    let ratio =
      (landscape.y.upper - landscape.y.lower) / (landscape.x.upper - landscape.x.lower)
    let width = Double(canvas.right - canvas.left)
    canvas.bottom = canvas.top + Int(pixels: width * min(max(ratio, 0.55), 1.1))
    canvas.height = canvas.bottom + 125
    return canvas
  }

  private func note(_ result: ScenarioResult, _ paths: [DrawnPath]) -> String {
    let parts =
      result.missingRuns + [result.scenario.shownBudget] + result.shownSeeds(paths.seeds)
      + ["large marker: end of the path"] + paths.remarks
    return parts.joined(separator: "; ")
  }

  private func frame(
    _ landscape: Landscape, _ levels: LossLevels, _ canvas: Canvas
  ) -> [String] {
    let box = (x: canvas.right + 22, width: 22)
    let ranges: [String] = [
      "set xrange [\(landscape.x.lower.shortest):\(landscape.x.upper.shortest)]",
      "set yrange [\(landscape.y.lower.shortest):\(landscape.y.upper.shortest)]",
    ]
    let settings: [String] = [
      "set palette defined (\(levels.palette))",
      "set cbrange [\(levels.boundaries[0].shortest):\(levels.boundaries.last!.shortest)]",
      "set colorbox user origin screen \(canvas.horizontal(box.x)),\(canvas.vertical(canvas.bottom)) "
        + "size screen \(NumberText.fraction(Double(box.width) / Double(canvas.width))),"
        + "\(NumberText.fraction(Double(canvas.bottom - canvas.top) / Double(canvas.height))) "
        + "noborder",
      "set cbtics ("
        + levels.tics.map { "'\($0.text)' \($0.position.shortest)" }.joined(separator: ", ")
        + ") font 'sans,15' offset -0.5,0",
      "set label 4 \(GnuplotText.quoted("color: " + levels.quantity)) at screen "
        + "\(canvas.horizontal(canvas.right + 22)),\(canvas.vertical(canvas.bottom + 62)) left "
        + "font 'sans,15' textcolor '#444444'",
      "set border 15 lc '#555555' lw 1.5",
      "set xtics nomirror out textcolor '#333333'",
      "set ytics nomirror out textcolor '#333333'",
      "set xlabel 'first parameter, x'",
      "set ylabel 'second parameter, y'",
    ]
    return ranges + levels.contours(of: "trajectory.dat") + settings
  }

  // MARK: Paths

  private func markers(
    _ path: DrawnPath, in landscape: Landscape, data: inout DataFile
  ) -> [String] {
    var layers: [String] = []
    let way = path.clipped.waypoints(5, phase: path.phase, within: landscape)
    if !way.isEmpty {
      let index = data.block(
        "\(path.name), markers", columns: ["step", "x", "y", "loss"], rows: way)
      layers.append(points(index, "#ffffff", path.style.filledMarker, 2.1))
      layers.append(points(index, path.style.color, path.style.marker, 1.5))
    }
    if let last = path.clipped.last {
      let index = data.block("\(path.name), end", columns: ["x", "y"], rows: [[last.x, last.y]])
      let end = "'trajectory.dat' index \(index) using 1:2 with points"
      let marker = path.isDiverged ? 2 : path.style.marker
      let halo = path.isDiverged ? 2 : path.style.filledMarker
      layers.append("\(end) lc '#ffffff' pt \(halo) ps 3.4 lw \(path.isDiverged ? 9 : 3) notitle")
      layers.append("\(end) lc '\(path.style.color)' pt \(marker) ps 2.6 lw 4 notitle")
    }
    return layers
  }

  private func points(_ index: Int, _ color: String, _ marker: Int, _ size: Double)
    -> String
  {
    "'trajectory.dat' index \(index) using 2:3 with points lc '\(color)' pt \(marker) "
      + "ps \(size.shortest) lw 2 notitle"
  }

  // MARK: Starts

  private func starts(_ paths: [DrawnPath], data: inout DataFile) -> [String] {
    let index = data.block("start", columns: ["x", "y"], rows: paths.starts.map { [$0.x, $0.y] })
    let place = "'trajectory.dat' index \(index) using 1:2 with points"
    return [
      "\(place) pt 7 ps 3.4 lc '#ffffff' notitle",
      "\(place) pt 6 ps 3 lw 5 lc '#111111' title 'start'",
    ]
  }
}
