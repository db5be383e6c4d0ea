import Analysis
import Foundation
import Records

extension Report {
  /// Writes one self-contained page: tables, interactive charts, and the pictures in `charts` as far as there is room.
  ///
  /// - Parameters:
  ///   - path: File of the page, such as `results/report.html`.
  ///   - charts: Folder of drawn charts, relative to the folder of the page; `nil` for none.
  ///   - facts: Facts about the machine and the program that wrote the page.
  /// - Throws: `ReportError`; an existing page is then unchanged.
  package func writePage(to path: String, charts: String?, facts: [PageFact])
    throws(ReportError)
  {
    let folder = (path as NSString).deletingLastPathComponent
    try makeFolder(folder.isEmpty ? "." : folder)
    StaleStaging.sweep(folder.isEmpty ? "." : folder)
    let limit = charts.map { largestPicture(beside: folder, in: $0) } ?? 0
    var pictures: [String: [PagePicture]] = [:]
    var suitePictures: [PagePicture] = []
    if let charts {
      // One scenario has nothing to compare: charts in that folder belong to several.
      if sections.count >= 2 {
        suitePictures = ReportPage.pictures(
          SuiteCharts.all.map {
            ($0.name, Self.caption($0.summary, $0.takeaway(suite.comparison)))
          },
          in: "\(charts)/\(SuiteCharts.folder)", from: folder, upTo: limit)
      }
      for section in sections {
        let scenario = section.digest.scenario
        pictures[section.anchor] = ReportPage.pictures(
          ReportPage.pictureNames(of: scenario).map {
            (
              $0,
              Self.caption(
                ChartCatalogue.chart(named: $0)?.summary ?? TuningCharts.summary(of: $0),
                section.takeaways[$0])
            )
          }, in: "\(charts)/\(scenario.name)", from: folder, upTo: limit)
      }
    }
    let file = try WholeFile(path: path)
    try ReportPage(
      suite: suite, sections: sections, pictures: pictures, suitePictures: suitePictures,
      facts: facts
    ).write(to: file.output)
    try file.finish()
    try file.checkPlace()
    try file.commit()
  }

  /// What a chart shows, then what it says of these results.
  private static func caption(_ summary: String, _ takeaway: String?) -> String {
    takeaway.map { "\(summary.capitalizedFirst). \($0)" } ?? summary.capitalizedFirst
  }

  /// Size in bytes of the largest picture to embed: small ones come first, so that as many as possible fit.
  private func largestPicture(beside folder: String, in charts: String) -> Int {
    let paths =
      SuiteCharts.all.map { "\(charts)/\(SuiteCharts.folder)/\($0.name)" }
      + suite.scenarios.map(\.scenario).flatMap { scenario in
        ReportPage.pictureNames(of: scenario).map { "\(charts)/\(scenario.name)/\($0)" }
      }
    let files = paths.flatMap { path in PagePicture.embedded.map { "\(path).\($0)" } }
    let sizes = files.compactMap {
      let path = folder.isEmpty ? $0 : "\(folder)/\($0)"
      return (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    }.sorted()
    var room = ReportPage.roomForPictures
    var largest = 0
    for size in sizes where size <= room {
      room -= size
      largest = size
    }
    return largest
  }
}
