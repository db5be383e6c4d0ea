import ArgumentParser
import Foundation
import Reporting
import Scenarios
import Text

/// Where results are written.
struct OutputOptions: ParsableArguments {
  static let usual = "results"

  @Option(
    name: .long,
    help: ArgumentHelp("Folder of the store, tables, charts and report.", valueName: "folder"))
  var out = Self.usual

  var storePath: String { "\(out)/store.sqlite" }

  /// - Throws: `Failure` where something that is no folder has that name.
  func checkFolder() throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
    guard !isThere || isFolder.boolValue else {
      throw Failure(
        status: .cannotWrite,
        message: "--out \(out): is a file; give a folder (it will be created)")
    }
  }

  /// Creates the folder and those above it.
  func createFolder() throws {
    let path = out.hasPrefix("/") ? "/" : ""
    let parts = out.split(separator: "/")
    for count in parts.indices.map({ $0 + 1 }) {
      let folder = path + parts.prefix(count).joined(separator: "/")
      guard mkdir(folder, 0o777) != 0, errno != EEXIST, errno != EISDIR else { continue }
      // A folder that is there, on a file system that may not be written to, is no failure.
      let reason = String(cString: strerror(errno))
      guard !FileManager.default.fileExists(atPath: folder) else { continue }
      throw Failure(
        status: .cannotWrite, message: "--out \(out): cannot create the folder: \(reason)")
    }
  }

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out needs the name of a folder.") }
  }
}

/// How trials are run.
struct EngineOptions: ParsableArguments {
  /// The seed unless another one is given.
  static let usualSeed: UInt64 = 1

  @Option(name: .long, help: ArgumentHelp("Base random seed.", valueName: "number"))
  var seed = EngineOptions.usualSeed

  @Option(
    name: .long,
    help: ArgumentHelp("Trials to run at the same time (default: one per core).", valueName: "n"))
  var jobs: Int?

  var parallelism: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 1024.")
    }
  }
}

/// What to draw and print.
struct ReportOptions: ParsableArguments {
  @Flag(name: .long, help: "Skip charts (gnuplot not needed).")
  var noCharts = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Format of the charts: png, svg or pdf; races are always GIFs.", valueName: "format"))
  var chartFormat = ChartFormat.png

  @Flag(name: .long, help: "Print nothing but errors.")
  var quiet = false
}

/// Where scenarios are.
struct ScenarioOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder of the scenarios (default: BENCH_SCENARIOS, or scenarios/ here, or else the package's own).",
      valueName: "folder"))
  var scenarios: String?

  var library: ScenarioLibrary { Self.library(in: scenarios) }

  /// - Parameter folder: as given to `--scenarios`.
  static func library(in folder: String? = nil) -> ScenarioLibrary {
    ScenarioLibrary(folder: folder ?? standardFolder, charts: .drawn)
  }

  private static var standardFolder: String {
    if let folder = environment("BENCH_SCENARIOS") { return folder }
    let files = FileManager.default
    if files.fileExists(atPath: "scenarios") { return "scenarios" }
    // Elsewhere, those of the package that this program was built in.
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("scenarios").path
      let manifest = folder.appendingPathComponent("Package.swift").path
      if files.fileExists(atPath: manifest), files.fileExists(atPath: candidate) {
        return candidate
      }
    }
    return "scenarios"
  }
}

/// Where data sets are.
struct DataOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder with four IDX files as of MNIST, gzip or plain, instead of a data set's usual folder (default: BENCH_DATA_DIR).",
      valueName: "folder"))
  var dataDir: String?

  var datasetDirectory: String? { dataDir ?? environment("BENCH_DATA_DIR") }
}

/// The path in an environment variable that is set and not empty.
private func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : HomePath.expanded($0) }
}

extension ChartNames {
  /// The charts that this program can draw.
  static let drawn = ChartNames(
    ChartCatalogue.all.map { Entry(name: $0.name, needs: $0.needs, isUsual: $0.isUsual) })
}

extension ChartFormat: ExpressibleByArgument {}
