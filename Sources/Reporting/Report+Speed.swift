import Foundation

extension Report {
  /// Format for the extension of a file name; `nil` for an unsupported one.
  package static func speedChartFormat(of path: String) -> ChartFormat? {
    let name = (path as NSString).lastPathComponent as NSString
    // The script has file names in single quotes, on one line.
    let isPlain = !path.unicodeScalars.contains {
      $0 == "'" || $0.properties.generalCategory == .control
    }
    return name.deletingPathExtension.isEmpty || !isPlain
      ? nil : ChartFormat(rawValue: name.pathExtension.lowercased())
  }

  /// Draws the times of steps as `path`, with `.gp` and `.dat` next to it.
  ///
  /// - Parameter machine: Name of the measured machine.
  /// - Precondition: ``speedChartFormat(of:)`` accepts the path, and there are figures.
  package static func drawSpeed(
    _ figures: [SpeedFigure], to path: String, machine: String, threads: Int = 1,
    gnuplot: String? = nil
  ) throws(ReportError) {
    guard let format = speedChartFormat(of: path) else {
      preconditionFailure("a chart's name ends in .png, .svg or .pdf")
    }
    precondition(!figures.isEmpty, "a chart needs figures")
    let folder = (path as NSString).deletingLastPathComponent
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let renderer = ChartRenderer(gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    try renderer.render(
      SpeedChart.draw(figures, name: name, machine: machine, threads: threads), chart: name,
      into: folder.isEmpty ? "." : folder)
  }
}
