import ArgumentParser
import Foundation

/// Checks the processor before any code that was built for vectors runs.
@main
enum Program {
  static func main() async {
    let processor = Checkup.processor()
    guard processor.verdict == .ok else {
      StandardError.write("\(processor.finding): \(processor.remedy)")
      exit(ExitStatus.unavailable.rawValue)
    }
    await Bench.main()
  }
}

struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Compares optimizers: the same problems, the same batches, the same kernel for all.",
    discussion: """
      A scenario is a YAML file: a problem, a budget and the optimizers that take part. Running one leaves every \
      result in a store, and tables and charts made from it.

        bench run rosenbrock        one scenario
        bench run --all --quick     all of them with small budgets
        bench run --all             all of them
        bench list                  what there is to compare, and on what
        bench tune rosenbrock       hyperparameters, searched with the same budget for every optimizer
        bench report                tables and charts again, from what was stored
        bench basins himmelblau --optimizer adam    which minimum each start reaches
        bench check                 whether results are still those of the committed baselines
        bench compare A B           two results side by side
        bench verify                whether optimizers, schedules and surfaces agree with what others computed

      Results go to standard output, progress and messages to standard error.
      Exit status: 0 done; 1 a regression or a failed verification; 64 usage; 65 bad scenario or data; 66 no such input; \
      69 something needed is unavailable; 74 a file could not be written; 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, ListCommand.self, TuneCommand.self, ReportCommand.self, VerifyCommand.self,
      CheckCommand.self, CompareCommand.self, SpeedCommand.self, BasinsCommand.self,
      DoctorCommand.self,
    ])
}
