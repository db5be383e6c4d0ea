import Foundation
import Parameters
import Records
import Yams

/// Turns the text of a scenario file into a scenario, or into everything that is wrong with it.
///
/// One extension per part of the file. `ScenarioKeys` declares the keys.
package struct ScenarioReader {
  let issues: IssueList
  let charts: ChartNames

  /// - Throws: `ScenarioError.invalid` with all issues of the file.
  package static func read(
    _ text: String, path: String, charts: ChartNames
  ) throws(ScenarioError) -> Scenario {
    let issues = IssueList(path: path)
    let reader = ScenarioReader(issues: issues, charts: charts)
    let node = YAMLText(text: text, issues: issues).compose()
    if node == nil, issues.issues.isEmpty { reader.reportEmpty() }
    var scenario = node.flatMap(reader.scenario)
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

  func scenario(_ node: Node) -> Scenario? {
    guard node.mapping != nil else {
      reportEmpty()
      return nil
    }
    var problem = node["problem"].flatMap { self.problem($0) }
    let kind = problem?.kind ?? intendedKind(of: node)
    guard
      let reader = MappingReader(
        node, name: "the scenario", keys: ScenarioKeys.scenario(of: kind), issues: issues)
    else { return nil }
    let options = group(ScenarioOptions.self, from: reader)
    if case .series(let smoothing)? = problem { return scenario(smoothing, options, reader) }
    let budget = reader["budget"].flatMap { self.budget($0, for: kind) }
    let stopping = self.stopping(reader, for: problem)
    let target = reader["target"].flatMap { self.target($0, for: problem, kind: kind) }
    let plain = reader["optimizers"].flatMap { self.entrants($0, for: problem) }
    var entrants = plain
    if let variants = reader["variants"], let kind {
      entrants = self.variants(variants, of: node, kind: kind, isReadable: problem != nil)
    }
    let replicates = self.replicates(
      reader,
      for: (problem.map { [$0] } ?? []) + (entrants ?? []).compactMap { $0.variant?.problem })
    problem = problem?.with(replicates)
    for index in (entrants ?? []).indices {
      guard let own = entrants?[index].variant?.problem else { continue }
      entrants?[index].variant?.problem = own.with(replicates)
    }
    let problems =
      (problem.map { [$0] } ?? []) + (entrants ?? []).compactMap { $0.variant?.problem }
    let tuning = reader["tuning"].flatMap {
      self.tuning($0, for: entrants ?? plain ?? [], problems: problems)
    }
    check(options.rankBy, reader["rank_by"], for: problems)
    if problem?.kind == .surface, options.seeds > 1, !problems.contains(where: \.isRandom) {
      issues.report(
        "a surface without noise has the same result for every seed; leave 'seeds' out, or add 'starts', 'instances' or 'gradient_noise'",
        at: reader["seeds"])
    }
    let charts = self.charts(reader["charts"], for: problems, kind: kind)
    guard let problem, let budget, let entrants else { return nil }
    return Scenario(
      name: name, path: issues.path, title: options.title, problem: problem, budget: budget,
      stopping: stopping, seeds: replicates.starts?.count ?? options.seeds, target: target,
      rankBy: options.rankBy, entrants: entrants, charts: charts, isLong: options.isLong,
      tuning: tuning ?? TuningSettings())
  }

  private func reportEmpty() {
    issues.report(
      ScenarioIssue(
        path: issues.path, line: nil,
        message:
          "empty, or no mapping; a scenario has at least 'title', 'problem', 'budget' and 'optimizers'"
      ))
  }

  /// A series is smoothed, not trained on.
  private func scenario(
    _ smoothing: SeriesSmoothing, _ options: ScenarioOptions, _ reader: MappingReader
  ) -> Scenario {
    let problem = Scenario.Problem.series(smoothing)
    return Scenario(
      name: name, path: issues.path, title: options.title, problem: problem, budget: .steps(0),
      seeds: 1, entrants: [], charts: charts(reader["charts"], for: [problem], kind: .smoothing),
      isLong: options.isLong)
  }

  /// The file's name without extension.
  private var name: String {
    URL(fileURLWithPath: issues.path).deletingPathExtension().lastPathComponent
  }

  /// What a problem with mistakes was meant to be, so that the rest of the file is read as its author meant it.
  private func intendedKind(of node: Node) -> ScenarioRecord.Kind? {
    guard let keys = node["problem"]?.mapping?.keys.compactMap(\.string) else { return nil }
    let kinds: [(String, ScenarioRecord.Kind)] = [
      ("surface", .surface), ("network", .network), ("series", .smoothing),
    ]
    return kinds.first { name, _ in
      keys.contains { NearestName.nearest(to: $0, among: [name]) != nil }
    }?.1
  }
}
