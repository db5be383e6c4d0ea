import Foundation
import Text

/// A chart as gnuplot draws it: what `NAME.gp` and `NAME.dat` hold, and what the picture must measure.
struct Drawing: Sendable {
  var name: String
  /// In pixels.
  var width: Int
  var height: Int
  /// The script after its terminal and its output.
  var body: [String]
  var data: String
  /// How many pictures make a film of it; `nil` for a chart that stands still.
  var frames: Int?
  /// Whether its images are tables of a few cells: viewers smooth an image as they enlarge it, so each cell is a box of its own.
  var hasCells = false
}

/// Where things stand on the canvas, in pixels from its top left.
///
/// Every chart has a title and two lines below it, a plot, and a legend to the right of it that never covers
/// data. Texts are large enough for the picture to be read at 900 pixels.
struct Canvas {
  var width = 1600
  var height = 1000
  var left = 140
  var right = 1170
  var top = 150
  var bottom = 900
  /// Where the legend starts.
  var legend = 1195
  /// Whether a pixel of it is a pixel of the screen, so that letters are half as large.
  var isSmall = false

  /// A canvas whose legend has room for `labels`: the picture grows to the right, the plot keeps its size.
  init(fitting labels: [String] = []) {
    let longest = labels.map { min($0.count, GnuplotText.nameLimit) }.max() ?? 0
    width += max(0, longest - Self.roomyLabel) * Self.characterWidth
  }

  /// Characters that the legend holds on the usual canvas, beside a value.
  private static let roomyLabel = 15
  /// Pixels of a wide character in the legend's font.
  private static let characterWidth = 13

  static let font = "sans,17"
  static let legendFont = "sans,16"
  static let smallFont = "sans,12"

  func horizontal(_ pixels: Int) -> String { NumberText.fraction(Double(pixels) / Double(width)) }
  func vertical(_ pixels: Int) -> String {
    NumberText.fraction(1 - Double(pixels) / Double(height))
  }

  /// What every chart starts with.
  func preamble(title: String, subtitle: String, note: String) -> [String] {
    [
      label(
        1, title, y: isSmall ? 30 : 42, face: "sans:Bold", size: isSmall ? 17 : 24,
        fitting: isSmall ? 64 : (width - 80) / 20,
        colour: "#111111")
    ] + paragraphs(subtitle, note) + [
      "set lmargin at screen \(horizontal(left))",
      "set rmargin at screen \(horizontal(right))",
      "set tmargin at screen \(vertical(top))",
      "set bmargin at screen \(vertical(bottom))",
      "set border 3 lc '#555555' lw 1.5",
      "set tics nomirror out\(isSmall ? " font 'sans,12'" : "") textcolor '#333333'",
      // gnuplot's own leaves room for a sign in front, which moves numbers off their tics.
      "set format x '%h'",
      "set key at screen \(horizontal(legend)),\(vertical(top)) left top Left reverse samplen 2.2 "
        + "spacing 1.25 font '\(isSmall ? Self.smallFont : Self.legendFont)' textcolor '#111111'",
    ]
  }

  /// The texts below the title: each in one line where that leaves it legible, else in two, which move closer together.
  private func paragraphs(_ subtitle: String, _ note: String) -> [String] {
    guard !isSmall else {
      return zip([2, 3], zip([subtitle, note], [60, 86])).map {
        label($0, $1.0, y: $1.1, face: "sans", size: 12, fitting: lineLength, colour: "#444444")
      }
    }
    let lines = [subtitle, note].map(wrapped)
    let count = lines.reduce(0) { $0 + $1.count }
    let places = [[82, 114], [75, 99, 123], [70, 92, 114, 136]][max(2, count) - 2]
    let limit = [17, 15, 13][max(2, count) - 2]
    let longest = lines.joined().map(\.count).max() ?? 0
    // All of one size.
    let size = longest * limit > lineLength * 17 ? max(13, lineLength * 17 / longest) : limit
    let tagged = zip([2, 3], lines).flatMap { tag, lines in
      lines.enumerated().map { (tag + 4 * $0.offset, $0.element) }
    }
    return zip(tagged, places).map {
      label(
        $0.0, $0.1, y: $1, face: "sans", size: size, fitting: lineLength * 17 / size,
        smallest: 13, colour: "#444444")
    }
  }

  /// Characters of the lines below the title, which are about thirteen pixels wide.
  private var lineLength: Int { isSmall ? 108 : (width - 80) * 10 / 129 }

  /// Two lines of a text that is too long for one; they part between clauses where they can.
  private func wrapped(_ text: String) -> [String] {
    let text = GnuplotText.oneLine(text)
    guard text.count > lineLength * 17 / 14 else { return [text] }
    let limit = lineLength * 17 / 13
    for separator in ["; ", ", ", " "] {
      let fitting = text.ranges(of: separator).map(\.upperBound).filter {
        text.distance(from: text.startIndex, to: $0) <= limit
          && text.distance(from: $0, to: text.endIndex) <= limit
      }
      let middle = text.count / 2
      let end = fitting.min {
        abs(text.distance(from: text.startIndex, to: $0) - middle)
          < abs(text.distance(from: text.startIndex, to: $1) - middle)
      }
      if let end {
        return [text[..<end], text[end...]].map { $0.trimmingCharacters(in: .whitespaces) }
      }
    }
    let end =
      text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex) ?? text.endIndex
    return [String(text[..<end]), String(text[end...])]
  }

  /// A line of text that stays on the canvas: longer than `fitting` characters it is set smaller, down to `smallest` or two
  /// thirds, and what is longer still is shortened.
  private func label(
    _ tag: Int, _ text: String, y: Int, face: String, size: Int, fitting: Int,
    smallest: Int? = nil, colour: String
  ) -> String {
    let text = GnuplotText.shortened(
      text, to: smallest.map { fitting * size / $0 } ?? fitting * 3 / 2)
    let size = text.count > fitting ? size * fitting / text.count : size
    return
      "set label \(tag) \(GnuplotText.quoted(text)) at screen \(horizontal(isSmall ? 20 : 40)),\(vertical(y)) "
      + "left font '\(face),\(size)' textcolor '\(colour)'"
  }
}
