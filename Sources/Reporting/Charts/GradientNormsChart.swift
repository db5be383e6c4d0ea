import Analysis
import Foundation
import Records
import Statistics
import Text

/// Gradient norm by layer and step as a heat map, one panel per optimizer, which shows vanishing and exploding gradients.
struct GradientNormsChart: Chart {
  let name = "gradient_norms"
  let summary = "gradient norm by layer and step, one panel per optimizer or variant"
  let needs = ChartNeeds([.network], gradientNorms: true)
  let isUsual = false

  /// Number of windows of steps.
  private static let windowCount = 60
  /// Powers of ten of the color scale at most.
  fileprivate static let reach = 8.0

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let last = result.runs.flatMap { $0.trial.curves.filter { $0.layer != nil } }
      .compactMap(\.steps.last).max()
    guard let last else {
      throw CannotDraw(
        reason:
          "no run of the scenario has recorded gradient norms by layer; set 'gradient_norms: true' in its network"
      )
    }
    let window = max(1, (last + Self.windowCount) / Self.windowCount)
    let count = last / window + 1
    let panels = scenario.optimizers.compactMap {
      LayerNorms($0, result, window: window, count: count)
    }
    let found = panels.flatMap { $0.values.joined().compactMap(\.self) }.filter { $0 > 0 }
    guard let scale = Scale(found) else {
      throw CannotDraw(reason: "no layer of any run has a finite gradient other than zero")
    }
    let isShared = Set(panels.map(\.layers)).count == 1
    let grid = PanelGrid(
      count: panels.count, columns: columns(panels.count),
      gap: (horizontal: isShared ? 30 : 125, vertical: 66), left: 150, right: 1400
    ) { _ in panels.count <= 2 ? 560 : panels.count <= 6 ? 330 : 230 }

    var data = DataFile("\(scenario.title): gradient norm by layer and step")
    var script = grid.canvas.preamble(
      title: "\(scenario.title): gradient norm by layer",
      subtitle: scenario.shownTask,
      note: note(result, panels, window: window, scale))
    script += settings(scale, grid.canvas, lastEdge: count * window)
    for (index, panel) in panels.enumerated() {
      script += grid.frame(index, text: caption(panel, width: grid.size.width))
      script += axes(panel, isNamed: !isShared || grid.isLeftmost(index))
      script += [
        "set format x '\(grid.isLowest(index) ? "%h" : "")'",
        grid.isLowest(index) ? "set xlabel 'step'" : "unset xlabel",
        "plot \\", "  " + layers(panel, window, scale, &data).joined(separator: ", \\\n  "),
        "unset colorbox", "unset label",
      ]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: grid.canvas.width, height: grid.canvas.height, body: script,
      data: data.text, hasCells: true)
  }

  private func columns(_ count: Int) -> Int {
    count <= 1 ? 1 : count <= 4 ? 2 : count <= 6 || count == 9 ? 3 : 4
  }

  // MARK: Colors

  /// Color scale of the norms, in powers of ten.
  private struct Scale {
    var lower: Double
    var upper: Double
    /// Whether some norms are below or above the scale.
    var isCut: (below: Bool, above: Bool)

    /// The last steps before a divergence would use the whole scale, so norms more than three interquartile ranges above the
    /// rest (Tukey 1977, "far out") get the highest color.
    init?(_ norms: [Double]) {
      let powers = norms.map { log10($0) }.filter(\.isFinite)
      guard let lowest = powers.min(), let highest = powers.max() else { return nil }
      let quartiles = (quantile(0.25, of: powers), quantile(0.75, of: powers))
      let fence = quartiles.1 + max(1, 3 * (quartiles.1 - quartiles.0))
      upper = min(highest, fence).rounded(.up)
      lower = max(lowest.rounded(.down), upper - GradientNormsChart.reach)
      if lower >= upper { lower = upper - 1 }
      isCut = (lowest < lower, highest > upper)
    }

    func place(_ norm: Double) -> Double { min(max(log10(norm), lower), upper) }
  }

  /// Viridis (van der Walt and Smith 2015): lightness is uniform in print and for color-blind readers.
  private static let colors = [
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58",
    "#b5de2b", "#fde725",
  ]

  private func settings(_ scale: Scale, _ canvas: Canvas, lastEdge: Int) -> [String] {
    let tics = (Int(decade: scale.lower)...Int(decade: scale.upper)).map { power in
      let sign =
        scale.isCut.below && power == Int(decade: scale.lower)
        ? "≤ " : scale.isCut.above && power == Int(decade: scale.upper) ? "≥ " : ""
      return "'\(sign)\(NumberText.powerOfTen(power))' \(power)"
    }
    let height = min(canvas.bottom - canvas.top, 620)
    let size =
      "\(NumberText.fraction(26 / Double(canvas.width))),"
      + NumberText.fraction(Double(height) / Double(canvas.height))
    return [
      "set palette defined (\(Self.colors.enumerated().map { "\($0.offset) '\($0.element)'" }.joined(separator: ", ")))",
      "set cbrange [\(scale.lower.shortest):\(scale.upper.shortest)]",
      "set cbtics (\(tics.joined(separator: ", "))) font 'sans,15'",
      "set colorbox user origin screen \(canvas.horizontal(1440)),\(canvas.vertical(canvas.top + height)) "
        + "size screen \(size)",
      "set label 8 'gradient norm' at screen \(canvas.horizontal(1430)),\(canvas.vertical(canvas.top - 30)) left "
        + "font 'sans,16' textcolor '#111111'",
      "unset key",
      "set border 15 lc '#555555' lw 1.5",
      "set xrange [0:\(lastEdge)]",
      "set xtics \(Tics.step(over: Double(lastEdge), about: 4).shortest) font 'sans,14'",
      "set multiplot",
    ]
  }

  // MARK: Panels

  /// Layers from the input at the bottom; names as far as there is room.
  private func axes(_ panel: LayerNorms, isNamed: Bool) -> [String] {
    let every = (panel.layers.count + 8) / 9
    let names = panel.layers.enumerated().filter { $0.offset.isMultiple(of: every) }.map {
      "\(GnuplotText.tic(isNamed ? GnuplotText.name($0.element, limit: 12) : "")) \($0.offset)"
    }
    return [
      "set yrange [-0.5:\(panel.layers.count - 1).5]",
      "set ytics (\(names.joined(separator: ", "))) font 'sans,13'",
    ]
  }

  /// Image of the norms, and hatched boxes where the gradient is zero.
  private func layers(
    _ panel: LayerNorms, _ window: Int, _ scale: Scale, _ data: inout DataFile
  ) -> [String] {
    func center(_ index: Int) -> Double { (Double(index) + 0.5) * Double(window) }
    let cells = panel.values.enumerated().map { layer, row in
      row.enumerated().map { index, value in
        [
          center(index), Double(layer),
          value.map { $0 > 0 ? scale.place($0) : .nan } ?? .nan, value ?? .nan,
        ]
      }
    }
    let zeros = panel.values.enumerated().flatMap { layer, row in
      row.enumerated().filter { $0.element == 0 }.map { index, _ in
        [center(index), Double(layer), Double(window) / 2]
      }
    }
    let map = data.block(
      panel.label, columns: ["step", "layer", "log10_of_norm", "norm"], pieces: cells)
    var layers = ["'\(name).dat' index \(map) using 1:2:3 with image notitle"]
    // An image needs two pixels per side; a network with one layer is drawn as boxes.
    if panel.layers.count < 2 || panel.values[0].count < 2 {
      layers = [
        "'\(name).dat' index \(map) using 1:2:(\(Double(window) / 2)):(0.5):3 with boxxyerror "
          + "lc palette fillstyle solid noborder notitle"
      ]
    }
    if !zeros.isEmpty {
      let block = data.block(
        "\(panel.label), no gradient", columns: ["step", "layer", "half_width"], rows: zeros)
      layers.append(
        "'\(name).dat' index \(block) using 1:2:3:(0.5) with boxxyerror lc '#999999' "
          + "fillstyle pattern 4 noborder notitle")
    }
    return layers
  }

  private func caption(_ panel: LayerNorms, width: Int) -> String {
    let ending = panel.diverged > 0 ? "  ✕ \(panel.diverged)/\(panel.seeds)" : ""
    // A wide character takes thirteen pixels.
    return GnuplotText.name(panel.label, limit: max(8, width / 13 - ending.count)) + ending
  }

  private func note(
    _ result: ScenarioResult, _ panels: [LayerNorms], window: Int, _ scale: Scale
  ) -> String {
    let seeds = Set(result.runs.map(\.seed)).count
    var parts = result.missingRuns + ["layers by number and type, input at the bottom"]
    let largest = [window > 1 ? "\(window) steps" : "", seeds > 1 ? "\(seeds) seeds" : ""]
      .filter { !$0.isEmpty }
    if !largest.isEmpty { parts.append("cell: largest of \(largest.joined(separator: " and "))") }
    if result.scenario.optimizers.contains(where: \.clipsGradients) {
      parts.append("norms before clipping")
    }
    let values = panels.flatMap { $0.values.joined() }
    if values.contains(0) { parts.append("hatched: zero gradient") }
    if panels.contains(where: { $0.diverged > 0 }) { parts.append("✕: diverged runs") }
    if values.contains(nil) { parts.append("white: after the end of the run") }
    return parts.joined(separator: "; ")
  }
}

extension Participant {
  /// Whether gradients are clipped after their norms are recorded.
  fileprivate var clipsGradients: Bool {
    let keys =
      hyperparameters.keys.map(\.self) + (variant?.changes.keys.map(\.self) ?? [])
    return keys.contains { ($0.split(separator: ".").last ?? "").hasPrefix("clip_") }
  }
}
