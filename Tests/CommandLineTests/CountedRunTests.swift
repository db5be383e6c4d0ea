import Foundation
import TestSupport
import Testing

/// What a run counts, as its files say it.
@Suite struct CountedRunTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  /// Rows of one line of a chart's data, its header left out.
  private func rows(_ label: String, in path: String) throws -> [String] {
    let block = try #require(
      folder.text(path).components(separatedBy: "\n\n\n").first { $0.contains("# \(label): ") })
    return block.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// torch.optim.LBFGS 2.13.0 needs 44 closures for the two steps; the look at what they led to is one more.
  @Test func `a target is reached after the same evaluations whatever the budget`() async throws {
    for steps in [2, 300] {
      try folder.write(
        """
        title: Rosenbrock
        problem: {surface: rosenbrock, start: [-1.2, 1]}
        budget: {steps: \(steps)}
        target: {loss: 1.0e-8}
        optimizers: [lbfgs: {line_search: strong_wolfe}]
        charts: [targets, loss_by_evaluations]
        """, to: "steps\(steps).yaml")
    }
    let result = try await bench.run("run", "steps2.yaml", "steps300.yaml")
    #expect(result.status == 0, "\(result.errors)")
    for steps in [2, 300] {
      let losses = try rows("lbfgs", in: "results/charts/steps\(steps)/loss_by_evaluations.dat")
      #expect(losses[0].hasPrefix("1 ") && losses[2].hasPrefix("45 4.22"), "\(losses.prefix(4))")
      let targets = try rows("lbfgs", in: "results/charts/steps\(steps)/targets.dat")
      #expect(targets.contains("90 100"), "\(targets)")
    }
  }

  @Test func `an interruption is heard inside a step`() async throws {
    try folder.write(
      """
      title: One long step
      problem: {surface: rosenbrock, dimension: 20000}
      budget: {steps: 30}
      optimizers:
        - lbfgs: {max_iterations: 100000000, max_evaluations: 1000000000, learning_rate: 1.0e-9, change_tolerance: 0}
      """, to: "step.yaml")
    let result = try await bench.run(
      ["run", "step.yaml", "--no-charts"], interruptedAt: "1 trial to run")
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.errors.contains("1 trial left; run the same command to resume"))
  }

  @Test(arguments: [
    ("sqrt(-x - 5)", "nan"), ("1/(x - 1) + y", "inf"), ("log(x - 1)", "-inf"), ("0/(x - 1)", "nan"),
  ])
  func `a start without a finite loss is refused with its value and line`(
    formula: String, value: String
  ) async throws {
    try folder.write(
      """
      title: Nowhere
      problem:
        surface: {expression: "\(formula)"}
        start: [1, 1]
      budget: {steps: 20}
      optimizers: [sgd, lbfgs]
      """, to: "nowhere.yaml")
    let result = try await bench.run("run", "nowhere.yaml")
    #expect(result.status == 65)
    #expect(
      result.errors.contains("nowhere.yaml:4: the loss at the start is not finite: \(value)\n"),
      "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("results")))
  }
}
