import Foundation
import Records
import Running
import Scenarios

extension RunCommand {
  /// The scenarios asked for, adjusted to the flags.
  func selectedScenarios() throws -> [Scenario] {
    let library = input.library
    var scenarios =
      all
      ? try library.all(changes: changes.changes).filter { !$0.isLong }
      : try library.load(scenario, changes: changes.changes)
    if scenarios.isEmpty {
      throw Failure(
        status: .noInput,
        message: "\(library.folder): no scenario to run here; name another folder with --scenarios")
    }
    // Optimizers that are left out need no search.
    if let optimizers { scenarios = try OptimizerChoice(optimizers).restrict(scenarios) }
    try changes.report(on: scenarios) { if !reporting.quiet { StandardError.write($0) } }
    scenarios = try tuned(scenarios)
    if quick { scenarios = scenarios.map(\.quick) }
    if let seeds {
      for index in scenarios.indices where scenarios[index].isRandom {
        scenarios[index].seeds = seeds
      }
      noteIdleSeeds(seeds, among: scenarios)
    }
    for index in scenarios.indices {
      scenarios[index].command = command(for: scenarios[index])
    }
    return scenarios
  }

  private func noteIdleSeeds(_ seeds: Int, among scenarios: [Scenario]) {
    let idle = scenarios.filter { $0.kind == .surface && !$0.isRandom }.map(\.name)
    guard seeds > 1, !idle.isEmpty, !reporting.quiet else { return }
    StandardError.write(
      "note: --seeds \(seeds) does not change \(idle.joined(separator: ", ")): \(Scenario.sameForEverySeed)"
    )
  }

  /// The scenarios with the hyperparameters that searches left in the store, where they ask for them.
  private func tuned(_ scenarios: [Scenario]) throws -> [Scenario] {
    let asking = scenarios.filter(\.needsTuning)
    guard !asking.isEmpty else { return scenarios }
    let datasets = try DatasetShelf(for: asking, directory: data.datasetDirectory)
    let isThere = FileManager.default.fileExists(atPath: output.storePath)
    let tunings = isThere ? try Store(existingAt: output.storePath).tunings() : []
    var missing: [String] = []
    let tuned = scenarios.map { scenario in
      do throws(TuningError) {
        // A search with '--quick' holds for runs with '--quick'; without one, those take what a whole search found.
        if quick, let own = try? scenario.quick.tuned(by: tunings, in: "", datasets: datasets) {
          return own
        }
        return try scenario.tuned(by: tunings, in: output.storePath, datasets: datasets)
      } catch {
        missing.append(error.description)
        return scenario
      }
    }
    guard missing.isEmpty else { throw TuningError.untuned(missing) }
    return tuned
  }

  /// The command that runs a scenario of this run again; what changes no result is left out.
  private func command(for scenario: Scenario) -> String {
    let isNamed = self.scenario.contains(scenario.name) || all
    var words = ["bench", "run", isNamed ? scenario.name : scenario.path]
    if quick { words.append("--quick") }
    words += ChangeOptions.words(for: scenario)
    if let seeds, scenario.isRandom { words += ["--seeds", "\(seeds)"] }
    if engine.seed != EngineOptions.usualSeed { words += ["--seed", "\(engine.seed)"] }
    if let folder = input.scenarios, isNamed { words += ["--scenarios", folder] }
    if let folder = data.dataDir, scenario.kind == .network { words += ["--data-dir", folder] }
    // The tuned values are in the store of this folder.
    if scenario.entrants.contains(where: { $0.tuning != nil }), output.out != OutputOptions.usual {
      words += ["--out", output.out]
    }
    return words.map(ShellText.quoted).joined(separator: " ")
  }
}
