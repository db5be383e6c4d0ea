import ArgumentParser
import Foundation
import Problems
import Speed

struct SpeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Times kernels, surfaces and networks on one thread.",
    discussion: """
      step/OPTIMIZER/N: nanoseconds per parameter of one step over N parameters in Float. Beside it the roof: the time of a loop \
      that reads and writes the same streams and computes nothing, measured right after.
      surface/SURFACE/OPTIMIZER: nanoseconds per iteration (loss, gradient, step) of a point in Double.
      network/MODEL/OPTIMIZER: training samples per second, batches of 128, 28×28 inputs, Float.

      Each figure is the median of several rounds. Compare figures of one run on one machine only.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv
  }

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case step, surface, network
  }

  @Option(name: .long, help: "Only one kind of case.")
  var only: Kind?

  @Flag(name: .long, help: "Fewer sizes and rounds.")
  var quick = false

  @Option(
    name: .long,
    help: "CSV has the columns case,unit,median,min,max and roofs in rows of their own.")
  var format = Format.table

  func run() async throws {
    try await Failure.reported { try measure() }
  }

  private func measure() throws {
    OpenBLAS.useOneThread()
    let kinds = SpeedCase.Kind.allCases.filter { only == nil || $0.rawValue == only?.rawValue }
    let cases = SpeedCase.all(kinds, quick: quick)
    var table = TextTable(columns: ["case", "unit", "median", "min", "max", "roof", "of roof"])
    if format == .csv { try StandardOutput.write("case,unit,median,min,max") }
    for (index, one) in cases.enumerated() {
      if StandardError.isTerminal {
        StandardError.redraw("\(index + 1)/\(cases.count)  \(one.name)")
      }
      let result = one.run(rounds: quick ? 3 : 5)
      switch format {
      case .csv:
        try StandardOutput.write(Self.row(result.name, result.unit, result.samples))
        if let roof = result.roof {
          try StandardOutput.write(
            Self.row(result.name.replacing("step/", with: "roof/"), result.unit, roof))
        }
      case .table:
        let roof = result.roof.map(\.median)
        table.add(
          [result.name, result.unit.rawValue]
            + [result.samples.median, result.samples.least, result.samples.greatest]
            .map(Self.short) + [
              roof.map(Self.short) ?? "",
              roof.map { String(format: "%.2f", result.samples.median / $0) } ?? "",
            ])
      }
    }
    if StandardError.isTerminal { StandardError.redraw("") }
    if format == .table { try StandardOutput.write(table.text) }
  }

  private static func short(_ value: Double) -> String { String(format: "%.4g", value) }

  private static func row(_ name: String, _ unit: SpeedCase.Unit, _ samples: Speed.Samples)
    -> String
  {
    ([name, unit.rawValue]
      + [samples.median, samples.least, samples.greatest].map { String(format: "%.6g", $0) })
      .joined(separator: ",")
  }
}
