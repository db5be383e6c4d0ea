import Foundation
import Text

/// A kind of picture that charts can be drawn as. Films are GIFs whatever is asked for.
package enum ChartFormat: String, CaseIterable, Sendable {
  case png, svg, pdf
}

extension Drawing {
  /// What the picture's file name ends in.
  func suffix(as format: ChartFormat) -> String { frames == nil ? format.rawValue : "gif" }

  /// The text of `NAME.gp`.
  func script(as format: ChartFormat) -> String {
    let picture = "\(name).\(suffix(as: format))"
    let head = [
      "# Draws \(picture) from \(name).dat; by hand: gnuplot \(name).gp",
      "reset",
      "set encoding utf8",
      "set terminal \(terminal(format))",
      "set output '\(picture)'",
    ]
    let isSVG = frames == nil && format == .svg
    // Its tics are three quarters of a letter long, and push the axes' titles off the picture.
    let lengths = isSVG ? ["set tics scale 0.5"] : []
    let lines = isSVG ? body.map(adaptedToSVG) : body
    return (head + Self.dashes + lengths + lines + ["unset output"]).joined(separator: "\n") + "\n"
  }

  /// Scaled so that all look like the PNG.
  private func terminal(_ format: ChartFormat) -> String {
    let paper = "background '#ffffff'"
    if frames != nil {
      return
        "gif noenhanced animate delay \(Self.frameDelay) loop 0 optimize size \(width),\(height) "
        + "font '\(Canvas.font)' \(paper)"
    }
    switch format {
    case .png:
      return "pngcairo noenhanced size \(width),\(height) font '\(Canvas.font)' \(paper)"
    case .svg:
      // A point of its fonts is a pixel; a pixel of pngcairo's is three quarters of a point.
      return "svg noenhanced size \(width * 3 / 4),\(height * 3 / 4) "
        + "font '\(Self.family),\(Canvas.font.dropFirst("sans,".count))' linewidth 0.75 \(paper)"
    case .pdf:
      // 96 pixels to the inch.
      let inches = [width, height].map { NumberText.fraction(Double($0) / 96) + "in" }
      return
        "pdfcairo noenhanced size \(inches.joined(separator: ",")) font '\(Canvas.font)' "
        // Its own scales are for a page of a few inches: half the letters, lines of a quarter of a millimetre.
        + "fontscale 0.75 pointscale 0.75 linewidth 1.3 \(paper)"
    }
  }

  /// Between the pictures of a film, in hundredths of a second.
  static let frameDelay = 8
  /// What lines look like whose colours are used a second time, and a third.
  private static let dashes = [
    "set dashtype 2 (6,4)", "set dashtype 3 (2,3)", "set dashtype 4 (12,4,2,4)",
  ]
  /// As browsers look fonts up. gnuplot takes what follows a comma for the size, so the one between families is XML's.
  private static let family = "DejaVu Sans&#44; sans-serif"
  /// gnuplot's SVG has bold letters only by markup, which is off; but the family is written as it is into the attribute, and
  /// another can follow it.
  private static let boldFamily = family + "\" font-weight=\"bold"
  /// gnuplot draws a marker of size 1 that much larger in SVG, compared with the letters.
  private static let markerScale = 0.45

  /// The SVG terminal knows neither `sans` nor bold faces, has larger markers, and room to spare between tics and titles.
  private func adaptedToSVG(_ line: String) -> String {
    let fonts = line.replacing("'sans:Bold,", with: "'\(Self.boldFamily),")
      .replacing("'sans,", with: "'\(Self.family),")
    // What stands between quotes is text of others.
    var line = fonts.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? resized(String($0.element)) : String($0.element) }
      .joined(separator: "'")
    guard !line.contains(" offset ") else { return line }
    if line.hasPrefix("set xlabel ") { line += " offset 0,0.6" }
    if line.hasPrefix("set ylabel ") { line += " offset 0.5,0" }
    return line
  }

  private func resized(_ script: String) -> String {
    let markers = script.replacing(#/ ps (\d+(?:\.\d+)?)/#) { match in
      " ps \(NumberText.fraction((Double(match.1) ?? 1) * Self.markerScale))"
    }
    return hasCells ? markers.replacing(" with image ", with: " with image pixels ") : markers
  }
}
