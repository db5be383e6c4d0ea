import Foundation
import GnuplotBridge
import Records
import Text

/// A gnuplot program.
package struct Gnuplot: Sendable {
  /// A path, or a name to find on `PATH`.
  package var program: String
  /// Seconds after which a process is killed; the slowest charts take ten.
  package var timeLimit = Self.standardTimeLimit

  package init(program: String) { self.program = program }

  /// Default of `timeLimit`, or the value of the environment variable `BENCH_GNUPLOT_SECONDS`.
  private static var standardTimeLimit: Double {
    let chosen = ProcessInfo.processInfo.environment["BENCH_GNUPLOT_SECONDS"].flatMap(Double.init)
    return chosen.flatMap { $0 > 0 && $0 < 1e9 ? $0 : nil } ?? 300
  }

  /// `gnuplot`, or the value of the environment variable `BENCH_GNUPLOT`.
  package static var standard: Gnuplot {
    let chosen = ProcessInfo.processInfo.environment["BENCH_GNUPLOT"] ?? ""
    return Gnuplot(program: chosen.isEmpty ? "gnuplot" : chosen)
  }

  /// How a process ended.
  enum Outcome {
    case drawn
    case missing(reason: String)
    /// It did not accept the script or the data.
    case refused(reason: String)
    case failed(reason: String)
  }

  /// Runs `script` in a process with `folder` as its working directory.
  /// - Parameter chart: Name of the chart in errors.
  package func run(_ script: String, in folder: String, chart: String) throws(ReportError) {
    switch outcome(of: script, in: folder) {
    case .drawn: return
    case .missing(let reason): throw .gnuplotUnavailable(program: program, reason: reason)
    case .refused(let reason), .failed(let reason):
      throw .gnuplotFailed(chart: chart, reason: reason)
    }
  }

  func outcome(of script: String, in folder: String) -> Outcome {
    var result = bench_gnuplot_result()
    var script = script
    script.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        bench_gnuplot_run(
          absoluteProgram, folder, characters.baseAddress, characters.count, timeLimit, &result)
      }
    }
    let message = withUnsafeBytes(of: result.message) {
      Self.compact(String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)).visible
    }
    func explained(_ reason: String) -> String {
      message.isEmpty ? reason : "\(reason): \(message)"
    }
    let reason: String
    switch result.outcome {
    case BENCH_GNUPLOT_DONE: return .drawn
    case BENCH_GNUPLOT_MISSING: return .missing(reason: systemMessage(result.code))
    case BENCH_GNUPLOT_FAILED: return .refused(reason: explained("exit status \(result.code)"))
    case BENCH_GNUPLOT_KILLED:
      reason = "killed by signal \(result.code) (\(String(cString: strsignal(result.code))))"
    case BENCH_GNUPLOT_TIMED_OUT:
      reason =
        "it was stopped after \(timeLimit.shortest) s; set BENCH_GNUPLOT_SECONDS to allow more time"
    case BENCH_GNUPLOT_STOPPED_READING: reason = "it stopped reading before the end of the script"
    default: reason = "it could not be started: \(systemMessage(result.code))"
    }
    return .failed(reason: explained(reason))
  }

  /// Kills every gnuplot process of this one, and later ones as they start.
  package static func killAll() { bench_gnuplot_kill_all() }

  /// The process has another working directory, so a relative path must become absolute.
  private var absoluteProgram: String {
    program.contains("/") && !program.hasPrefix("/")
      ? FileManager.default.currentDirectoryPath + "/" + program : program
  }

  /// gnuplot's error message on one line, without the echoed script and the caret.
  private static func compact(_ message: String) -> String {
    message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && $0 != "^" && !$0.hasPrefix("gnuplot>") }.suffix(4).joined(
        separator: "; ")
  }
}
