import Foundation
import Records
import Text

/// A name and what it stands for, such as a processor; shown in the order given.
package struct PageFact: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// The page around its sections.
struct ReportPage {
  let sections: [ScenarioSection]
  let suite: [PagePicture]
  let facts: [PageFact]

  /// Bytes of pictures inside the page, before base 64 makes four of three.
  static let roomForPictures = 1_600_000
  /// Charts that the page draws itself.
  static let drawnHere: Set<String> = [
    "trajectory", "race", "loss", "train_loss", "train_accuracy", "test_loss", "test_accuracy",
    "bias_correction", "validation_loss", "validation_accuracy",
  ]

  static func anchor(of scenario: ScenarioRecord, index: Int) -> String {
    let plain = scenario.name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
    }
    return plain && !scenario.name.isEmpty
      ? "scenario-\(scenario.name)" : "scenario-no-\(index + 1)"
  }

  /// The charts that the page takes as they were drawn.
  static func pictureNames(of scenario: ScenarioRecord) -> [String] {
    scenario.charts.filter { !drawnHere.contains($0) } + ["sensitivity", "best_after_trials"]
  }

  /// - Parameters:
  ///   - names: Of the files, and what to call them.
  ///   - limit: Bytes of the largest that is held inside the page.
  static func pictures(
    _ names: [(file: String, caption: String)], in charts: String, from folder: String,
    upTo limit: Int
  ) -> [PagePicture] {
    names.compactMap { name, caption in
      for suffix in PagePicture.suffixes {
        let path = "\(charts)/\(name).\(suffix)"
        let full = folder.isEmpty ? path : "\(folder)/\(path)"
        if let content = FileManager.default.contents(atPath: full) {
          return PagePicture(caption: caption, path: path, content: content, upTo: limit)
        }
      }
      return nil
    }
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
      With one seed, every optimizer of a scenario met the same initial parameters and the same batches, as far as variants \
      leave them alike. \
      A click on a column's head sorts a table.</p>
      <noscript><p class="warning">The charts of this page need JavaScript; the tables do not.</p></noscript>
      </header>
      <main id="content">

      """)
    try output.append(OverviewSection(sections: sections, pictures: suite).html)
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

  /// Where the runs were made, most of them first; runs of before that was recorded are left out.
  private var environmentFacts: [PageFact] {
    var counts: [RunEnvironment: Int] = [:]
    for run in sections.flatMap(\.result.runs) {
      if let environment = run.trial.environment { counts[environment, default: 0] += 1 }
    }
    return counts.sorted { ($1.value, $0.key.id) < ($0.value, $1.key.id) }.map { one, count in
      PageFact(
        name: "\(NumberText.grouped(count)) runs on",
        value:
          "\(one.processor), \(one.cores) cores; \(one.operatingSystem); Swift \(one.swiftVersion); "
          + "\(one.blas) with kernels for \(one.blasKernels); \(one.buildFlags); "
          + "revision \(one.revision), version \(one.packageVersion)")
    }
  }

  private var colophon: String {
    var html =
      "<section id=\"environment\"><h2>How this page came about</h2>\n<dl class=\"facts\">\n"
    for fact in facts + environmentFacts {
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
