import Foundation
import Text

/// A chart for gnuplot: contents of `NAME.gp` and `NAME.dat`, and the size of the picture.
package struct Drawing: Sendable {
  var name: String
  /// Width in pixels.
  var width: Int
  var height: Int
  /// Script lines after the terminal and output commands.
  var body: [String]
  var data: String
  /// Number of frames of an animation; `nil` for a still picture.
  var frames: Int?
  /// Whether its images are tables of a few cells. Viewers smooth images when they enlarge them, so each cell is a separate box.
  var hasCells = false
}

/// Layout of a chart, in pixels from the top left.
///
/// Every chart has a title, up to four lines of text below it, a plot, and a legend to the right of the plot that never covers
/// data. Texts are readable when the picture is scaled to a width of 900 pixels.
struct Canvas {
  var width = 1600
  var height = 1000
  var left = 140
  var right = 1170
  var top = 150
  var bottom = 900
  /// Left edge of the legend.
  var legend = 1195
  /// Whether the picture is shown at full size, so that letters are half as large.
  var isSmall = false

  /// A canvas whose legend has room for `labels` and complete `entries`; the picture becomes wider, the plot keeps its size.
  init(fitting labels: [String] = [], entries: [String] = []) {
    let longest = labels.map { min($0.count, GnuplotText.nameLimit) }.max() ?? 0
    let longestEntry = entries.map(\.count).max() ?? 0
    width +=
      max(0, longest - Self.roomyLabel, longestEntry - Self.roomyEntry) * Self.characterWidth
  }

  /// Characters of a label that fit into the default legend next to a value.
  private static let roomyLabel = 15
  /// Characters of a complete entry that fit into the default legend.
  private static let roomyEntry = 24
  /// Pixels of a wide character in the font of the legend.
  private static let characterWidth = 13

  static let font = "sans,17"
  static let legendFont = "sans,16"
  static let smallFont = "sans,12"

  func horizontal(_ pixels: Int) -> String { NumberText.fraction(Double(pixels) / Double(width)) }
  func vertical(_ pixels: Int) -> String {
    NumberText.fraction(1 - Double(pixels) / Double(height))
  }

  /// First script lines of every chart.
  func preamble(title: String, subtitle: String, note: String) -> [String] {
    [
      label(
        1, title, y: isSmall ? 30 : hasFourLines(subtitle, note) ? 32 : 42, face: "sans:Bold",
        size: isSmall ? 17 : 24,
        fitting: isSmall ? 64 : (width - 80) / 20,
        color: "#111111")
    ] + paragraphs(subtitle, note) + [
      "set lmargin at screen \(horizontal(left))",
      "set rmargin at screen \(horizontal(right))",
      "set tmargin at screen \(vertical(top))",
      "set bmargin at screen \(vertical(bottom))",
      "set border 3 lc '#555555' lw 1.5",
      "set tics nomirror out\(isSmall ? " font 'sans,12'" : "") textcolor '#333333'",
      // The default format leaves room for a sign, which moves numbers away from their tics.
      "set format x '%h'",
      "set key at screen \(horizontal(legend)),\(vertical(top)) left top Left reverse samplen 2.2 "
        + "spacing 1.25 font '\(isSmall ? Self.smallFont : Self.legendFont)' textcolor '#111111'",
    ]
  }

  /// The texts below the title: each on one line if that is readable, else on two lines with less space between them.
  private func paragraphs(_ subtitle: String, _ note: String) -> [String] {
    guard !isSmall else {
      return zip([2, 3], zip([subtitle, note], [60, 86])).map {
        label($0, $1.0, y: $1.1, face: "sans", size: 12, fitting: lineLength, color: "#444444")
      }
    }
    let lines = [subtitle, note].map(wrapped)
    let count = lines.reduce(0) { $0 + $1.count }
    let places = [[82, 114], [75, 99, 123], [66, 88, 110, 132]][max(2, count) - 2]
    let limit = [17, 15, 13][max(2, count) - 2]
    let longest = lines.joined().map(\.count).max() ?? 0
    // All lines have the same font size.
    let size = longest * limit > lineLength * 17 ? max(13, lineLength * 17 / longest) : limit
    let tagged = zip([2, 3], lines).flatMap { tag, lines in
      lines.enumerated().map { (tag + 4 * $0.offset, $0.element) }
    }
    return zip(tagged, places).map {
      label(
        $0.0, $0.1, y: $1, face: "sans", size: size, fitting: lineLength * 17 / size,
        smallest: 13, color: "#444444")
    }
  }

  /// Whether the texts below the title need so much room that the title moves up.
  private func hasFourLines(_ subtitle: String, _ note: String) -> Bool {
    wrapped(subtitle).count + wrapped(note).count > 3
  }

  /// Characters of a line below the title; a character is about thirteen pixels wide.
  private var lineLength: Int { isSmall ? 108 : (width - 80) * 10 / 129 }

  /// The text on one line, or split into two between clauses, if possible.
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

  /// A line of text that fits the canvas: with more than `fitting` characters the font is smaller, down to `smallest` or two
  /// thirds; even longer text is shortened.
  private func label(
    _ tag: Int, _ text: String, y: Int, face: String, size: Int, fitting: Int,
    smallest: Int? = nil, color: String
  ) -> String {
    let text = GnuplotText.shortened(
      text, to: smallest.map { fitting * size / $0 } ?? fitting * 3 / 2)
    let size = text.count > fitting ? size * fitting / text.count : size
    return
      "set label \(tag) \(GnuplotText.quoted(text)) at screen \(horizontal(isSmall ? 20 : 40)),\(vertical(y)) "
      + "left font '\(face),\(size)' textcolor '\(color)'"
  }
}
