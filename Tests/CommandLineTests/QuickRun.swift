import Foundation
import TestSupport
import Testing

/// `bench run --all --quick` over the package's scenarios, and what it left.
struct QuickRun: SharedRun {
  @TaskLocal private static var held: QuickRun?
  static var local: TaskLocal<QuickRun?> { $held }

  /// Networks take minutes in a debug build.
  #if DEBUG
    static let isWorthwhile = ProcessInfo.processInfo.environment["BENCH_EXECUTABLE"] != nil
  #else
    static let isWorthwhile = true
  #endif

  let folder: TemporaryFolder
  /// Of every scenario that `--all` runs, by name.
  let scenarios: [QuickScenario]
  let runs, summary, curves, trajectories, ewma: CSVTable

  init() async throws {
    let folder = try TemporaryFolder()
    let bench = BenchProcess(folder: folder)
    let result = try await bench.run(
      "run", "--all", "--quick", "--out", "quick", "--scenarios", BenchProcess.scenarios)
    try #require(result.status == 0, "\(result.errors)")
    self.folder = folder
    scenarios = try await QuickScenario.all(by: bench)
    func table(_ name: String) throws -> CSVTable {
      try CSVTable(path: folder.file("quick/csv/\(name).csv"))
    }
    runs = try table("runs")
    summary = try table("summary")
    curves = try table("curves")
    trajectories = try table("trajectories")
    ewma = try table("ewma")
  }

  func file(_ name: String) -> String { folder.file("quick/\(name)") }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file(name)))
  }
}

/// What a scenario's file and `bench list scenarios` say of it.
struct QuickScenario: Sendable {
  var name: String
  /// One run per optimizer and variant: `--quick` has one seed.
  var runs: Int
  var charts: [String]
  private var text: String

  var hasSurface: Bool { text.contains(#/(?m)^ *surface:/#) }
  var hasNetwork: Bool { text.contains(#/(?m)^ *network:/#) }
  /// Its loss has no lowest value.
  var isUnbounded: Bool { text.contains(#/(?m)^ *surface: (?:monkey_)?saddle$/#) }

  private struct Listed: Decodable {
    var name: String
    var runs, seeds: Number
  }

  /// A number, or its digits.
  private struct Number: Decodable {
    var value: Int

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        value = try #require(Int(text), "'\(text)' is no number")
      } else {
        value = try container.decode(Int.self)
      }
    }
  }

  /// All that are not marked long.
  static func all(by bench: BenchProcess) async throws -> [QuickScenario] {
    let list = try await bench.run(
      "list", "scenarios", "--scenarios", BenchProcess.scenarios, "--format", "json")
    let listed = try JSONDecoder().decode([Listed].self, from: Data(list.output.utf8))
    let files = try FileManager.default.contentsOfDirectory(atPath: BenchProcess.scenarios)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    return try files.compactMap { file in
      let text = try String(contentsOfFile: "\(BenchProcess.scenarios)/\(file)", encoding: .utf8)
      guard !text.contains(#/(?m)^long: *true/#) else { return nil }
      let name = String(file.dropLast(".yaml".count))
      let entry = try #require(listed.first { $0.name == name }, "\(name) is not listed")
      let charts = try #require(
        text.firstMatch(of: #/(?m)^charts: *\[(.*)\]/#), "\(name) names no charts")
      return QuickScenario(
        name: name, runs: entry.runs.value / entry.seeds.value,
        charts: charts.output.1.split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        },
        text: text)
    }
  }
}
