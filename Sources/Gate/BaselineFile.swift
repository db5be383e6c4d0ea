import Foundation
import Records
import Text

/// A scenario's baseline as text: what was run, as fields, then a line per run, numbers in their shortest form, so that git
/// shows what changed.
///
/// A damaged or shortened file would make the gate compare less than it says, so a file is read whole or refused.
package enum BaselineFile {
  static let title = "# bench baseline, version 3; written by 'bench check --update'"
  /// The fields of its optimizers come before the runs, and nothing says where it ends.
  private static let formerTitle = "# bench baseline, version 2; written by 'bench check --update'"
  /// Its problem and budget are descriptions, and it says nothing about optimizers.
  private static let firstTitle = "# bench baseline, version 1; written by 'bench check --update'"
  private static let columns =
    [
      "optimizer", "seed", "status", "steps", "loss_evaluations", "gradient_evaluations",
      "steps_to_target", "result",
    ] + BaselineRun.waypointNames
  private static let optimizerStart = "# optimizer: "

  package static func text(of scenario: BaselineScenario) -> String {
    var lines = [
      title, "# tier: \(scenario.tier.rawValue)", "# problem: \(scenario.problem.json)",
      "# budget: \(scenario.budget.json)", "# result: \(scenario.metric.rawValue)",
      columns.joined(separator: ","),
    ]
    for run in scenario.runs {
      let numbers = [run.result] + BaselineRun.waypointNames.map { run.waypoints[$0] }
      let fields =
        [
          quoted(run.optimizer), "\(run.seed)", run.status, "\(run.steps)",
          "\(run.lossEvaluations)", "\(run.gradientEvaluations)",
          run.stepsToTarget.map { "\($0)" } ?? "",
        ] + numbers.map { $0?.shortest ?? "" }
      lines.append(fields.joined(separator: ","))
    }
    lines += scenario.optimizers.compactMap { label in
      scenario.optimizerFields[label].map { optimizerStart + $0.labeled(label).json }
    }
    lines.append(end(of: scenario.runs.count))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func end(of runs: Int) -> String { "# end: \(counted(runs, "run"))" }

  /// A row must not look like a comment line.
  private static func quoted(_ label: String) -> String {
    label.hasPrefix("#")
      ? "\"\(label.replacing("\"", with: "\"\""))\"" : CSVText.quoted(label)
  }

  package static func parse(
    _ text: String, name: String, path: String
  ) throws(BaselineError) -> BaselineScenario {
    var reader = BaselineReader(text, path: path)
    guard [title, formerTitle, firstTitle].contains(reader.lines[0]) else {
      throw reader.malformed(0, "not a baseline of this version; it begins '\(title)'")
    }
    let isFirst = reader.lines[0] == firstTitle
    guard reader.lines.last == "" else {
      throw reader.malformed(reader.lines.count - 1, "the line is incomplete; the file was cut off")
    }
    reader.lines.removeLast()
    guard let tier = GateTier(rawValue: try reader.header("tier", line: 1)) else {
      throw reader.malformed(1, "a tier is exact or noisy")
    }
    let problem = try reader.fields("problem", line: 2, described: isFirst)
    let budget = try reader.fields("budget", line: 3, described: isFirst)
    guard let metric = Metric(rawValue: try reader.header("result", line: 4)) else {
      throw reader.malformed(4, "no metric of this name")
    }
    var place = 5
    var optimizers: [String: ComparedFields] = [:]
    if reader.lines[0] == formerTitle {
      optimizers = try reader.optimizers(from: &place)
    }
    guard reader.lines.count > place, reader.lines[place] == columns.joined(separator: ",") else {
      throw reader.malformed(place, "the columns are \(columns.joined(separator: ","))")
    }
    var rowsEnd = reader.lines.count
    if reader.lines[0] == title {
      rowsEnd = reader.lines[place...].firstIndex { $0.hasPrefix("# ") } ?? rowsEnd
      var next = rowsEnd
      optimizers = try reader.optimizers(from: &next)
      let count = try reader.header("end", line: next)
      guard next == reader.lines.count - 1 else {
        throw reader.malformed(next + 1, "nothing follows '# end: \(count)'")
      }
    }
    let rows = try runs(reader.lines[(place + 1)..<rowsEnd], firstLine: place + 2, path: path)
    let scenario = BaselineScenario(
      name: name, tier: tier, problem: problem, budget: budget, optimizerFields: optimizers,
      metric: metric, runs: rows.map(\.run))
    if reader.lines[0] == title, reader.lines[reader.lines.count - 1] != end(of: rows.count) {
      throw reader.malformed(
        reader.lines.count - 1, "\(counted(rows.count, "run")) above; lines are missing or added")
    }
    if let (line, reason) = scenario.firstFault(
      lines: rows.map(\.line), columnsLine: place + 1, hasOptimizerFields: !isFirst)
    {
      throw .malformed(path: path, line: line, reason: reason)
    }
    return scenario
  }

  private static func runs(
    _ lines: ArraySlice<String>, firstLine: Int, path: String
  ) throws(BaselineError) -> [(run: BaselineRun, line: Int)] {
    var runs: [(BaselineRun, Int)] = []
    var rows = CSVReader(Array(lines.joined(separator: "\n").utf8), firstLine: firstLine)
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
      runs.append((run, rows.line))
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

/// The comment lines of a baseline. Lines are counted from 0 here and from 1 in messages.
private struct BaselineReader {
  var lines: [String]
  let path: String

  init(_ text: String, path: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.path = path
  }

  func malformed(_ line: Int, _ reason: String) -> BaselineError {
    .malformed(path: path, line: line + 1, reason: reason)
  }

  func header(_ key: String, line: Int) throws(BaselineError) -> String {
    let start = "# \(key): "
    guard lines.indices.contains(line), lines[line].hasPrefix(start) else {
      throw malformed(line, "'\(start)…' is missing")
    }
    return String(lines[line].dropFirst(start.count))
  }

  func fields(
    _ key: String, line: Int, described: Bool = false
  ) throws(BaselineError) -> ComparedFields {
    let text = try header(key, line: line)
    if described { return ComparedFields(description: text) }
    guard let fields = ComparedFields(json: text) else {
      throw malformed(line, "'# \(key): ' needs a JSON object of settings")
    }
    return fields
  }

  /// The lines of optimizers from `place` on, which is then the line after them.
  func optimizers(from place: inout Int) throws(BaselineError) -> [String: ComparedFields] {
    var optimizers: [String: ComparedFields] = [:]
    while lines.indices.contains(place), lines[place].hasPrefix("# optimizer: ") {
      guard let (label, fields) = try fields("optimizer", line: place).unlabeled else {
        throw malformed(place, "'# optimizer: ' needs a \"label\"")
      }
      guard optimizers.updateValue(fields, forKey: label) == nil else {
        throw malformed(place, "a second line for optimizer '\(label)'")
      }
      place += 1
    }
    return optimizers
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
