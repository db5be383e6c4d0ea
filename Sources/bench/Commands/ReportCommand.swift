import ArgumentParser
import Foundation
import Parameters
import Records
import Scenarios

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes tables and draws charts again, from what is stored.",
    discussion: """
      Needs neither scenario files nor data sets: the store holds all that a report tells. Beside each chart lie its \
      script and data, so that 'gnuplot NAME.gp' in its folder draws it again after an edit.
      """)

  @Argument(
    help:
      "Scenarios to report on (default: all in the store); tables and page then tell of these alone."
  )
  var scenario: [String] = []

  @OptionGroup var output: OutputOptions
  @OptionGroup var reporting: ReportOptions

  func run() async throws {
    try await Failure.reported {
      let interruption = Interruption()
      try output.checkFolder()
      let store = try Store(existingAt: output.storePath)
      let names = try store.scenarioNames()
      for name in scenario where !names.contains(name) {
        throw Failure(
          status: .noInput,
          message:
            "no scenario '\(name)' in \(output.storePath)\(NearestName.hint(for: name, among: names))"
        )
      }
      let writer = ReportWriter(
        store: store, output: output, reporting: reporting,
        jobs: ProcessInfo.processInfo.activeProcessorCount,
        cancellation: interruption.flag, scope: scenario.isEmpty ? nil : scenario)
      let isComplete = try writer.write(
        chartsOf: scenario.isEmpty ? names : scenario)
      if !isComplete {
        throw Failure(status: .interrupted, message: "interrupted; some charts are missing")
      }
    }
  }
}
