import Records
import Text

/// Minimum that each start reaches: one color per minimum, darker where it takes more steps.
enum BasinChart {
  /// Minima in the legend; smaller basins are drawn but not named.
  private static let namedMinima = 12
  /// Side of the square plot in pixels; the domain is stretched to it.
  private static let side = 900

  static func draw(_ map: BasinMap, name: String) -> Drawing {
    var canvas = Canvas()
    canvas.left = 120
    canvas.right = canvas.left + side
    canvas.top = 150
    canvas.bottom = canvas.top + side
    canvas.legend = canvas.right + 30
    canvas.height = canvas.bottom + 100
    let shares = map.shares
    let shade = Shade(map)
    let data = data(map, shares, shade)
    var script = canvas.preamble(
      title:
        "\(map.surface.title): basins of attraction of \(GnuplotText.name(map.optimizer))",
      subtitle: ProblemWords.text(of: .surface(map.surface)),
      note: "\(map.x.count) × \(map.y.count) starting points, \(map.steps) steps each; "
        + "one color per minimum; darker: more steps")
    script += palette(shares.count)
    script += frame(map, canvas)
    script += shadeScale(shade, canvas)
    let file = "'\(name).dat'"
    let image =
      "\(file) index 0 matrix using (\(place(map.x, "$1"))):(\(place(map.y, "$2"))):3 with image notitle"
    let marks = shares.isEmpty ? [] : markers(file)
    script.append(
      "plot \\\n  " + ([image] + marks + legend(map, shares)).joined(separator: ", \\\n  "))
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data)
  }

  /// Map from steps to a shade between light (0) and dark (1).
  private struct Shade {
    /// Steps of the fastest start, and the 95 % quantile, so that a few slow starts do not make the others pale.
    var few: Int
    var many: Int

    /// A smaller range of steps does not use the whole scale.
    private static let leastSpan = 10

    init(_ map: BasinMap) {
      let steps = map.shares.flatMap(\.steps).sorted()
      few = steps.first ?? 0
      many = max(few + Self.leastSpan, steps.isEmpty ? 1 : steps[(steps.count - 1) * 19 / 20])
    }

    func position(_ steps: Int) -> Double {
      min(1, max(0, Double(steps - few) / Double(many - few)))
    }
  }

  // MARK: Data

  /// Matrix of color positions: number of the minimum plus the shade; -1 no minimum reached, -2 diverged.
  private static func data(_ map: BasinMap, _ shares: [BasinMap.Share], _ shade: Shade) -> String {
    var rank = [Int](repeating: 0, count: map.minima.count)
    for (index, share) in shares.enumerated() { rank[share.minimum] = index }
    var text =
      "# \(GnuplotText.oneLine(map.surface.title)), \(GnuplotText.oneLine(map.optimizer)): "
    text += "number of the minimum + shade of the steps; -1 none, -2 diverged\n"
    for row in 0..<map.y.count {
      for column in 0..<map.x.count {
        if column > 0 { text += " " }
        switch map.outcomes[row * map.x.count + column] {
        case .reached(let minimum, let steps):
          // In thousandths, and never the color of the next minimum.
          text += NumberText.fraction(Double(rank[minimum]) + 0.01 + 0.98 * shade.position(steps))
        case .elsewhere: text += "-1"
        case .diverged: text += "-2"
        }
      }
      text += "\n"
    }
    text += "\n\n# minima: x y number\n"
    for (index, share) in shares.prefix(namedMinima).enumerated() {
      let point = map.minima[share.minimum].point
      text += "\(NumberText.drawn(point.x)) \(NumberText.drawn(point.y)) \(index + 1)\n"
    }
    if shares.isEmpty { text += "NaN NaN NaN\n" }
    return text
  }

  // MARK: Colors

  /// Colors of Okabe and Ito and of Tol, as in all charts; then hues at multiples of the golden angle.
  private static func color(_ index: Int) -> (red: Double, green: Double, blue: Double) {
    let first: [(Double, Double, Double)] = [
      (0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (86, 180, 233), (213, 94, 0),
      (153, 153, 51), (136, 34, 85),
    ]
    if index < first.count { return first[index] }
    let hue = (Double(index) * 0.381_966_011).truncatingRemainder(dividingBy: 1) * 6
    func channel(_ shift: Double) -> Double {
      let distance = abs((hue + shift).truncatingRemainder(dividingBy: 6) - 3) - 1
      return 60 + 150 * min(1, max(0, distance))
    }
    return (channel(0), channel(4), channel(2))
  }

  private static func hex(
    _ color: (red: Double, green: Double, blue: Double), towards end: Double, _ share: Double
  ) -> String {
    "#"
      + [color.red, color.green, color.blue].map { channel in
        let text = String(Int((channel + (end - channel) * share).rounded()), radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
  }

  private static func palette(_ count: Int) -> [String] {
    var stops = [
      "-2.5 '#222222', -1.5 '#222222'", "-1.5 '#8f8f8f', -0.5 '#8f8f8f'",
      "-0.5 '#ffffff', 0 '#ffffff'",
    ]
    for index in 0..<count {
      let color = color(index)
      stops.append(
        "\(index) '\(hex(color, towards: 255, 0.72))', \(index).5 '\(hex(color, towards: 0, 0.05))', "
          + "\(index + 1) '\(hex(color, towards: 0, 0.62))'")
    }
    return [
      "set palette defined (\(stops.joined(separator: ", ")))",
      "set cbrange [-2.5:\(max(count, 1))]", "unset colorbox",
    ]
  }

  // MARK: Frame

  private static func place(_ axis: Landscape.Axis, _ index: String) -> String {
    "\(axis.lower.shortest)+\(index)*\(((axis.upper - axis.lower) / Double(axis.count - 1)).shortest)"
  }

  private static func frame(_ map: BasinMap, _ canvas: Canvas) -> [String] {
    [
      "set xrange [\(map.x.lower.shortest):\(map.x.upper.shortest)]",
      "set yrange [\(map.y.lower.shortest):\(map.y.upper.shortest)]",
      "set border 15 lc '#555555' lw 1.5 front",
      "set xlabel 'start, first parameter x'",
      "set ylabel 'start, second parameter y'",
    ]
  }

  /// Strip from light to dark below the legend, with the steps at its ends.
  private static func shadeScale(_ shade: Shade, _ canvas: Canvas) -> [String] {
    let pieces = 40
    let (left, width, top, height) = (canvas.legend + 10, 300, canvas.bottom - 60, 22)
    var lines = (0..<pieces).map { piece in
      let share = Double(piece) / Double(pieces - 1)
      // Light to full to dark, as in the palette, but gray.
      let grey = share < 0.5 ? 210 - share * 2 * 96 : 114 - (share * 2 - 1) * 70
      let color = hex((grey, grey, grey), towards: 0, 0)
      let from = left + width * piece / pieces
      // One pixel of overlap hides the seams.
      let to = left + width * (piece + 1) / pieces + (piece < pieces - 1 ? 1 : 0)
      return
        "set object \(piece + 1) rectangle from screen \(canvas.horizontal(from)),\(canvas.vertical(top + height)) "
        + "to screen \(canvas.horizontal(to)),\(canvas.vertical(top)) fc rgb '\(color)' fs solid noborder"
    }
    let ends = [(10, shade.few, "left"), (11, shade.many, "right")]
    for (tag, steps, side) in ends {
      let x = side == "left" ? left : left + width
      let text = side == "left" ? "\(steps) steps" : "\(steps) or more"
      lines.append(
        "set label \(tag) '\(text)' at screen \(canvas.horizontal(x)),\(canvas.vertical(top + height + 20)) "
          + "\(side) font 'sans,15' textcolor '#444444'")
    }
    return lines
  }

  private static func markers(_ file: String) -> [String] {
    [
      "\(file) index 1 using 1:2 with points pt 7 ps 3.6 lc '#ffffff' notitle",
      "\(file) index 1 using 1:2 with points pt 6 ps 3.6 lw 2 lc '#111111' notitle",
      "\(file) index 1 using 1:2:3 with labels font 'sans:Bold,13' textcolor '#111111' notitle",
    ]
  }

  private static func legend(_ map: BasinMap, _ shares: [BasinMap.Share]) -> [String] {
    func entry(_ color: String, _ text: String) -> String {
      "keyentry with points pt 5 ps 3 lc '\(color)' title \(GnuplotText.quoted(text))"
    }
    // Below a thousandth of the radius there are only rounding errors.
    let grain = map.radius / 1000
    func coordinate(_ value: Double) -> String {
      NumberText.short(abs(value) < grain ? 0 : value)
    }
    func percent(_ share: Double) -> String {
      let text = NumberText.short((share * 1000).rounded() / 10)
      return "\(text) %"
    }
    var entries = shares.prefix(namedMinima).enumerated().map { index, share in
      let point = map.minima[share.minimum].point
      return entry(
        hex(color(index), towards: 0, 0.05),
        "\(index + 1): (\(coordinate(point.x)), \(coordinate(point.y)))  "
          + "\(percent(share.share)), median \(share.medianSteps) steps")
    }
    let others = shares.dropFirst(namedMinima)
    if !others.isEmpty {
      entries.append(
        "keyentry with points pt 5 ps 0 lc '#ffffff' title '\(others.count) more minima: \(percent(others.reduce(0) { $0 + $1.share }))'"
      )
    }
    for (outcome, color, text) in [
      (BasinMap.Outcome.elsewhere, "#8f8f8f", "no minimum reached"),
      (.diverged, "#222222", "diverged"),
    ] where map.share(of: outcome) > 0 {
      entries.append(entry(color, "\(text): \(percent(map.share(of: outcome)))"))
    }
    return entries
  }
}
