import Foundation
import Records

/// A name and what it stands for, such as a processor; shown in the order given.
public struct PageFact: Sendable, Equatable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension Report {
  /// Writes one page that tells everything, with nothing to load from anywhere: tables, charts to look into, and the
  /// pictures that lie in `charts` as far as they find room.
  ///
  /// - Parameters:
  ///   - path: Of the page, such as `results/report.html`.
  ///   - charts: The folder of drawn charts beside it, by the name that the page's folder has for it; `nil` for none.
  ///   - facts: About the machine and the program that made the page.
  /// - Throws: `ReportError`, or what loading throws; then the former page is as it was.
  public func writePage(to path: String, charts: String?, facts: [PageFact]) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try makeFolder(folder.isEmpty ? "." : folder)
    var room = ReportPage.roomForPictures
    var sections: [ScenarioSection] = []
    for (index, scenario) in scenarios.enumerated() {
      var section = ScenarioSection(
        try load(scenario), anchor: ReportPage.anchor(of: scenario, index: index))
      if let charts {
        section.pictures = ReportPage.pictures(of: scenario, in: charts, from: folder, room: &room)
      }
      sections.append(section)
    }
    let file = try WholeFile(path: path)
    try ReportPage(sections: sections, facts: facts).write(to: file.output)
    try file.finish()
    try file.checkPlace()
    try file.commit()
  }
}

/// The page around its sections.
struct ReportPage {
  let sections: [ScenarioSection]
  let facts: [PageFact]

  /// Bytes of pictures inside the page, before base 64 makes four of three.
  static let roomForPictures = 2_400_000
  /// Charts that the page draws itself.
  private static let drawnHere: Set<String> = [
    "trajectory", "loss", "train_loss", "train_accuracy", "test_loss", "test_accuracy",
    "bias_correction",
  ]

  static func anchor(of scenario: ScenarioRecord, index: Int) -> String {
    let plain = scenario.name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
    }
    return plain && !scenario.name.isEmpty
      ? "scenario-\(scenario.name)" : "scenario-no-\(index + 1)"
  }

  static func pictures(
    of scenario: ScenarioRecord, in charts: String, from folder: String, room: inout Int
  ) -> [PagePicture] {
    var pictures: [PagePicture] = []
    for name in scenario.charts where !drawnHere.contains(name) {
      let path = "\(charts)/\(scenario.name)/\(name).png"
      let full = folder.isEmpty ? path : "\(folder)/\(path)"
      guard let png = FileManager.default.contents(atPath: full) else { continue }
      let summary = ChartCatalogue.kind(named: name)?.summary ?? name
      let fits = png.count <= room
      if fits { room -= png.count }
      pictures.append(
        PagePicture(
          caption: "\(scenario.title): \(summary)", path: path, png: fits ? png : nil))
    }
    return pictures
  }

  func write(to output: OutputFile) throws(ReportError) {
    let title = "Optimizer benchmark"
    let runs = sections.reduce(0) { $0 + $1.result.runs.count }
    try output.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
      <title>\(title)</title>
      <style>
      \(try Self.resource("report.css"))
      </style>
      </head>
      <body>
      <a class="skip" href="#content">To the results</a>
      <div class="page">
      <header>
      <h1>\(title)</h1>
      <p class="quiet">\(NumberText.grouped(sections.count)) scenarios, \(NumberText.grouped(runs)) runs. \
      Every optimizer of a scenario met the same initial parameters and the same batches. \
      A click on a column's head sorts a table.</p>
      <noscript><p class="warning">The charts of this page need JavaScript; the tables do not.</p></noscript>
      </header>
      <main id="content">

      """)
    try output.append(OverviewSection(sections: sections).html)
    for section in sections { try output.append(section.html) }
    try output.append(colophon)
    try output.append("</main>\n</div>\n")
    for script in ["chart.min.js", "tables.js", "charts.js"] {
      if script == "chart.min.js" {
        try output.append("<!--\n\(try Self.resource("LICENSE-chart.js.txt"))-->\n")
      }
      try output.append("<script>\n\(try Self.resource(script))\n</script>\n")
    }
    try output.append("</body>\n</html>\n")
  }

  private var colophon: String {
    var html =
      "<section id=\"environment\"><h2>How this page came about</h2>\n<dl class=\"facts\">\n"
    for fact in facts {
      html += "<dt>\(HTMLText.escaped(fact.name))</dt><dd>\(HTMLText.escaped(fact.value))</dd>\n"
    }
    return html
      + """
      </dl>
      <p class="quiet">Seconds are those of the machine and the moment; everything else depends on the commands above alone. \
      <code>bench report</code> writes this page again from the store. Charts by <a href="https://www.chartjs.org">Chart.js</a>, \
      whose licence stands in the page's source.</p>
      </section>

      """
  }

  /// A file of this module's own, which lies beside the program.
  private static func resource(_ name: String) throws(ReportError) -> String {
    let url = Bundle.module.resourceURL?.appendingPathComponent("page/\(name)")
    guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else {
      throw .cannotRead(
        path: url?.path ?? name,
        reason: "the program's own files are incomplete; build it again")
    }
    return text
  }
}
