import Foundation
import Text

/// File format of charts. Animations are always GIFs.
package enum ChartFormat: String, CaseIterable, Codable, Sendable {
  case png, svg, pdf
}

extension Drawing {
  /// Extension of the picture's file name.
  func suffix(as format: ChartFormat) -> String { frames == nil ? format.rawValue : "gif" }

  /// Content of `NAME.gp`.
  func script(as format: ChartFormat) -> String {
    let picture = "\(name).\(suffix(as: format))"
    let head = [
      "# Draws \(picture) from \(name).dat. To draw it again: gnuplot \(name).gp",
      "reset",
      "set encoding utf8",
      "set terminal \(terminal(format))",
      "set output '\(picture)'",
    ]
    let isSVG = frames == nil && format == .svg
    // Tics of the SVG terminal are long and push the axis titles out of the picture.
    let lengths = isSVG ? ["set tics scale 0.5"] : []
    let lines = isSVG ? body.map(adaptedToSVG) : body
    return (head + Self.dashes + lengths + lines + ["unset output"]).joined(separator: "\n") + "\n"
  }

  /// Terminal command, scaled so that all formats look like the PNG.
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
      // A point of this terminal's fonts is a pixel; a pixel of pngcairo is three quarters of a point.
      return "svg noenhanced size \(width * 3 / 4),\(height * 3 / 4) "
        + "font '\(Self.family),\(Canvas.font.dropFirst("sans,".count))' linewidth 0.75 \(paper)"
    case .pdf:
      // 96 pixels per inch.
      let inches = [width, height].map { NumberText.fraction(Double($0) / 96) + "in" }
      return
        "pdfcairo noenhanced size \(inches.joined(separator: ",")) font '\(Canvas.font)' "
        // The terminal's defaults suit pictures of a few inches: small letters and thin lines.
        + "fontscale 0.75 pointscale 0.75 linewidth 1.3 \(paper)"
    }
  }

  /// Time between frames of an animation, in hundredths of a second.
  static let frameDelay = 8
  /// Dash types of lines whose colors are used a second, third and fourth time.
  private static let dashes = [
    "set dashtype 2 (6,4)", "set dashtype 3 (2,3)", "set dashtype 4 (12,4,2,4)",
  ]
  /// Font families for browsers. gnuplot reads the text after a comma as the size, so the comma is an XML entity.
  private static let family = "DejaVu Sans&#44; sans-serif"
  /// gnuplot's SVG terminal has bold letters only by markup, which is off; but the family is copied into an attribute, so
  /// that another attribute can follow.
  private static let boldFamily = family + "\" font-weight=\"bold"
  /// Correction of the marker size, which is larger in SVG relative to letters.
  private static let markerScale = 0.45

  /// A script line for the SVG terminal, which has no `sans` family and no bold faces, larger markers, and more room between
  /// tics and titles.
  private func adaptedToSVG(_ line: String) -> String {
    let fonts = line.replacing("'sans:Bold,", with: "'\(Self.boldFamily),")
      .replacing("'sans,", with: "'\(Self.family),")
    // Text between quotes comes from scenarios and is left unchanged.
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
