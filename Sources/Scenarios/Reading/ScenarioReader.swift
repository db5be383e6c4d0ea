import Foundation
import Parameters
import Records
import Yams

/// Turns the text of a scenario file into a scenario, or into everything that is wrong with it.
///
/// One method per part of the file; the parts are in extensions of their own.
package struct ScenarioReader {
  let issues: IssueList
  let charts: ChartNames

  /// - Throws: `ScenarioError.invalid` with all issues of the file.
  package static func read(
    _ text: String, path: String, charts: ChartNames
  ) throws(ScenarioError) -> Scenario {
    let issues = IssueList(path: path)
    let node = try compose(text, path: path)
    let reader = ScenarioReader(issues: issues, charts: charts)
    var scenario = reader.scenario(node)
    scenario?.about = headComment(of: text)
    guard issues.issues.isEmpty, let scenario else { throw .invalid(issues.sorted) }
    return scenario
  }

  /// The comment before the first key, as its author meant it to be read: lines of a paragraph joined.
  static func headComment(of text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .prefix { $0.isEmpty || $0.hasPrefix("#") }
      .map { $0.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces) }
    let paragraphs = lines.split { $0.isEmpty }.map { $0.joined(separator: " ") }
    return paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n\n")
  }

  static func compose(_ text: String, path: String) throws(ScenarioError) -> Node {
    func invalid(_ line: Int?, _ message: String) -> ScenarioError {
      .invalid([ScenarioIssue(path: path, line: line, message: message)])
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw invalid(mark.line, "no valid YAML: \(problem)")
      case .duplicatedKeysInMapping(let duplicates, let context):
        throw invalid(
          context.mark.line,
          "a key stands twice: \(duplicates.map { "'\($0)'" }.joined(separator: ", "))")
      case .reader(let problem, _, _, _): throw invalid(nil, "no valid YAML: \(problem)")
      default: throw invalid(nil, "no valid YAML: \(error)")
      }
    } catch {
      throw invalid(nil, "no valid YAML: \(error)")
    }
    guard let node, node.mapping != nil else {
      throw invalid(
        nil,
        "empty, or no mapping; a scenario has at least 'title', 'problem', 'budget' and 'optimizers'"
      )
    }
    return node
  }

  func scenario(_ node: Node) -> Scenario? {
    guard let reader = MappingReader(node, name: "the scenario", issues: issues) else { return nil }
    let title = reader.require("title").flatMap { reader.text(of: $0, called: "title") }
    let problem = reader.require("problem").flatMap { self.problem($0) }
    let kind = problem?.kind ?? intendedKind(of: reader)
    let isSeries = kind == .smoothing
    let budget =
      isSeries ? .steps(0) : reader.require("budget").flatMap { self.budget($0, for: kind) }
    let seeds = isSeries ? 1 : reader.whole("seeds", in: 1...10_000) ?? 1
    let stopping = isSeries ? StoppingRules() : self.stopping(reader, for: problem)
    let target =
      isSeries ? nil : reader.take("target").flatMap { self.target($0, for: problem, kind: kind) }
    var entrants =
      isSeries ? [] : reader.require("optimizers").flatMap { self.entrants($0, for: problem) }
    if !isSeries, let variants = reader.take("variants"), let kind, problem != nil {
      entrants = self.variants(variants, of: node, kind: kind)
    }
    let tuning = isSeries ? nil : reader.take("tuning").map { self.tuning($0, for: entrants ?? []) }
    let problems =
      (problem.map { [$0] } ?? []) + (entrants ?? []).compactMap { $0.variant?.problem }
    if problem?.kind == .surface, seeds > 1, !problems.contains(where: \.isRandom) {
      issues.report(
        "a surface without noise has one result whatever the seed; leave 'seeds' out, or add 'gradient_noise'",
        at: reader.take("seeds"))
    }
    let charts = self.charts(reader.take("charts"), for: problems, kind: kind)
    let isLong = reader.flag("long") ?? false
    reader.finish()
    guard let title, let problem, let budget, let entrants else { return nil }
    let file = URL(fileURLWithPath: issues.path)
    return Scenario(
      name: file.deletingPathExtension().lastPathComponent, path: issues.path, title: title,
      problem: problem, budget: budget, stopping: stopping, seeds: seeds, target: target,
      entrants: entrants,
      charts: charts, isLong: isLong, tuning: tuning ?? TuningSettings())
  }

  /// What a problem with mistakes was meant to be, so that the rest of the file is read as its author meant it.
  private func intendedKind(of reader: MappingReader) -> ScenarioRecord.Kind? {
    guard let keys = reader.take("problem")?.mapping?.keys.compactMap(\.string) else { return nil }
    let kinds: [(String, ScenarioRecord.Kind)] = [
      ("surface", .surface), ("network", .network), ("series", .smoothing),
    ]
    return kinds.first { name, _ in
      keys.contains { NearestName.nearest(to: $0, among: [name]) != nil }
    }?.1
  }
}
