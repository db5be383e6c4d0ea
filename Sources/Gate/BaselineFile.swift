import Foundation
import Records
import Text

/// A scenario's baseline as text: what was run, as fields, then a line per run, numbers in their shortest form, so that git
/// shows what changed.
package enum BaselineFile {
  private static let title = "# bench baseline, version 2; written by 'bench check --update'"
  /// Its problem and budget are descriptions, and it says nothing about optimizers.
  private static let formerTitle = "# bench baseline, version 1; written by 'bench check --update'"
  private static let columns =
    [
      "optimizer", "seed", "status", "steps", "loss_evaluations", "gradient_evaluations",
      "steps_to_target", "result",
    ] + BaselineRun.waypointNames

  package static func text(of scenario: BaselineScenario) -> String {
    var lines = [
      title, "# tier: \(scenario.tier.rawValue)", "# problem: \(scenario.problem.json)",
      "# budget: \(scenario.budget.json)", "# result: \(scenario.metric.rawValue)",
    ]
    lines += scenario.optimizers.compactMap { label in
      scenario.optimizerFields[label].map { "# optimizer: \($0.labeled(label).json)" }
    }
    lines.append(columns.joined(separator: ","))
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
    func malformed(_ line: Int, _ reason: String) -> BaselineError {
      .malformed(path: path, line: line, reason: reason)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines[0] == title || lines[0] == formerTitle else {
      throw malformed(1, "not a baseline of this version; it begins '\(title)'")
    }
    func header(_ key: String, line: Int) throws(BaselineError) -> String {
      let start = "# \(key): "
      guard lines.count > line, lines[line].hasPrefix(start) else {
        throw malformed(line + 1, "'\(start)…' is missing")
      }
      return String(lines[line].dropFirst(start.count))
    }
    func fields(_ key: String, line: Int) throws(BaselineError) -> ComparedFields {
      let text = try header(key, line: line)
      if lines[0] == formerTitle { return ComparedFields(description: text) }
      guard let fields = ComparedFields(json: text) else {
        throw malformed(line + 1, "'# \(key): ' needs a JSON object of settings")
      }
      return fields
    }
    guard let tier = GateTier(rawValue: try header("tier", line: 1)) else {
      throw malformed(2, "a tier is exact or noisy")
    }
    let problem = try fields("problem", line: 2)
    let budget = try fields("budget", line: 3)
    guard let metric = Metric(rawValue: try header("result", line: 4)) else {
      throw malformed(5, "no metric of this name")
    }
    var place = 5
    var optimizerFields: [String: ComparedFields] = [:]
    while place < lines.count, lines[place].hasPrefix("# optimizer: ") {
      guard let (label, fields) = try fields("optimizer", line: place).unlabeled else {
        throw malformed(place + 1, "'# optimizer: ' needs a \"label\"")
      }
      optimizerFields[label] = fields
      place += 1
    }
    guard lines.count > place, lines[place] == columns.joined(separator: ",") else {
      throw malformed(place + 1, "the columns are \(columns.joined(separator: ","))")
    }
    let rows = lines[(place + 1)...].joined(separator: "\n")
    return BaselineScenario(
      name: name, tier: tier, problem: problem, budget: budget, optimizerFields: optimizerFields,
      metric: metric, runs: try runs(rows, firstLine: place + 2, path: path))
  }

  private static func runs(
    _ text: String, firstLine: Int, path: String
  ) throws(BaselineError) -> [BaselineRun] {
    var runs: [BaselineRun] = []
    var rows = CSVReader(Array(text.utf8), firstLine: firstLine)
    while true {
      do throws(CSVError) {
        guard try rows.next() else { return runs }
      } catch {
        throw .malformed(
          path: path, line: error.line,
          reason: "\(error.expected) expected, found \(error.found)")
      }
      guard let run = run(rows.texts) else {
        throw .malformed(path: path, line: rows.line, reason: "not a run in the columns above")
      }
      runs.append(run)
    }
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

extension ComparedFields {
  /// No hyperparameter is called so: in scenarios it is the key of an optimizer's label.
  private static let labelKey = "label"

  fileprivate func labeled(_ label: String) -> ComparedFields {
    ComparedFields(fields.merging([Self.labelKey: .text(label)]) { $1 })
  }

  fileprivate var unlabeled: (label: String, fields: ComparedFields)? {
    // A label such as `inf` reads as a number; its text is the same.
    guard let label = fields[Self.labelKey] else { return nil }
    return (label.description, without([Self.labelKey]))
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
