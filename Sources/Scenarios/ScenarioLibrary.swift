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
  package func names() throws(ScenarioError) -> [String] {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .notFound("\(folder): no folder of scenarios here; name one with --scenarios")
    }
    return Set(files.filter(Self.isScenario).map(Self.name)).sorted()
  }

  /// Every scenario of the folder, by name.
  package func all(changes: [ScenarioChange] = []) throws(ScenarioError) -> [Scenario] {
    try load(try names(), changes: changes)
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
    var scenarios: [Scenario] = []
    var issues: [ScenarioIssue] = []
    for item in namesOrPaths {
      do throws(ScenarioError) {
        let scenario = try read(path: try path(of: item), changes: changes)
        if let former = scenarios.first(where: { $0.name == scenario.name }) {
          guard former.path != scenario.path else { continue }
          issues.append(
            ScenarioIssue(
              path: scenario.path, line: nil,
              message: "has the same name as \(former.path); results are kept by name"))
          continue
        }
        scenarios.append(scenario)
      } catch {
        guard case .invalid(let found) = error else { throw error }
        issues += found
      }
    }
    guard issues.isEmpty else { throw .invalid(issues) }
    return scenarios
  }

  private func path(of item: String) throws(ScenarioError) -> String {
    if Self.isScenario(item) || item.contains("/") {
      guard FileManager.default.fileExists(atPath: item) else {
        throw .notFound("\(item): no such file")
      }
      return item
    }
    let local = [item, "\(item).yaml", "\(item).yml"].filter {
      FileManager.default.fileExists(atPath: $0)
    }
    let names: [String]
    do throws(ScenarioError) {
      names = try self.names()
    } catch {
      // Without a folder of scenarios, a file here is meant.
      guard let file = local.first else { throw error }
      return file
    }
    guard names.contains(item) else {
      if let file = local.first { return file }
      throw .notFound(
        "no scenario '\(item)' in \(folder)\(NearestName.hint(for: item, among: names))")
    }
    let files = ["yaml", "yml"].map { "\(folder)/\(item).\($0)" }
      .filter(FileManager.default.fileExists(atPath:))
    guard files.count == 1 else {
      throw .notFound(
        "\(files.joined(separator: " and ")): which one? Give the path, or rename one")
    }
    return files[0]
  }

  private func read(
    path: String, changes: [ScenarioChange]
  ) throws(ScenarioError) -> Scenario {
    func unreadable(_ reason: String) -> ScenarioError {
      .invalid([ScenarioIssue(path: path, line: nil, message: reason)])
    }
    guard !Self.isFolder(path) else {
      throw unreadable(
        "is a folder; give a file in it, or run all of it with --all --scenarios \(path)")
    }
    guard let file = fopen(path, "r") else {
      throw unreadable("cannot be read: \(String(cString: strerror(errno)))")
    }
    fclose(file)
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw unreadable("cannot be read: \(error.localizedDescription)")
    }
    // A scenario is a page of text; whatever is larger was named by mistake.
    guard data.count <= 1 << 20 else { throw unreadable("larger than 1 MiB; not a scenario") }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw unreadable("not UTF-8 text")
    }
    // A byte order mark is not text.
    let content = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    guard !changes.isEmpty else {
      return try ScenarioReader.read(content, path: path, charts: charts)
    }
    return try ScenarioReader.read(content, path: path, charts: charts, changes: changes)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func isScenario(_ file: String) -> Bool {
    (file.hasSuffix(".yaml") || file.hasSuffix(".yml")) && !file.hasPrefix(".")
  }

  private static func name(of file: String) -> String {
    URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }
}
