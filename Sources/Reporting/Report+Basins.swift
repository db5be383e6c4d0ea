package import Records

extension Report {
  /// Draws a map of basins into `folder`, as `SURFACE-OPTIMIZER.png` with its `.gp` and `.dat`.
  ///
  /// - Returns: Path of the picture.
  package static func drawBasins(
    _ map: BasinMap, to folder: String, format: ChartFormat = .png, gnuplot: String? = nil
  ) throws(ReportError) -> String {
    let name = [map.surface.title, map.optimizer].map(fileName).joined(separator: "-")
    let renderer = ChartRenderer(
      gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    try renderer.render(BasinChart.draw(map, name: name), chart: "basins/\(name)", into: folder)
    return "\(folder)/\(name).\(format.rawValue)"
  }

  /// Lower-case letters and digits; all other characters become underscores.
  private static func fileName(_ text: String) -> String {
    let characters = text.lowercased().unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "_"
    }
    return String(characters.prefix(60))
  }
}
