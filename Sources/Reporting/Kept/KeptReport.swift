import Analysis
import Foundation
import Records

/// What the last report left in its folder, so that scenarios whose results did not change are neither read nor analyzed again.
///
/// Each scenario is kept with a fingerprint of its record and trials. Its rows are copied from the tables, which are recognized by
/// their identity; charts are recognized likewise. Whatever is missing, damaged or of another version of the program counts as
/// not kept.
struct KeptReport: Codable {
  /// What wrote it; another version may analyze otherwise.
  var program: String
  /// The tables with rows of each scenario, by the name of the file.
  var tables: [String: FileIdentity] = [:]
  /// In the order of the tables.
  var scenarios: [KeptScenario] = []

  static let file = "report.json"

  static func load(from folder: String, program: String) -> KeptReport? {
    guard
      let data = FileManager.default.contents(atPath: "\(folder)/\(file)"),
      let kept = try? decoder.decode(KeptReport.self, from: data), kept.program == program
    else { return nil }
    return kept
  }

  /// - Parameters:
  ///   - findings: By scenario, as the sections; those of other scenarios stay as they are.
  func save(
    to folder: String, findings: [String: ScenarioDigest.Findings],
    sections: [String: PageSection.Content]
  ) throws {
    try makeFolder(folder)
    StaleStaging.sweep(folder)
    for (scenario, findings) in findings {
      try Self.write(findings, to: "\(folder)/\(Self.findingsFile(of: scenario))")
    }
    for (scenario, section) in sections {
      try Self.write(section, to: "\(folder)/\(Self.sectionFile(of: scenario))")
    }
    let names = Set(
      scenarios.flatMap { [Self.findingsFile(of: $0.name), Self.sectionFile(of: $0.name)] }
        + [Self.file])
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(".json") && !names.contains(name) {
      unlink("\(folder)/\(name)")
    }
    try Self.write(self, to: "\(folder)/\(Self.file)")
  }

  static func findings(of scenario: String, in folder: String) -> ScenarioDigest.Findings? {
    FileManager.default.contents(atPath: "\(folder)/\(findingsFile(of: scenario))").flatMap {
      try? decoder.decode(ScenarioDigest.Findings.self, from: $0)
    }
  }

  static func section(of scenario: String, in folder: String) -> PageSection.Content? {
    FileManager.default.contents(atPath: "\(folder)/\(sectionFile(of: scenario))").flatMap {
      try? decoder.decode(PageSection.Content.self, from: $0)
    }
  }

  // The names of scenarios need not be names of files.
  private static func findingsFile(of scenario: String) -> String {
    "findings-\(String(fnv1a(scenario), radix: 16)).json"
  }

  private static func sectionFile(of scenario: String) -> String {
    "section-\(String(fnv1a(scenario), radix: 16)).json"
  }

  private static func write(_ value: some Encodable, to path: String) throws {
    let file = try WholeFile(path: path)
    try file.output.append([UInt8](encoder.encode(value)))
    try file.finish()
    try file.commit()
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

/// A scenario of a report.
struct KeptScenario: Codable {
  var name: String
  /// Of its record and trials.
  var fingerprint: String
  /// Bytes of its rows in the tables, by the name of the file.
  var rows: [String: Range<Int>]
  var hasSection: Bool
  /// The files of its charts; `nil` unless all that can be drawn are there.
  var charts: KeptCharts?
}

/// Charts in the folder of a scenario.
struct KeptCharts: Codable {
  var format: ChartFormat
  /// By the name of the file.
  var files: [String: FileIdentity]

  /// The charts of `scenario` that are in its folder.
  init(of scenario: ScenarioRecord, in folder: String, format: ChartFormat) {
    self.format = format
    files = [:]
    let suffixes = ["dat", "gp", "gif"] + ChartFormat.allCases.map(\.rawValue)
    for name in scenario.charts.flatMap({ chart in suffixes.map { "\(chart).\($0)" } }) {
      files[name] = FileIdentity(at: "\(folder)/\(scenario.name)/\(name)")
    }
  }

  var pictures: Int {
    let scripts = files.keys.filter { $0.hasSuffix(".gp") }
    return scripts.count
  }

  /// Whether all files are as they were.
  func areThere(in folder: String, of scenario: String) -> Bool {
    files.allSatisfy { FileIdentity(at: "\(folder)/\(scenario)/\($0.key)") == $0.value }
  }
}
