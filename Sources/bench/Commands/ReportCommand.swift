import ArgumentParser
import Foundation
import Parameters
import Records
import Scenarios

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes tables, charts and the HTML report again from the store.",
    discussion: """
        bench report                          everything in results/
        bench report --chart-format pdf       with charts for a paper
        bench report saddle --out saddle      one scenario of the store in saddle/

      Every trial is read anew; 'bench run' reads only the scenarios whose results changed. Scenario files and data sets \
      are not needed. To restyle a chart, edit NAME.gp next to it and run 'gnuplot NAME.gp' in its folder.
      """)

  @Argument(
    help:
      "Scenarios to report on (default: all in the store); tables and report then contain only these."
  )
  var scenario: [String] = []

  @OptionGroup var output: OutputOptions
  @OptionGroup var reporting: ReportOptions

  func run() async throws {
    try await Failure.reported {
      try output.checkFolder()
      let store = try Store.reading(output.storePath)
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
        cancellation: Interruption.shared.held(), scope: scenario.isEmpty ? nil : scenario,
        reuses: false)
      let isComplete = try writer.write(
        chartsOf: scenario.isEmpty ? names : scenario)
      if !isComplete {
        throw Failure(status: .interrupted, message: "interrupted; some charts are missing")
      }
    }
  }
}
