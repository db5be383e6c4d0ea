import Analysis

/// A scenario's section, written but for its pictures, which are there when the charts are drawn.
struct PageSection {
  let digest: ScenarioDigest
  /// For links to it; unique within the page.
  let anchor: String
  /// What stands above the pictures, and below them.
  let top: String
  let bottom: String
  /// Rows of the table of failures.
  let failures: [[HTMLTable.Cell]]

  /// - Parameter pictures: Charts as pictures; those that the page draws itself are not among them.
  func html(with pictures: [PagePicture]) -> String {
    pictures.isEmpty
      ? top + bottom
      : top + "<div class=\"charts pictures\">\n\(pictures.map(\.html).joined())</div>\n" + bottom
  }
}
