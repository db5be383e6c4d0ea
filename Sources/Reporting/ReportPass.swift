import Analysis
import Dispatch
import Records
import Synchronization

/// One pass over the scenarios of a report; of each scenario only small results are kept.
final class ReportPass {
  let contents: ReportContents
  let tables: CSVReport?
  private(set) var digests: [ScenarioDigest] = []
  private(set) var charts: [ChartTask] = []
  private(set) var sections: [PageSection] = []
  private let jobs: Int
  private var askedByName: [String: ScenarioDigest] = [:]

  init(_ contents: ReportContents, jobs: Int) {
    self.contents = contents
    self.jobs = jobs
    tables = contents.tables.map(CSVReport.init)
  }

  var asked: [ScenarioDigest] { contents.asked.compactMap { askedByName[$0.name] } }

  func read(_ scenario: ScenarioRecord, from source: any ResultSource) throws {
    let tables = tables
    let wantsRows = tables != nil
    add(
      try ScenarioReading.read(scenario, from: source, jobs: jobs) { part in
        wantsRows ? SeriesReport.rows(of: part) : []
      } receive: { rows in
        tables?.addSeries(rows)
      })
  }

  func add(_ result: ScenarioResult) {
    tables?.addSeries(SeriesReport.rows(of: result))
    add(ScenarioAnalysis(result))
  }

  private func add(_ analysis: ScenarioAnalysis) {
    let scenario = analysis.scenario
    tables?.add(analysis)
    if contents.charts.contains(scenario.name) { charts += drawn(analysis) }
    let digest = ScenarioDigest(analysis)
    digests.append(digest)
    if contents.hasPage {
      sections.append(ScenarioSection(analysis, index: sections.count).written(digest))
    }
    if let record = contents.asked.first(where: { $0.name == scenario.name }) {
      askedByName[record.name] = ScenarioDigest(analysis.restricted(to: record))
    }
  }

  /// Charts of the scenario, written as scripts and data on several threads.
  private func drawn(_ analysis: ScenarioAnalysis) -> [ChartTask] {
    let names = ChartCatalogue.slowestFirst(analysis.scenario.charts)
    let drawings = Mutex<[Int: Result<Drawing?, CannotDraw>]>([:])
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, names.count))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < names.count else { return }
        let drawing = Self.drawing(names[index], analysis)
        drawings.withLock { $0[index] = drawing }
      }
    }
    return drawings.withLock { drawings in
      names.enumerated().compactMap { index, name in
        drawings[index].map {
          ChartTask(folder: analysis.scenario.name, chart: name, drawing: $0)
        }
      }
    }
  }

  private static func drawing(
    _ name: String, _ analysis: ScenarioAnalysis
  ) -> Result<Drawing?, CannotDraw> {
    Result { () throws(CannotDraw) in
      guard let chart = ChartCatalogue.chart(named: name) else {
        let names = ChartCatalogue.all.map(\.name).joined(separator: ", ")
        throw CannotDraw(reason: "unknown chart (available: \(names))")
      }
      return try chart.draw(analysis)
    }
  }
}
