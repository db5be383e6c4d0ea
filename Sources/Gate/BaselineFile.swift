import Foundation
import Records
import Text

/// A scenario's baseline as text: a line per run, numbers in their shortest form, so that git shows what changed.
package enum BaselineFile {
  private static let title = "# bench baseline, version 1; written by 'bench check --update'"
  private static let columns =
    [
      "optimizer", "seed", "status", "steps", "loss_evaluations", "gradient_evaluations",
      "steps_to_target", "result",
    ] + BaselineRun.waypointNames

  package static func text(of scenario: BaselineScenario) -> String {
    var lines = [
      title, "# tier: \(scenario.tier.rawValue)", "# problem: \(scenario.problem)",
      "# budget: \(scenario.budget)", "# result: \(scenario.metric.rawValue)",
      columns.joined(separator: ","),
    ]
    for run in scenario.runs {
      let numbers = [run.result] + BaselineRun.waypointNames.map { run.waypoints[$0] }
      let fields =
        [
          CSVText.quoted(run.optimizer), "\(run.seed)", run.status, "\(run.steps)",
          "\(run.lossEvaluations)", "\(run.gradientEvaluations)",
          run.stepsToTarget.map { "\($0)" } ?? "",
        ] + numbers.map { $0?.shortest ?? "" }
      lines.append(fields.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package static func parse(
    _ text: String, name: String, path: String
  ) throws(BaselineError) -> BaselineScenario {
    let lines = text.split(separator: "\n", maxSplits: 6, omittingEmptySubsequences: false)
      .map(String.init)
    func malformed(_ line: Int, _ reason: String) -> BaselineError {
      .malformed(path: path, line: line, reason: reason)
    }
    guard lines.first == title else {
      throw malformed(1, "not a baseline of this version; it begins '\(title)'")
    }
    func header(_ key: String, line: Int) throws(BaselineError) -> String {
      let start = "# \(key): "
      guard lines.count > line, lines[line].hasPrefix(start) else {
        throw malformed(line + 1, "'\(start)…' is missing")
      }
      return String(lines[line].dropFirst(start.count))
    }
    guard let tier = GateTier(rawValue: try header("tier", line: 1)) else {
      throw malformed(2, "a tier is exact or noisy")
    }
    let problem = try header("problem", line: 2)
    let budget = try header("budget", line: 3)
    guard let metric = Metric(rawValue: try header("result", line: 4)) else {
      throw malformed(5, "no metric of this name")
    }
    guard lines.count > 5, lines[5] == columns.joined(separator: ",") else {
      throw malformed(6, "the columns are \(columns.joined(separator: ","))")
    }
    var runs: [BaselineRun] = []
    var rows = CSVReader(lines.count > 6 ? Array(lines[6].utf8) : [], firstLine: 7)
    while true {
      do throws(CSVError) {
        guard try rows.next() else { break }
      } catch {
        throw malformed(error.line, "\(error.expected) expected, found \(error.found)")
      }
      guard let run = run(rows.texts) else {
        throw malformed(rows.line, "not a run in the columns above")
      }
      runs.append(run)
    }
    return BaselineScenario(
      name: name, tier: tier, problem: problem, budget: budget, metric: metric, runs: runs)
  }

  private static func run(_ fields: [String]) -> BaselineRun? {
    guard fields.count == columns.count, let seed = Int(fields[1]), let steps = Int(fields[3]),
      let losses = Int(fields[4]), let gradients = Int(fields[5]), let result = Double(fields[7]),
      fields[6].isEmpty || Int(fields[6]) != nil
    else { return nil }
    var waypoints: [String: Double] = [:]
    for (name, field) in zip(BaselineRun.waypointNames, fields[8...]) where !field.isEmpty {
      guard let value = Double(field) else { return nil }
      waypoints[name] = value
    }
    return BaselineRun(
      optimizer: fields[0], seed: seed, status: fields[2], steps: steps, lossEvaluations: losses,
      gradientEvaluations: gradients, stepsToTarget: Int(fields[6]), result: result,
      waypoints: waypoints)
  }
}

/// What can be wrong with a folder of baselines.
package enum BaselineError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case malformed(path: String, line: Int, reason: String)
  case cannotWrite(path: String, reason: String)

  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no baselines here; name their folder with --baseline, or write them with 'bench check --update'"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
