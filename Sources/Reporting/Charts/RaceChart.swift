import Analysis
import Foundation
import Records
import Text

/// Animation of all optimizers moving over a surface.
struct RaceChart: Chart {
  let name = "race"
  let summary = "all optimizers moving together over a surface, as an animated GIF"
  let needs = ChartNeeds([.surface], landscape: true)
  let isUsual = false
  let isDrawnByPage = true
  let slowness = 2

  /// Frames of the race, and frames that show its end.
  private static let moving = 54
  private static let standing = 10
  /// More moving markers cannot be followed.
  private static let pathLimit = 14

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    guard let landscape = scenario.landscape else {
      throw CannotDraw(reason: "the scenario has no surface of two coordinates")
    }
    let paths = DrawnPath.all(of: result, over: landscape, limit: Self.pathLimit)
    guard !paths.isEmpty else { throw CannotDraw(reason: "no run of the scenario has a path") }
    let levels = LossLevels(landscape)
    let legends = paths.legends
    let canvas = canvas(for: landscape, labels: legends.map(\.text))
    let last = paths.map(\.lastStep).max() ?? 0
    let steps = schedule(upTo: last)

    var data = DataFile("\(scenario.title): contours and paths")
    // First block: gnuplot reads all blocks up to a matrix as one.
    data.matrix("loss", landscape.refined(to: 181))
    var lines: [String] = []
    var heads: [String] = []
    for path in paths {
      let way = data.block(
        path.name, columns: ["step", "x", "y", "loss"], pieces: path.clipped.pieces)
      let head = data.block(
        "\(path.name), position in each frame", columns: ["x", "y"],
        rows: steps.map { step in
          path.clipped.place(atStep: step).map { [$0.x, $0.y] } ?? [.nan, .nan]
        })
      let style = path.style
      let shown = "'race.dat' index \(way) using 2:($1 <= s ? $3 : NaN) with lines"
      lines.append("\(shown) lc '#ffffff' lw 5 notitle")
      lines.append("\(shown) lc '\(style.color)' lw 3 notitle")
      let point = "'race.dat' index \(head) every ::i::i using 1:2 with points"
      heads.append("\(point) lc '#ffffff' lw 2 \(marker(style.filledMarker, 3)) notitle")
      heads.append("\(point) lc '\(style.color)' lw 2 \(marker(style.marker, 2.2)) notitle")
    }
    let legend = legends.map { style, text in
      "keyentry with linespoints lc '\(style.color)' lw 3 \(marker(style.marker, 1.6)) "
        + "title \(GnuplotText.quoted(text))"
    }
    let marks = landmarks(landscape, paths, data: &data)
    var script = canvas.preamble(
      title: "\(scenario.title): the race", subtitle: scenario.shownProblem,
      note: (result.shownSeeds(paths.seeds) + paths.remarks).joined(separator: "; "))
    script += ground(levels)
    script += frame(landscape, canvas)
    script += loop(steps, canvas)
    var ground = ["$contours using 1:2 with lines lc '#8595a8' lw 1 notitle"]
    if landscape.canBeImage {
      ground.insert(
        "$ground using 1:2:3:4:5 with rgbimage notitle", at: 0)
    }
    let layers =
      ground + lines + marks + heads + legend
    script += ["  " + layers.joined(separator: ", \\\n  "), "}"]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text,
      frames: steps.count)
  }

  private func frame(_ landscape: Landscape, _ canvas: Canvas) -> [String] {
    let middle = canvas.vertical((canvas.top + canvas.bottom) / 2)
    return [
      "set xrange [\(landscape.x.lower.shortest):\(landscape.x.upper.shortest)]",
      "set yrange [\(landscape.y.lower.shortest):\(landscape.y.upper.shortest)]",
      "set border 15 lc '#555555' lw 1.5",
      "set xlabel 'first parameter, x' font '\(Canvas.smallFont)'",
      "set label 6 'second parameter, y' at screen \(canvas.horizontal(20)),\(middle) "
        + "center rotate font '\(Canvas.smallFont)'",
    ]
  }

  /// Beginning of a loop over the frames, up to the plot command.
  private func loop(_ steps: [Int], _ canvas: Canvas) -> [String] {
    let left = canvas.horizontal(canvas.left)
    let right = canvas.horizontal(canvas.right)
    let bar = (canvas.vertical(canvas.top - 4), canvas.vertical(canvas.top - 8))
    return [
      "# Step of each frame: slow at first, because most happens in the early steps.",
      "steps = '\(steps.map(String.init).joined(separator: " "))'",
      "do for [i=0:words(steps)-1] {",
      "s = int(word(steps, i+1))",
      "set label 5 sprintf('step %d', s) at screen \(right),\(canvas.vertical(112)) right "
        + "font 'sans:Bold,16' textcolor '#111111'",
      "# Progress bar; gnuplot would drop identical frames.",
      "over = \(left) + (\(right)-\(left))*(i+1)/words(steps)",
      "set object 1 rectangle from screen \(left),\(bar.0) to screen over,\(bar.1) "
        + "fillcolor '#8090a0' fillstyle solid noborder",
      "plot \\",
    ]
  }

  /// Colors of the levels, and the lines between them.
  ///
  /// A GIF has few colors, and gnuplot's palettes would use all of them.
  private func ground(_ levels: LossLevels) -> [String] {
    let colors = levels.colors.map { Int($0.dropFirst(), radix: 16) ?? 0 }
    func table(_ name: String, _ shift: Int) -> String {
      let values = colors.map { String($0 >> shift & 0xFF) }.joined(separator: ",")
      return "array \(name)[\(colors.count)] = [\(values)]"
    }
    let inner = levels.boundaries.dropFirst().dropLast()
    let steps = inner.map { " + (v >= \($0.shortest))" }.joined()
    let coloring: [String] = [
      table("red", 16), table("green", 8), table("blue", 0),
      "level(v) = v == v ? 1\(steps) : 1",
    ]
    let ground: [String] = [
      "# Once for all frames: reading and coloring the surface takes longer than drawing it.",
      "set table $ground",
      "plot 'race.dat' index 0 nonuniform matrix using 1:2:(n = level(f($3)), red[n]):(green[n]):(blue[n]) with table",
      "unset table",
    ]
    return coloring + levels.contours(of: "race.dat") + ground
  }

  /// The GIF terminal has no pentagon, but the font has one.
  private func marker(_ type: Int, _ size: Double) -> String {
    switch type {
    case 14: "pt '⬠' font 'sans,\(Int(size * 9))'"
    case 15: "pt '⬟' font 'sans,\(Int(size * 9))'"
    default: "pt \(type) ps \(size.shortest)"
    }
  }

  /// A small canvas, because every frame adds to the file's size.
  private func canvas(for landscape: Landscape, labels: [String]) -> Canvas {
    var canvas = Canvas()
    let longest = labels.map(\.count).max() ?? 0
    canvas.left = 90
    canvas.right = 690
    canvas.legend = 705
    canvas.width = canvas.legend + 75 + 11 * min(max(longest, 12), GnuplotText.nameLimit)
    canvas.top = 128
    let ratio = (landscape.y.upper - landscape.y.lower) / (landscape.x.upper - landscape.x.lower)
    canvas.bottom = canvas.top + Int(600 * min(max(ratio, 0.55), 1))
    canvas.height = canvas.bottom + 70
    canvas.isSmall = true
    return canvas
  }

  private func schedule(upTo last: Int) -> [Int] {
    let steps = (0..<Self.moving).map { frame in
      let share = Double(frame) / Double(Self.moving - 1)
      return Int((Double(last) * share * share).rounded())
    }
    return steps + [Int](repeating: last, count: Self.standing)
  }

  private func landmarks(
    _ landscape: Landscape, _ paths: [DrawnPath], data: inout DataFile
  ) -> [String] {
    let start = data.block("start", columns: ["x", "y"], rows: paths.starts.map { [$0.x, $0.y] })
    var layers = [
      "'race.dat' index \(start) using 1:2 with points pt 6 ps 2.4 lw 3 lc '#111111' title 'start'"
    ]
    for (kind, marker, title) in [
      (Landscape.Landmark.Kind.minimum, 3, "minimum"), (.saddle, 1, "saddle point"),
    ] {
      let points = landscape.landmarks.filter { $0.kind == kind }.map(\.point)
      guard !points.isEmpty else { continue }
      let index = data.block(title, columns: ["x", "y"], rows: points.map { [$0.x, $0.y] })
      layers.append(
        "'race.dat' index \(index) using 1:2 with points pt \(marker) ps 2.4 lw 3 lc '#111111' title '\(title)'"
      )
    }
    return layers
  }
}
