import Parameters
import Yams

extension ScenarioReader {
  /// Reads a scenario as if its file had the changed values.
  ///
  /// Changes count as lines after the last one of the file, so that mistakes in them are reported with the change.
  ///
  /// - Throws: `ScenarioError.invalid` with the issues of the file, or else those of the changes.
  package static func read(
    _ text: String, path: String, charts: ChartNames, changes: [ScenarioChange]
  ) throws(ScenarioError) -> Scenario {
    let plain = try read(text, path: path, charts: charts)
    let lines = try ChangeLines(changes, after: text)
    let result = apply(lines, to: text, path: path, charts: charts)
    guard let changed = result.root else {
      var scenario = plain
      scenario.changes = result.outcomes
      return scenario
    }
    let issues = IssueList(path: path)
    let read = ScenarioReader(issues: issues, charts: charts).scenario(changed)
    guard var scenario = read, issues.issues.isEmpty else {
      throw .invalid(issues.sorted.map { lines.issue($0, among: result.outcomes) })
    }
    scenario.about = plain.about
    scenario.changes = result.outcomes
    // A change that every variant overrides has no effect; it is taken back.
    let idle = result.paths.filter { scenario.isVariedEverywhere($0.value) }
    guard idle.isEmpty else {
      scenario = try Self.read(
        text, path: path, charts: charts, changes: changes.filter { idle[$0] == nil })
      scenario.changes = result.outcomes.map { outcome in
        guard let path = idle[outcome.change] else { return outcome }
        return .init(
          change: outcome.change,
          rejection: "every variant sets '\(path.joined(separator: "."))' itself")
      }
      return scenario
    }
    return scenario
  }

  /// What a command may change besides what variants may.
  private static let changedParts =
    ScenarioPaths.variedParts + [
      "seeds", "starts", "instances", "target", "rank_by", "charts",
    ]

  private struct Result {
    /// `nil` if nothing was changed.
    var root: Node?
    var outcomes: [ScenarioChange.Outcome] = []
    /// Of the changes that were made.
    var paths: [ScenarioChange: [String]] = [:]
  }

  private static func apply(
    _ lines: ChangeLines, to text: String, path file: String, charts: ChartNames
  ) -> Result {
    var result = Result()
    let issues = IssueList(path: file)
    guard let root = YAMLText(text: text, issues: issues).compose() else { return result }
    // The known keys depend on the problem and the optimizers, so the file is read for them.
    _ = ScenarioReader(issues: issues, charts: charts).scenario(root)
    for (change, value) in lines.values {
      let paths = ScenarioPaths(
        base: (result.root ?? root).removing("variants"), vocabulary: issues.vocabulary,
        roots: changedParts)
      do throws(ScenarioPaths.Failure) {
        let path = try paths.path(change.key)
        try paths.check(path, value: value)
        let own = IssueList(path: file)
        let overrides = paths.spread(path, value).flatMap {
          paths.overrides($0, value, issues: own)
        }
        if let issue = own.issues.first { throw .unusable(issue.message) }
        result.root = overrides.reduce(result.root ?? root) { $1.applied(to: $0) }
        result.paths[change] = path
        result.outcomes.append(
          .init(change: change, rejection: nil, optimizers: paths.optimizers(changedBy: overrides)))
      } catch {
        result.outcomes.append(.init(change: change, rejection: error.reason))
      }
    }
    return result
  }
}

extension Scenario {
  fileprivate func isVariedEverywhere(_ path: [String]) -> Bool {
    let name = path.joined(separator: ".")
    return !entrants.isEmpty && entrants.allSatisfy { $0.variant?.changes[name] != nil }
  }
}

/// The values of changes as YAML, each at a line of its own after those of the file.
private struct ChangeLines {
  let values: [(change: ScenarioChange, value: Node)]
  private let lines: [(change: ScenarioChange, range: Range<Int>)]

  init(_ changes: [ScenarioChange], after text: String) throws(ScenarioError) {
    var line = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    var values: [(ScenarioChange, Node)] = []
    var lines: [(ScenarioChange, Range<Int>)] = []
    for change in changes {
      let issues = IssueList(path: "--set \(change.text)")
      let next = line + 1 + change.value.utf8.count { $0 == UInt8(ascii: "\n") }
      let padded = String(repeating: "\n", count: line) + change.value
      guard let node = YAMLText(text: padded, issues: issues).compose() else {
        let reason = issues.issues.first?.message ?? "a value is needed; null removes the key"
        throw .invalid([ScenarioIssue(path: issues.path, line: nil, message: reason)])
      }
      values.append((change, node))
      lines.append((change, (line + 1)..<(next + 1)))
      line = next
    }
    self.values = values
    self.lines = lines
  }

  /// The issue with the change that caused it, or, in a line of the file, with all of them.
  func issue(_ issue: ScenarioIssue, among outcomes: [ScenarioChange.Outcome]) -> ScenarioIssue {
    var issue = issue
    let made = outcomes.filter { $0.rejection == nil }.map(\.change)
    let own = lines.first { one in issue.line.map(one.range.contains) ?? false }
    if let own {
      issue.message += " (\(issue.path))"
      issue.path = "--set \(own.change.text)"
      issue.line = nil
    } else {
      issue.message += " (with \(made.map { "--set \($0.text)" }.joined(separator: " ")))"
    }
    return issue
  }
}
