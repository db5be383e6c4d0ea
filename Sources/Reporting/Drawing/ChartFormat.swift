import Foundation

/// A kind of picture that charts can be drawn as. Films are GIFs whatever is asked for.
public enum ChartFormat: String, CaseIterable, Sendable {
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
    let lines = frames == nil && format == .svg ? body.map(Self.adaptedToSVG) : body
    return (head + lines + ["unset output"]).joined(separator: "\n") + "\n"
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
        + "font '\(Self.families)\(Canvas.font.dropFirst("sans".count))' linewidth 0.75 \(paper)"
    case .pdf:
      // 96 pixels to the inch.
      let inches = [width, height].map { NumberText.fraction(Double($0) / 96) + "in" }
      return
        "pdfcairo noenhanced size \(inches.joined(separator: ",")) font '\(Canvas.font)' \(paper)"
    }
  }

  /// Between the pictures of a film, in hundredths of a second.
  static let frameDelay = 8
  /// As browsers look fonts up.
  private static let families = "DejaVu Sans,sans-serif"
  /// gnuplot draws a marker of size 1 that much larger in SVG, compared with the letters.
  private static let markerScale = 0.45

  /// The SVG terminal knows neither `sans` nor bold faces without markup, and has larger markers.
  private static func adaptedToSVG(_ line: String) -> String {
    line.replacing("'sans:Bold,", with: "'\(families),").replacing("'sans,", with: "'\(families),")
      .replacing(#/ ps (\d+(?:\.\d+)?)/#) { match in
        " ps \(NumberText.fraction((Double(match.1) ?? 1) * markerScale))"
      }
  }
}
