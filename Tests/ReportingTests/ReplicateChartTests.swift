import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// Pictures and page of runs that start at different points.
@Suite struct ReplicateChartTests {
  /// Some optimizers on Rosenbrock's valley from eight starts.
  private static func result(optimizers count: Int) -> ScenarioResult {
    var result = Examples.rosenbrockResult
    let optimizers = [
      ("sgd", "sgd", 0.001), ("momentum", "momentum", 0.0005), ("adam", "adam", 0.05),
      ("rmsprop", "rmsprop", 0.01), ("fast", "sgd", 0.02),
    ].prefix(count)
    result.scenario.optimizers = optimizers.map {
      Participant(label: $0.0, rule: $0.1, hyperparameters: [:])
    }
    if case .surface(var surface) = result.scenario.problem {
      surface.replicates = ["starts.region": .text("domain")]
      result.scenario.problem = .surface(surface)
    }
    result.runs = optimizers.flatMap { label, rule, rate in
      (0..<8).map { seed in
        Examples.run(
          label, rule: rule, rate: rate, on: Examples.rosenbrock,
          from: (-1.5 + 0.4 * Double(seed), 2.5 - 0.3 * Double(seed)), steps: 200, seed: seed)
      }
    }
    result.scenario.trials = result.runs.map {
      TrialReference(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key)
    }
    result.scenario.charts = ["trajectory", "relief", "panels", "race", "first_steps"]
    return result
  }

  private func files(_ result: ScenarioResult) throws -> (String) throws -> String {
    let folder = try TemporaryFolder()
    try Report(results: [result]).drawCharts(to: folder.path)
    return { try folder.text("rosenbrock/\($0)") }
  }

  /// The rows of a block of a data file.
  private func block(_ name: String, of data: String) -> [String] {
    guard let range = data.range(of: "# \(name): ") else { return [] }
    return data[range.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst().prefix { !$0.isEmpty }.map(String.init)
  }

  @Test func `a map has the same few starts for every optimizer, and a mark at each`() throws {
    let text = try files(Self.result(optimizers: 5))
    let data = try text("trajectory.dat")
    // 21 paths at most: four of each of five optimizers.
    #expect(block("start", of: data).count == 4)
    for label in ["sgd", "momentum", "adam", "rmsprop", "fast"] {
      #expect(!block(label, of: data).isEmpty, "\(label)")
      for seed in 1...3 { #expect(!block("\(label), seed \(seed)", of: data).isEmpty) }
      #expect(block("\(label), seed 4", of: data).isEmpty)
    }
    let script = try text("trajectory.gp")
    #expect(script.contains("first 4 of 8 starts"))
    // One entry per optimizer, whatever its paths.
    #expect(script.components(separatedBy: "keyentry").count == 6)
  }

  @Test func `a relief and a race have fewer paths, a panel has those of one optimizer`() throws {
    let text = try files(Self.result(optimizers: 5))
    for name in ["relief", "race"] {
      #expect(try block("start", of: text("\(name).dat")).count == 2)
      #expect(try text("\(name).gp").contains("first 2 of 8 starts"))
    }
    #expect(try block("start", of: text("panels.dat")).count == 5)
    #expect(try text("panels.gp").contains("first 5 of 8 starts"))
    // With a target, a panel's title has the successes of all eight runs.
    #expect(try text("panels.gp").contains(" of 8"))
    #expect(try text("first_steps.gp").contains("first of 8 starts"))
  }

  @Test func `many optimizers have one path each, of the same start`() throws {
    var result = Self.result(optimizers: 5)
    let labels = (0..<25).map { "sgd \($0)" }
    let runs = result.runs.filter { $0.optimizer == "sgd" }
    result.scenario.optimizers = labels.map {
      Participant(label: $0, rule: "sgd", hyperparameters: [:])
    }
    result.runs = labels.flatMap { label in
      runs.map { ScenarioResult.Run(optimizer: label, seed: $0.seed, trial: $0.trial) }
    }
    result.scenario.charts = ["trajectory"]
    let text = try files(result)
    #expect(try block("start", of: text("trajectory.dat")).count == 1)
    #expect(try text("trajectory.gp").contains("first of 8 starts"))
  }

  @Test func `with instances only the first surface and its paths are drawn`() throws {
    var result = Self.result(optimizers: 2)
    if case .surface(var surface) = result.scenario.problem {
      surface.replicates = ["instances.rotate": .flag(true), "instances.shift": .number(0.5)]
      result.scenario.problem = .surface(surface)
    }
    let text = try files(result)
    let data = try text("trajectory.dat")
    #expect(block("adam, seed 1", of: data).isEmpty && block("sgd, seed 1", of: data).isEmpty)
    let script = try text("trajectory.gp")
    #expect(script.contains("first of 8 instances"))
    #expect(script.contains("random rotations, random shifts up to 0.5"))
  }

  /// Rosenbrock's valley has a target of 0.001, which some optimizers reach long before their 2000 steps are used up.
  @Test func `a path ends where it reaches the target`() throws {
    var result = Examples.rosenbrockResult
    result.scenario.charts = ["trajectory", "relief", "panels"]
    let run = try #require(
      result.runs.first { run in
        run.trial.trajectory?.loss.contains { $0 <= 1e-3 } == true
      })
    let path = try #require(run.trial.trajectory)
    let end = try #require(path.loss.firstIndex { $0 <= 1e-3 })
    #expect(path.steps[end] < 1900)
    let text = try files(result)
    for name in ["trajectory", "relief", "panels"] {
      let rows = try block(run.optimizer, of: text("\(name).dat"))
      let last = try #require(rows.last?.split(separator: " ").first.flatMap { Double($0) })
      #expect(last == Double(path.steps[end]), "\(name)")
      #expect(try text("\(name).gp").contains("a path ends where it reaches the target"))
    }
    // The relief has the minimum, and its note says where the height ends.
    let relief = try text("relief.dat")
    #expect(block("minimum", of: relief).count == 1)
    #expect(try text("relief.gp").contains(#/log scale; \S+ and less at the bottom/#))
    let page = try PageTests.page([result])
    #expect(page.contains("\"fate\":\"reached the target at step "))
    // Without a target, paths are whole.
    result.scenario.target = nil
    let whole = try files(result)
    #expect(!(try whole("trajectory.gp").contains("reaches the target")))
  }

  @Test func `the page draws the first starts and says so`() throws {
    let page = try PageTests.page([Self.result(optimizers: 3)])
    #expect(page.contains("\"shown\":\"first 5 of 8 starts\""))
    #expect(page.contains("random starts in the domain") && page.contains("8 starts"))
    #expect(page.components(separatedBy: "\"fate\":").count == 16)
  }
}
