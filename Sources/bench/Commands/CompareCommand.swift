import Analysis
import ArgumentParser
import Foundation
import Gate
import Records
import Reporting
import Statistics
import Text

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two sets of results, paired by run, with effect sizes and a verdict.",
    discussion: """
        bench compare results/before results/after
        bench compare results/baselines results --format csv
        bench compare results/before results/after --fail-on-regression
        bench compare --plan --effect 0.8 --power 0.9     how many seeds a verdict needs
        bench compare --plan results                      the same, from the spread of these results

      Each side is a folder of results, its store.sqlite, or a folder of baselines. Runs are paired by scenario, optimizer \
      and seed; only pairs are compared, and what is absent on one side is listed. Surfaces are deterministic: results are \
      equal to 1e-9, or one side is better; 'changed' means that other quantities differ, or that seeds disagree. For \
      networks, the verdict is a Wilcoxon signed-rank test over the seeds, Holm-adjusted (5 % for the whole table); at least \
      six seeds are needed for a verdict. Effects are second relative to first, with 95 % confidence intervals. Results of \
      different problems, starts, data, budgets or base seeds are 'incomparable', with what differs.

      --plan says how many seeds a paired test needs to tell two optimizers apart. The effect is the difference divided by the \
      standard deviation of the paired differences. With results, the best optimizer of each scenario is compared with each \
      other one. The observed difference is a guess: give --difference, the smallest one worth detecting, to plan for it.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json, markdown

    /// A table is what other programs call text.
    init?(argument: String) { self.init(rawValue: argument == "text" ? "table" : argument) }
  }

  @Argument(help: "A folder of results, a store, or a folder of baselines.")
  var first: String?

  @Argument(help: "The one to compare it with.")
  var second: String?

  @Option(name: .long, help: "Output format.")
  var format = Format.table

  @Flag(
    name: .long,
    help:
      "Exit with status 1 if a result is worse, or is incomparable or absent in the second."
  )
  var failOnRegression = false

  @Flag(name: .long, help: "Say how many seeds are needed instead of comparing.")
  var plan = false

  @OptionGroup var planning: PlanOptions

  func validate() throws {
    if plan {
      guard second == nil else { throw ValidationError("--plan takes one set of results or none.") }
      guard planning.difference == nil || first != nil else {
        throw ValidationError("--difference needs results, whose spread it is divided by.")
      }
    } else {
      guard first != nil, second != nil else {
        throw ValidationError("Give two sets of results to compare, or --plan.")
      }
      guard planning.isUsual else {
        throw ValidationError(
          "--effect, --difference, --power, --significance and --tests need --plan.")
      }
    }
  }

  func run() async throws {
    try await Failure.reported {
      guard !plan else { return try showPlan() }
      let (first, second) = (first ?? "", second ?? "")
      let sides = [try Self.load(first), try Self.load(second)]
      let described = Set(sides.joined().filter(\.isOnlyDescribed).map(\.name)).count
      if described > 0 {
        StandardError.write(
          "note: results of \(counted(described, "scenario")) were stored by an older version without the problem's settings, so different problems may be compared"
        )
      }
      let report = ComparisonReport(PairedComparison.all(sides[0], sides[1]))
      guard
        report.comparisons.contains(where: {
          $0.verdict != .onlyFirst && $0.verdict != .onlySecond
        })
      else {
        throw Failure(
          status: .noInput,
          message: "nothing to compare: \(first) and \(second) have no trials in common")
      }
      switch format {
      case .table: StandardOutput.write(report.table)
      case .csv: StandardOutput.write(data: report.csv)
      case .json: StandardOutput.write(data: report.json)
      case .markdown: StandardOutput.write(report.markdown)
      }
      StandardError.write(report.summary)
      if failOnRegression, report.hasRegression { throw ExitStatus.failed.code }
    }
  }

  private func showPlan() throws {
    let question = planning.question
    let plan = try first.map { SeedPlan(question, pilot: try Self.load($0)) } ?? SeedPlan(question)
    guard !plan.rows.isEmpty else {
      throw Failure(
        status: .noInput,
        message:
          "\(first ?? ""): nothing to plan from; two optimizers with two seeds or more are needed, and differences between them"
      )
    }
    let text =
      switch format {
      case .table: plan.table
      case .csv: plan.csv
      case .json: plan.json
      case .markdown: plan.markdown
      }
    StandardOutput.write(text)
  }

  private static func load(_ path: String) throws -> [BaselineScenario] {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(status: .noInput, message: "\(path): no such file or folder")
    }
    let storePath = isFolder.boolValue ? "\(path)/store.sqlite" : path
    if isFolder.boolValue, !files.fileExists(atPath: storePath) {
      return try BaselineFolder(path).loadAll()
    }
    let store = try Store.reading(storePath)
    return try store.scenarios().compactMap {
      BaselineScenario(ScenarioAnalysis(try store.result(of: $0, trajectories: .none)))
    }
  }
}
