import Analysis
import Foundation
import Records
import Text

/// A labeled value such as the processor; shown in the order given.
package struct PageFact: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Frame of the page around its sections.
struct ReportPage {
  let suite: SuiteAnalysis
  let sections: [PageSection]
  /// By the anchor of their section.
  let pictures: [String: [PagePicture]]
  let suitePictures: [PagePicture]
  let facts: [PageFact]

  /// Bytes of all embedded pictures, before base 64 adds a third.
  static let roomForPictures = 1_600_000

  /// Charts that the page shows as pictures.
  static func pictureNames(of scenario: ScenarioRecord) -> [String] {
    scenario.charts.filter { ChartCatalogue.chart(named: $0)?.isDrawnByPage != true } + [
      "sensitivity", "best_after_trials",
    ]
  }

  /// - Parameters:
  ///   - names: Names of the files with their captions.
  ///   - limit: Size in bytes of the largest picture to embed.
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
    let runs = sections.reduce(0) { $0 + $1.digest.runs }
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
      <a class="skip" href="#content">Skip to the results</a>
      <div class="page">
      <header>
      <h1>\(title)</h1>
      <p class="quiet">\(Self.counted(sections.count, "scenario")), \(Self.counted(runs, "run")). \
      For each seed, all optimizers of a scenario start from the same parameters and see the same batches, unless a variant \
      changes them. Click a column heading to sort a table.</p>
      \(Self.readingHelp)
      <noscript><p class="warning">The charts of this page need JavaScript; the tables do not.</p></noscript>
      </header>
      <main id="content">

      """)
    try output.append(OverviewSection(suite, sections: sections, pictures: suitePictures).html)
    for section in sections {
      try output.append(section.html(with: pictures[section.anchor] ?? []))
    }
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

  /// Machines that the runs were made on, most runs first; old runs without that record are left out.
  private var environmentFacts: [PageFact] {
    var counts: [RunEnvironment: Int] = [:]
    for part in suite.scenarios.flatMap(\.environments) {
      counts[part.environment, default: 0] += part.runs
    }
    return counts.sorted { ($1.value, $0.key.id) < ($0.value, $1.key.id) }.map { one, count in
      PageFact(
        name: count == 1 ? "1 run on" : "\(NumberText.grouped(count)) runs on",
        value:
          "\(one.processor), \(one.cores) cores; \(one.operatingSystem); Swift \(one.swiftVersion); "
          + "\(one.blas) with kernels for \(one.blasKernels); \(one.buildFlags); "
          + "revision \(one.revision), version \(one.packageVersion)")
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Terms of the tables, folded.
  private static let readingHelp = """
    <details><summary>How to read the tables</summary>
    <p>Results are values at the end of each run, which is one optimizer with one seed. Median and quartiles are over the seeds. \
    A run that diverged or failed counts as the worst.</p>
    <p>The 95 % interval of the mean is Student's interval, extended for skewed values. There is none for fewer than three \
    runs, if a run diverged, or if all runs end at the same value. Quartiles are no interval: half of the runs end between \
    them. <code>csv/summary.csv</code> also has an interval of the median.</p>
    </details>
    """

  private var colophon: String {
    var html = "<section id=\"environment\"><h2>Environment</h2>\n<dl class=\"facts\">\n"
    for fact in facts + environmentFacts {
      html += "<dt>\(HTMLText.escaped(fact.name))</dt><dd>\(HTMLText.escaped(fact.value))</dd>\n"
    }
    return html
      + """
      </dl>
      <p class="quiet">Timings depend on the machine; all other numbers are reproducible with the commands above. \
      <code>bench report</code> writes this page again from the store. Charts by <a href="https://www.chartjs.org">Chart.js</a> \
      (license in the page source).</p>
      </section>

      """
  }

  /// Content of a resource file of this module.
  private static func resource(_ name: String) throws(ReportError) -> String {
    let url = Bundle.module.resourceURL?.appendingPathComponent("page/\(name)")
    guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else {
      throw .cannotRead(
        path: url?.path ?? name,
        reason: "a resource file of the program is missing; build the program again")
    }
    return text
  }
}
