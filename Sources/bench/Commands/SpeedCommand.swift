import ArgumentParser
import Datasets
import Foundation
import Networks
import Reporting
import Running
import Speed
import Text

struct SpeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Times optimizer steps, surfaces and networks.",
    discussion: """
        bench speed --only step/adam              one optimizer, all sizes
        bench speed --only step --chart steps.png
        bench speed --format csv

      step/OPTIMIZER/N: nanoseconds per parameter of one step over N parameters in single precision. Next to it the \
      memory-bandwidth limit: the time of a loop that reads and writes the same arrays and computes nothing, measured right \
      after.
      step/OPTIMIZER/mlp: the same over the tensors of a 784-1000-500-100-10 network, for rules that multiply matrices.
      surface/SURFACE/OPTIMIZER: nanoseconds per iteration (loss, gradient, step) of one point in double precision.
      network/MODEL/OPTIMIZER: training samples per second, batches of 128, 28×28 inputs, single precision.

      Each figure is the median of several rounds. Compare only figures from the same run on the same machine.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv
  }

  @Option(
    name: .long,
    help:
      "Only these cases, separated by commas: a kind or the beginning of a name, as in step/adam or step/adam/1000."
  )
  var only: String?

  @Option(
    name: .long,
    help: "Threads for steps over many parameters; everything else is timed on one thread.")
  var threads = 1

  @Flag(name: .long, help: "Fewer sizes and rounds.")
  var quick = false

  @Option(
    name: .long,
    help:
      "Output format; CSV has the columns case,unit,median,min,max, with bandwidth limits in separate rows (roof/…)."
  )
  var format = Format.table

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Draw step times and their bandwidth limits over the number of parameters: FILE.png, .svg or .pdf, with its .gp and .dat.",
      valueName: "file"))
  var chart: String?

  func validate() throws {
    if let chart {
      guard Report.speedChartFormat(of: chart) != nil else {
        throw ValidationError(
          "--chart must name a file that ends in .png, .svg or .pdf, without single quotes.")
      }
      let cases = try only.map { try Self.cases(named: $0, quick: quick, threads: threads) }
      if cases?.contains(where: { $0.name.hasPrefix("step/") }) == false {
        throw ValidationError("--chart draws steps, but --only selects none.")
      }
    }
    if !(1...1024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024.") }
    if let only { _ = try Self.cases(named: only, quick: quick, threads: threads) }
  }

  func run() async throws {
    try await Failure.reported { try measure() }
  }

  private func measure() throws {
    if let shortage = AddressSpace.shortage(threads: 1) {
      throw Failure(status: .unavailable, message: shortage)
    }
    OpenBLAS.useOneThread()
    let cases =
      try only.map { try Self.cases(named: $0, quick: quick, threads: threads) }
      ?? SpeedCase.all(quick: quick, threads: threads)
    var table = TextTable(columns: [
      "case", "unit", "median", "min", "max", "bandwidth limit", "times limit",
    ])
    if format == .csv { StandardOutput.write(data: "case,unit,median,min,max") }
    var figures: [SpeedFigure] = []
    for (index, one) in cases.enumerated() {
      if StandardError.isTerminal {
        StandardError.redraw("\(index + 1)/\(cases.count)  \(one.name)")
      }
      try StandardOutput.check()
      let result = one.run(rounds: quick ? 3 : 5)
      if let figure = SpeedFigure(result) { figures.append(figure) }
      switch format {
      case .csv:
        StandardOutput.write(data: Self.row(result.name, result.unit, result.samples))
        if let roof = result.roof {
          StandardOutput.write(
            data: Self.row(result.name.replacing("step/", with: "roof/"), result.unit, roof))
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
    if format == .table { StandardOutput.write(table.text) }
    if let chart {
      try Report.drawSpeed(
        figures, to: chart, machine: Checkup.processor().finding, threads: threads)
      StandardError.write("drawn: \(chart)")
    }
  }

  private static func cases(named names: String, quick: Bool, threads: Int) throws -> [SpeedCase] {
    let names = names.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let all = SpeedCase.all(quick: quick, threads: threads)
    for name in names where !all.contains(where: { $0.isNamed(name) }) {
      throw ValidationError(
        "unknown case '\(name)'; cases are \(all[0].name), \(all[all.count - 1].name) and so on: "
          + "step/OPTIMIZER/N, surface/SURFACE/OPTIMIZER, network/MODEL/OPTIMIZER")
    }
    return all.filter { one in names.contains { one.isNamed($0) } }
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

extension SpeedFigure {
  /// - Returns: `nil` for what is no step.
  fileprivate init?(_ result: SpeedCase.Result) {
    let parts = result.name.split(separator: "/")
    guard parts.count == 3, parts[0] == "step", let count = Int(parts[2]) else { return nil }
    self.init(
      optimizer: String(parts[1]), parameters: count, nanoseconds: result.samples.median,
      roof: result.roof?.median)
  }
}
