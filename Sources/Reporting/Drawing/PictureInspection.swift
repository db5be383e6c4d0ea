import Foundation

/// Check of a picture written by gnuplot.
enum PictureInspection {
  static func fault(in path: String, of drawing: Drawing, as format: ChartFormat) -> String? {
    if let frames = drawing.frames {
      return GIFInspection.fault(
        in: path, width: drawing.width, height: drawing.height, frames: frames)
    }
    switch format {
    case .png:
      return PNGInspection.fault(in: path, width: drawing.width, height: drawing.height)
    case .svg:
      return fault(in: path, kind: "an SVG file", begin: "<?xml", end: "</svg>", holding: "<path")
    case .pdf:
      return fault(in: path, kind: "a PDF file", begin: "%PDF-", end: "%%EOF", holding: "/Page")
    }
  }

  /// Check of formats with an end marker.
  private static func fault(
    in path: String, kind: String, begin: String, end: String, holding: String
  ) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else {
      return "no picture was written"
    }
    guard !data.isEmpty else { return "the picture is empty" }
    guard data.starts(with: Data(begin.utf8)) else { return "the picture is not \(kind)" }
    guard data.suffix(16).range(of: Data(end.utf8)) != nil else {
      return "the picture is incomplete"
    }
    return data.range(of: Data(holding.utf8)) == nil ? "the picture is blank" : nil
  }
}
