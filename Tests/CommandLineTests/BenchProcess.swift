import Foundation
import Subprocess
import TestSupport

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// What a run of the program came to.
struct BenchResult {
  /// Exit status; negative for the signal that ended it.
  var status: Int
  var output: String
  var errors: String

  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// The program as it was built, run as a process of its own.
struct BenchProcess {
  /// Where it is run.
  var folder: TemporaryFolder
  var environment: [String: String] = [:]

  /// Beside the test bundle.
  static let program: String =
    ProcessInfo.processInfo.environment["BENCH_EXECUTABLE"]
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("bench").path

  /// The package's own scenarios.
  static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")
    .path

  func run(_ arguments: String...) async throws -> BenchResult { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> BenchResult {
    let result = try await Subprocess.run(
      .path(FilePath(Self.program)), arguments: Arguments(arguments), environment: updated,
      workingDirectory: FilePath(folder.path), output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20))
    return BenchResult(
      status: Self.number(result.terminationStatus), output: result.standardOutput,
      errors: result.standardError)
  }

  /// Sends an interrupt as soon as standard error holds `text`.
  func run(_ arguments: [String], interruptedAt text: String) async throws -> BenchResult {
    let result = try await Subprocess.run(
      .path(FilePath(Self.program)), arguments: Arguments(arguments), environment: updated,
      workingDirectory: FilePath(folder.path), input: .none, output: .string(limit: 1 << 24),
      error: .sequence
    ) { execution in
      var lines: [String] = []
      for try await line in execution.standardError.strings() {
        lines.append(line)
        if line.contains(text) { try execution.send(signal: .interrupt) }
      }
      return lines.joined(separator: "\n")
    }
    return BenchResult(
      status: Self.number(result.terminationStatus), output: result.standardOutput,
      errors: result.closureResult)
  }

  private var updated: Environment {
    // Whatever the caller's shell says about bench must not decide a test.
    var values: [Environment.Key: String?] = [
      "BENCH_SCENARIOS": nil, "BENCH_DATA_DIR": nil, "BENCH_GNUPLOT": nil,
    ]
    for (name, value) in environment { values[Environment.Key(stringLiteral: name)] = value }
    return .inherit.updating(values)
  }

  private static func number(_ status: TerminationStatus) -> Int {
    switch status {
    case .exited(let code): Int(code)
    case .signaled(let signal): -Int(signal)
    }
  }
}

extension BenchProcess {
  /// The names in the help's list of subcommands.
  func subcommands() async throws -> [String] {
    let help = try await run("--help").output
    return help.matches(of: #/(?m)^(?:[A-Z ]+ )?SUBCOMMANDS:\n((?:  +.*\n)+)/#).flatMap { section in
      section.output.1.matches(of: #/(?m)^  ([a-z][a-z-]*)(?: |$)/#).map { String($0.output.1) }
    }
  }
}
