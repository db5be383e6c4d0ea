import ArgumentParser
import Foundation
import Text

@main
enum Program {
  static func main() async {
    // Before any code that was compiled for vectors runs.
    let processor = Checkup.processor()
    guard processor.verdict == .ok else {
      StandardError.write("\(processor.finding): \(processor.remedy)")
      exit(ExitStatus.unavailable.rawValue)
    }
    StandardStreams.secure()
    Interruption.shared.start()
    let words = HomePath.expanded(words: Array(CommandLine.arguments.dropFirst()))
    if let mistake = MistypedCommand(words) { fail(with: mistake.message) }
    var command: any ParsableCommand
    do {
      command = try Bench.parseAsRoot(words)
    } catch {
      if let mistake = MistypedOption(words, complaint: Bench.message(for: error)) {
        fail(with: mistake.message)
      }
      end(with: error)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// As the parser would: help and version to standard output, complaints to standard error. These repeat words of the command
  /// line, which may be names of files.
  private static func end(with error: any Error) -> Never {
    var status = Bench.exitCode(for: error)
    let text = Bench.fullMessage(for: error)
    if !text.isEmpty {
      if status.isSuccess { StandardOutput.write(text) } else { StandardError.write(text) }
    }
    if status.isSuccess, (try? StandardOutput.check()) == nil {
      status = ExitStatus.cannotWrite.code
    }
    exit(status.rawValue)
  }

  private static func fail(with message: String) -> Never {
    StandardError.write(message)
    exit(ExitStatus.usage.rawValue)
  }
}

struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Compares gradient-descent optimizers on the same problems.",
    discussion: """
      A scenario is a YAML file with a problem, a budget and the optimizers to compare. All of its optimizers start from \
      the same parameters and see the same batches. Results are stored; tables, charts and an HTML report are written \
      from them.

        bench run saddle            runs one scenario; then open results/report.html
        bench run --all --quick     all scenarios with small budgets
        bench run --all             all scenarios
        bench list                  available scenarios, optimizers, surfaces …
        bench list adam             one of them in detail
        bench run saddle --set adam.learning_rate=0.1    with another setting

      'bench COMMAND --help' explains a command and its options.

      Results go to standard output, progress and messages to standard error.
      Exit status: 0 done; 1 a regression or a failed verification; 64 usage; 65 bad scenario or data; 66 no such input; \
      69 something needed is unavailable; 74 a file could not be written; 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, ListCommand.self, TuneCommand.self, ReportCommand.self, CompareCommand.self,
      CheckCommand.self, VerifyCommand.self, BasinsCommand.self, SpeedCommand.self,
      DoctorCommand.self,
    ])
}
