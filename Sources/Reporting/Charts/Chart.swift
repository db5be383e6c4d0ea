package import Analysis
package import Records

/// A chart that scenarios can ask for by name. A new one is a file and a line of ``ChartCatalogue``.
package protocol Chart: Sendable {
  /// As in a scenario's `charts:`, and the name of the files.
  var name: String { get }
  /// What it shows.
  var summary: String { get }
  /// What a scenario must have for it.
  var needs: ChartNeeds { get }
  /// Whether a scenario that names no charts has it.
  var isUsual: Bool { get }
  /// Whether the page draws it itself and needs no picture.
  var isDrawnByPage: Bool { get }
  /// Charts with larger values take longer to draw and are begun first.
  var slowness: Int { get }

  /// - Throws: Why the results cannot fill it.
  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing
}

extension Chart {
  package var isUsual: Bool { true }
  package var isDrawnByPage: Bool { false }
  package var slowness: Int { 0 }
}

/// Why results cannot fill a chart.
package struct CannotDraw: Error {
  var reason: String
}
