import Analysis

/// Section of a scenario without its pictures, which exist when the charts are drawn.
struct PageSection {
  let digest: ScenarioDigest
  let content: Content

  struct Content: Codable {
    /// Target of links to the section; unique within the page.
    let anchor: String
    /// HTML above and below the pictures.
    let top: String
    let bottom: String
    /// Rows of the table of failures.
    let failures: [[HTMLTable.Cell]]
    /// What charts shown as pictures say of these results, by the name of the chart.
    let takeaways: [String: String]
  }

  var anchor: String { content.anchor }
  var failures: [[HTMLTable.Cell]] { content.failures }
  var takeaways: [String: String] { content.takeaways }

  /// - Parameter pictures: Charts shown as pictures, without those that the page draws interactively.
  func html(with pictures: [PagePicture]) -> String {
    pictures.isEmpty
      ? content.top + content.bottom
      : content.top + "<div class=\"charts pictures\">\n\(pictures.map(\.html).joined())</div>\n"
        + content.bottom
  }
}
