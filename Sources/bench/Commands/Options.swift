import ArgumentParser
import Foundation
import Reporting
import Scenarios

/// Where results lie.
struct OutputOptions: ParsableArguments {
  static let usual = "results"

  @Option(
    name: .long, help: ArgumentHelp("Where results are stored and reported.", valueName: "folder"))
  var out = Self.usual

  var storePath: String { "\(out)/store.sqlite" }

  /// - Throws: `Failure` where something that is no folder has that name.
  func checkFolder() throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
    guard !isThere || isFolder.boolValue else {
      throw Failure(
        status: .cannotWrite,
        message: "--out \(out): is a file; give a folder, which need not be there yet")
    }
  }

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out needs the name of a folder.") }
  }
}

/// How trials are run.
struct EngineOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Keys all random numbers.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    name: .long,
    help: ArgumentHelp("Trials that run at once (default: one per core).", valueName: "n"))
  var jobs: Int?

  var parallelism: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 1024.")
    }
  }
}

/// What to report, and how much to say.
struct ReportOptions: ParsableArguments {
  @Flag(name: .long, help: "Leaves charts out; gnuplot is not needed then.")
  var noCharts = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What charts are drawn as: png, svg or pdf; races are GIFs.", valueName: "format"))
  var chartFormat = ChartFormat.png

  @Flag(name: .long, help: "Prints nothing but errors.")
  var quiet = false
}

/// Where scenarios lie.
struct ScenarioOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where scenarios are looked up by name (default: BENCH_SCENARIOS, or scenarios/ here, or else the package's own).",
      valueName: "folder"))
  var scenarios: String?

  var library: ScenarioLibrary {
    ScenarioLibrary(folder: scenarioFolder, charts: .drawn)
  }

  private var scenarioFolder: String {
    if let folder = scenarios ?? environment("BENCH_SCENARIOS") { return folder }
    let files = FileManager.default
    if files.fileExists(atPath: "scenarios") { return "scenarios" }
    // Called from elsewhere: the package that this program was built in has some.
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

/// Where data lie.
struct DataOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A folder with MNIST's four IDX files, gzip or plain, in place of a data set's usual one (default: BENCH_DATA_DIR).",
      valueName: "folder"))
  var dataDir: String?

  var datasetDirectory: String? { dataDir ?? environment("BENCH_DATA_DIR") }
}

/// The value of an environment variable that is set and not empty.
private func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}

extension ChartNames {
  /// The charts that this program can draw.
  static let drawn = ChartNames(
    ChartCatalogue.all.map {
      Entry(
        name: $0.name, kinds: $0.kinds, needsLandscape: $0.needsLandscape,
        needsValidation: $0.needsValidation, needsGradientNorms: $0.needsGradientNorms,
        isUsual: $0.isUsual)
    })
}

extension ChartFormat: ExpressibleByArgument {}
