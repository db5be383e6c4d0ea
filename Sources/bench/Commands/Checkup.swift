import Datasets
import Foundation
import Networks
import Optimizers
import Records
import Reporting
import Scenarios

/// One thing that a run needs or may use, and how it was found.
struct Checkup {
  enum Verdict: String {
    case ok
    case missing = "MISSING"
    /// Not there, and not needed by what ships.
    case optional
  }

  var verdict: Verdict
  var subject: String
  var finding: String
  /// What to do when missing.
  var remedy = ""

  static func processor() -> Checkup {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    func field(_ name: String) -> String? {
      lines.split(separator: "\n").first { $0.hasPrefix(name) }?
        .split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let model = "\(field("model name") ?? "unknown"), \(cores) cores"
    let flags = Set((field("flags") ?? "").split(separator: " ").map(String.init))
    let lacking = InstructionLevel.requiredFlags.filter { !flags.contains($0) }
    guard lacking.isEmpty else {
      return Checkup(
        verdict: .missing, subject: "processor",
        finding: "\(model) without \(lacking.joined(separator: ", "))",
        remedy: "build again on this machine, or for every machine with BENCH_MARCH=x86-64")
    }
    return Checkup(
      verdict: .ok, subject: "processor",
      finding: "\(model); kernels use vectors of \(InstructionLevel.vectorBits) bits")
  }

  static func linearAlgebra() -> Checkup {
    Checkup(
      verdict: .ok, subject: "OpenBLAS",
      finding: "kernels for \(OpenBLAS.coreName), one thread per trial")
  }

  static func gnuplot() -> Checkup {
    do throws(ReportError) {
      return Checkup(verdict: .ok, subject: "gnuplot", finding: try GnuplotProbe.draw())
    } catch {
      return Checkup(
        verdict: .missing, subject: "gnuplot", finding: "\(error)",
        remedy: "apt-get install gnuplot-nox (or leave charts out with --no-charts)")
    }
  }

  static func scenarios(_ library: ScenarioLibrary) -> Checkup {
    do throws(ScenarioError) {
      let count = try library.all().count
      return Checkup(verdict: .ok, subject: "scenarios", finding: "\(count) in \(library.folder)")
    } catch {
      return Checkup(
        verdict: .missing, subject: "scenarios", finding: error.description,
        remedy: "name a folder of valid scenarios with --scenarios")
    }
  }

  static func store(at path: String) -> Checkup {
    do throws(StoreError) {
      let scenarios = try Store.reading(path).scenarios()
      return Checkup(
        verdict: .ok, subject: "store", finding: "\(path) holds \(scenarios.count) scenarios")
    } catch {
      if case .noResults = error {
        return Checkup(verdict: .optional, subject: "store", finding: "\(path): none yet")
      }
      return Checkup(
        verdict: .missing, subject: "store", finding: error.description,
        remedy: "move \(path) away, or use another --out")
    }
  }

  /// Whether results can be written, without leaving anything behind.
  static func folder(_ path: String) -> Checkup {
    var folder = URL(fileURLWithPath: path)
    while !FileManager.default.fileExists(atPath: folder.path), folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    let probe = folder.appendingPathComponent(".bench-\(UUID().uuidString)")
    do {
      try Data("probe".utf8).write(to: probe)
      try FileManager.default.removeItem(at: probe)
      return Checkup(verdict: .ok, subject: "results", finding: "\(path) can be written")
    } catch {
      return Checkup(
        verdict: .missing, subject: "results", finding: "\(folder.path) cannot be written",
        remedy: "use another --out")
    }
  }

  static func datasets(directory: String?) -> [Checkup] {
    DatasetCatalogue.entries.map { entry in
      let subject = "data set \(entry.name)"
      do throws(DatasetError) {
        let data = try DatasetCatalogue.load(entry.name, directory: directory)
        return Checkup(
          verdict: .ok, subject: subject,
          finding: "\(data.train.count) + \(data.test.count) samples")
      } catch {
        let isNeeded = entry.isEmbedded || entry.debianPackage != nil
        return Checkup(
          verdict: isNeeded || !error.isMissing ? .missing : .optional, subject: subject,
          finding: error.description,
          remedy: entry.debianPackage.map { "apt-get install \($0)" }
            ?? (entry.isEmbedded ? "build the package again" : "name its folder with --data-dir"))
      }
    }
  }
}
