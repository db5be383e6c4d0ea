import ArgumentParser
import Foundation
import Records
import Reporting
import Running
import Text

struct BasinsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "basins",
    abstract: "Maps which minimum an optimizer reaches from each starting point of a surface.",
    discussion: """
        bench basins himmelblau --optimizer adam
        bench basins himmelblau --optimizer 'momentum: {learning_rate: 0.002, momentum: 0.95}'
        bench basins '{surface: ellipse, condition_number: 50}' --optimizer sgd
        bench basins '{surface: {expression: "sin(x)*sin(y)"}, domain: [[-6, 6], [-6, 6]]}' --optimizer 'sgd: {learning_rate: 0.1}'

      Starts from every point of a grid over the surface's domain. The picture has one color per minimum, darker where more \
      steps were needed. A start has reached a minimum once it stays within 1 % of the domain's diagonal of it. Minima that \
      the surface does not list are found from the end points. Gradient noise is ignored.

      Writes SURFACE-OPTIMIZER.png with its .gp and .dat to OUT/basins/, and a table to standard output.
      """)

  @Argument(
    help: "A surface (see 'bench list surfaces'), or the value of 'problem:' in a scenario.")
  var surface: String

  @Option(name: .long, help: "An optimizer's name, or an entry of 'optimizers:' in a scenario.")
  var optimizer: String

  @Option(name: .long, help: ArgumentHelp("Steps from each start.", valueName: "n"))
  var steps = 500

  @Option(name: .long, help: ArgumentHelp("Starts along each axis.", valueName: "n"))
  var grid = 512

  @Option(
    name: .long, help: ArgumentHelp("Threads (default: one per core).", valueName: "n"))
  var jobs: Int?

  @OptionGroup var output: OutputOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps must be from 1 to 10000000.")
    }
    if !(2...4096).contains(grid) { throw ValidationError("--grid must be from 2 to 4096.") }
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must be from 1 to 1024.")
    }
  }

  func run() async throws {
    try await Failure.reported {
      try output.checkFolder()
      let request = try BasinRequest(surface: surface, optimizer: optimizer)
      let cancellation = Interruption.shared.held()
      let showsProgress = StandardError.isTerminal && !reporting.quiet
      let search = BasinSearch(request.problem, entrant: request.entrant, steps: steps, grid: grid)
      let clock = ContinuousClock()
      let begin = clock.now
      let map = search.run(
        jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
        control: TrialControl(
          isCancelled: { cancellation.isSet },
          progress: { share in
            if showsProgress {
              StandardError.redraw("\(Int(share * 100)) % of \(grid) × \(grid) starts, twice")
            }
          }))
      if showsProgress { StandardError.redraw("") }
      guard let map else {
        throw Failure(status: .interrupted, message: "interrupted; nothing was written")
      }
      if !reporting.quiet {
        let seconds = Double((clock.now - begin) / .milliseconds(1)) / 1000
        StandardError.write(
          String(format: "%d × %d starts, %d steps each: %.2f s", grid, grid, steps, seconds))
        StandardOutput.write(table(map).text)
        if map.share(of: .elsewhere) > 0.5 {
          StandardError.write(
            "note: most starts reached no minimum within \(steps) steps; try a larger learning rate or more --steps"
          )
        }
      }
      if !reporting.noCharts { try draw(map) }
    }
  }

  private func draw(_ map: BasinMap) throws {
    do throws(ReportError) {
      let path = try Report.drawBasins(
        map, to: "\(output.out)/basins", format: reporting.chartFormat)
      if !reporting.quiet { StandardError.write("drawn: \(path)") }
    } catch {
      // The process of an interrupted command is killed.
      if Interruption.shared.flag.isSet {
        throw Failure(status: .interrupted, message: "interrupted; the picture is missing")
      }
      guard error.isForWantOfResults else { throw error }
      StandardError.write("left out: \(error)")
    }
  }

  private func table(_ map: BasinMap) -> TextTable {
    var table = TextTable(columns: ["minimum", "x", "y", "loss", "share of starts", "median steps"])
    func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
    // What is below a millionth of the radius is rounding.
    func short(_ value: Double) -> String {
      String(format: "%.6g", abs(value) < map.radius * 1e-6 ? 0 : value)
    }
    for (index, share) in map.shares.enumerated() {
      let minimum = map.minima[share.minimum]
      table.add([
        "\(index + 1)", short(minimum.point.x), short(minimum.point.y), short(minimum.value),
        percent(share.share), "\(share.medianSteps)",
      ])
    }
    for (outcome, name) in [(BasinMap.Outcome.elsewhere, "none"), (.diverged, "diverged")] {
      let share = map.share(of: outcome)
      if share > 0 { table.add([name, "", "", "", percent(share), ""]) }
    }
    return table
  }
}
