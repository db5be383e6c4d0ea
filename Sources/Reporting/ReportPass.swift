import Analysis
import Dispatch
import Records
import Synchronization

/// One pass over the scenarios of a report; of each scenario only small results are kept.
final class ReportPass {
  let contents: ReportContents
  /// `nil` if none are written, or those in their places hold the same scenarios.
  let tables: CSVReport?
  /// The identities of the tables in their places, if they hold the same scenarios.
  let unchangedTables: [String: FileIdentity]?
  private let keeper: Keeper?
  private let found: [String: Keeper.Found]
  private let fingerprints: [String: String]
  /// For the next report, without the places of rows.
  private(set) var kept: [KeptScenario] = []
  private(set) var digests: [ScenarioDigest] = []
  private(set) var charts: [ChartTask] = []
  private(set) var sections: [PageSection] = []
  private let jobs: Int
  private var askedByName: [String: ScenarioDigest] = [:]

  /// Of results in memory.
  init(_ contents: ReportContents, jobs: Int) {
    self.contents = contents
    self.jobs = jobs
    tables = contents.tables.map(CSVReport.init)
    unchangedTables = nil
    keeper = nil
    found = [:]
    fingerprints = [:]
  }

  /// Looks for what is kept of `scenarios`, and reads nothing yet.
  init(
    _ scenarios: [ScenarioRecord], from source: any ResultSource, _ contents: ReportContents,
    jobs: Int
  ) throws {
    self.contents = contents
    self.jobs = jobs
    keeper = Keeper(contents)
    var fingerprints: [String: String] = [:]
    var found: [String: Keeper.Found] = [:]
    if contents.keeping != nil {
      for scenario in scenarios {
        guard let fingerprint = try source.fingerprint(of: scenario) else { continue }
        fingerprints[scenario.name] = fingerprint
        found[scenario.name] = keeper?.find(scenario, fingerprint)
      }
    }
    self.fingerprints = fingerprints
    self.found = found
    unchangedTables =
      found.count == scenarios.count ? keeper?.identities(ifTablesHold: scenarios) : nil
    tables = unchangedTables == nil ? contents.tables.map(CSVReport.init) : nil
  }

  var asked: [ScenarioDigest] { contents.asked.compactMap { askedByName[$0.name] } }

  func read(_ scenario: ScenarioRecord, from source: any ResultSource) throws {
    if let found = found[scenario.name] { return reuse(found) }
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
      sections.append(PageSection(digest: digest, content: ScenarioSection(analysis).content))
    }
    if let fingerprint = fingerprints[scenario.name] {
      kept.append(
        KeptScenario(
          name: scenario.name, fingerprint: fingerprint, rows: [:], hasSection: contents.hasPage))
    }
    if let record = contents.asked.first(where: { $0.name == scenario.name }) {
      askedByName[record.name] = ScenarioDigest(analysis.restricted(to: record))
    }
  }

  private func reuse(_ found: Keeper.Found) {
    let digest = found.digest
    if let former = keeper?.tables {
      tables?.add(found.kept.rows, of: found.kept.name, from: former)
    }
    digests.append(digest)
    if let section = found.section {
      sections.append(PageSection(digest: digest, content: section))
    }
    kept.append(found.kept)
    askedByName[digest.scenario.name] = digest
  }

  /// Number of pictures that are there already.
  var unchangedCharts: Int {
    found.values.filter { contents.charts.contains($0.kept.name) }
      .reduce(0) { $0 + ($1.kept.charts?.pictures ?? 0) }
  }

  /// Scenarios whose results were read.
  var read: Set<String> { Set(digests.map(\.scenario.name)).subtracting(found.keys) }

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
