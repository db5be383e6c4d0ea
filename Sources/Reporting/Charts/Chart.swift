package import Analysis
package import Records

/// A kind of chart that scenarios can list by name. To add one, add a file in this folder and a line in ``ChartCatalogue``.
package protocol Chart: Sendable {
  /// Name in `charts:` of a scenario and of the files.
  var name: String { get }
  /// What it shows; the caption and the alternative text.
  var summary: String { get }
  /// Requirements on the scenario.
  var needs: ChartNeeds { get }
  /// Whether it is drawn for a scenario without `charts:`.
  var isUsual: Bool { get }
  /// Whether the page draws it interactively and needs no picture.
  var isDrawnByPage: Bool { get }
  /// Charts with larger values take longer to draw and are started first.
  var slowness: Int { get }

  /// - Throws: The reason why the chart cannot be drawn from the results.
  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing

  /// What it says of these results, as a sentence; part of the caption on the page.
  func takeaway(_ analysis: ScenarioAnalysis) -> String?
}

extension Chart {
  package var isUsual: Bool { true }
  package var isDrawnByPage: Bool { false }
  package var slowness: Int { 0 }
  package func takeaway(_ analysis: ScenarioAnalysis) -> String? { nil }
}

/// Reason why a chart cannot be drawn from the results.
package struct CannotDraw: Error {
  var reason: String
}
