import Foundation

/// A folder with a file per scenario: `rosenbrock.csv`.
package struct BaselineFolder: Sendable {
  package var path: String

  package init(_ path: String) { self.path = path }

  /// Names of the scenarios, sorted; none where the folder is missing.
  package var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }
      .sorted()
  }

  /// - Returns: `nil` where there is no file for the scenario.
  package func load(_ name: String) throws(BaselineError) -> BaselineScenario? {
    let file = file(name)
    guard let data = FileManager.default.contents(atPath: file) else {
      // A file that is there and left out would not be compared.
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      throw .unreadable(path: file)
    }
    return try BaselineFile.parse(String(decoding: data, as: UTF8.self), name: name, path: file)
  }

  package func loadAll() throws(BaselineError) -> [BaselineScenario] {
    guard !names.isEmpty else { throw .missing(path: path) }
    var scenarios: [BaselineScenario] = []
    for name in names {
      if let scenario = try load(name) { scenarios.append(scenario) }
    }
    return scenarios
  }

  /// Where the speeds of steps lie.
  package var speedFile: String { "\(path)/speed/steps.csv" }

  /// Writes the whole file, or leaves what is there.
  package func saveSpeed(_ text: String) throws(BaselineError) {
    do {
      try FileManager.default.createDirectory(
        atPath: "\(path)/speed", withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: speedFile), options: .atomic)
    } catch { throw .cannotWrite(path: speedFile, reason: error.localizedDescription) }
  }

  /// Writes whole files, or leaves what is there.
  package func save(_ scenarios: [BaselineScenario]) throws(BaselineError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { throw .cannotWrite(path: path, reason: error.localizedDescription) }
    for scenario in scenarios {
      do {
        try Data(BaselineFile.text(of: scenario).utf8).write(
          to: URL(fileURLWithPath: file(scenario.name)), options: .atomic)
      } catch {
        throw .cannotWrite(path: file(scenario.name), reason: error.localizedDescription)
      }
    }
  }

  /// Takes away the files of scenarios that are there no more.
  package func remove(_ names: [String], keeping kept: [String]) throws(BaselineError) {
    for name in names where !kept.contains(name) {
      do { try FileManager.default.removeItem(atPath: file(name)) } catch {
        throw .cannotWrite(path: file(name), reason: error.localizedDescription)
      }
    }
  }

  private func file(_ name: String) -> String { "\(path)/\(name).csv" }
}
