import Foundation
import Parameters

/// A folder of scenario files.
package struct ScenarioLibrary: Sendable {
  package let folder: String
  private let charts: ChartNames

  /// - Parameter folder: where files are looked up by name; need not be there until one is.
  package init(folder: String, charts: ChartNames) {
    self.folder = folder
    self.charts = charts
  }

  /// Names of all scenarios, sorted.
  package func names() throws(ScenarioError) -> [String] { try files().keys.sorted() }

  /// Every scenario of the folder, by name.
  package func all(changes: [ScenarioChange] = []) throws(ScenarioError) -> [Scenario] {
    try load(try names(), changes: changes)
  }

  /// The scenarios of the folder that can be read, by name, and what is wrong with the others.
  package func readable() throws(ScenarioError) -> (scenarios: [Scenario], issues: [ScenarioIssue])
  {
    try attempt(try names(), changes: [], isListing: true)
  }

  /// The scenarios with the given names or at the given paths, in that order and each once.
  ///
  /// A name that the folder does not have is that of a file here, with or without its ending.
  ///
  /// - Parameter changes: made in each scenario that has their keys; see `Scenario.changes`.
  /// - Throws: Everything that is wrong with any of them, before anything else happens.
  package func load(
    _ namesOrPaths: [String], changes: [ScenarioChange] = []
  ) throws(ScenarioError) -> [Scenario] {
    let (scenarios, issues) = try attempt(namesOrPaths, changes: changes, isListing: false)
    guard issues.isEmpty else { throw .invalid(issues) }
    return scenarios
  }

  /// - Parameter isListing: whether names that do not lead to one file are issues too.
  private func attempt(
    _ namesOrPaths: [String], changes: [ScenarioChange], isListing: Bool
  ) throws(ScenarioError) -> (scenarios: [Scenario], issues: [ScenarioIssue]) {
    var scenarios: [Scenario] = []
    var issues: [ScenarioIssue] = []
    var paths: [String: String] = [:]
    // Listed once: thousands of names would list the folder thousands of times.
    var listed: [String: [String]]?
    for item in namesOrPaths {
      do throws(ScenarioError) {
        let scenario = try read(path: try path(of: item, among: &listed), changes: changes)
        if let former = paths[scenario.name] {
          guard former != scenario.path else { continue }
          issues.append(
            ScenarioIssue(
              path: scenario.path, line: nil,
              message: "has the same name as \(former); results are kept by name"))
          continue
        }
        paths[scenario.name] = scenario.path
        scenarios.append(scenario)
      } catch {
        switch error {
        case .invalid(let found): issues += found
        case .notFound(let reason) where isListing:
          issues.append(ScenarioIssue(path: "\(folder)/\(item)", line: nil, message: reason))
        case .notFound: throw error
        }
      }
    }
    return (scenarios, issues)
  }

  /// The scenario files of the folder by the name of the scenario.
  private func files() throws(ScenarioError) -> [String: [String]] {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .notFound("\(folder): no folder of scenarios here; name one with --scenarios")
    }
    return Dictionary(grouping: files.filter(Self.isScenario), by: Self.name)
  }

  private func path(
    of item: String, among listed: inout [String: [String]]?
  ) throws(ScenarioError) -> String {
    if Self.isScenario(item) || item.contains("/") {
      guard ScenarioFile.isThere(item) else { throw .notFound("\(item): no such file") }
      return item
    }
    let local = [item, "\(item).yaml", "\(item).yml"].filter(ScenarioFile.isThere)
    let names: [String: [String]]
    do throws(ScenarioError) {
      if let listed { names = listed } else { names = try files() }
    } catch {
      // Without a folder of scenarios, a file here is meant.
      guard let file = local.first else { throw error }
      return file
    }
    listed = names
    guard let files = names[item] else {
      // Reading it reports that it is a folder.
      if let file = local.first { return file }
      throw .notFound(
        "no scenario '\(item)' in \(folder)\(NearestName.hint(for: item, among: names.keys.sorted()))"
      )
    }
    let paths = files.sorted().map { "\(folder)/\($0)" }
    guard paths.count == 1 else {
      throw .notFound(
        "\(paths.joined(separator: " and ")): which one? Give the path, or rename one")
    }
    return paths[0]
  }

  private func read(
    path: String, changes: [ScenarioChange]
  ) throws(ScenarioError) -> Scenario {
    let content = try ScenarioFile.text(at: path)
    guard !changes.isEmpty else {
      return try ScenarioReader.read(content, path: path, charts: charts)
    }
    return try ScenarioReader.read(content, path: path, charts: charts, changes: changes)
  }

  private static func isScenario(_ file: String) -> Bool {
    (file.hasSuffix(".yaml") || file.hasSuffix(".yml")) && !file.hasPrefix(".")
  }

  private static func name(of file: String) -> String {
    URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }
}
