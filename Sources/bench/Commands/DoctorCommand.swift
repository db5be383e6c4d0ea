import ArgumentParser
import Foundation
import Records
import Reporting
import Text

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Shows what is installed, what is missing and the command that fixes it.",
    discussion:
      "Draws a chart and loads every data set as a check. Exit status 69 if something is missing.")

  @OptionGroup var input: ScenarioOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Failure.reported {
      let checks =
        [
          Checkup.processor(), Checkup.linearAlgebra(), Checkup.gnuplot(),
          Checkup.scenarios(input.library), Checkup.store(at: output.storePath),
          Checkup.folder(output.out),
        ] + Checkup.datasets(directory: data.datasetDirectory)
      var table = TextTable(columns: ["", "what", "found"])
      for check in checks { table.add([check.verdict.rawValue, check.subject, check.finding]) }
      StandardOutput.write(table.text)
      for check in checks where check.verdict == .missing {
        StandardError.write("\(check.subject): \(check.remedy)")
      }
      if checks.contains(where: { $0.verdict == .missing }) { throw ExitStatus.unavailable.code }
    }
  }
}
