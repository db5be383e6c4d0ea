import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Noise that a line search meets is the gradient of a term that its losses have too.
@Suite struct NoisyLineSearchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func runs(noise: Double, steps: Int, _ optimizers: String) throws -> [TrialRecord] {
    let path = try folder.write(
      """
      title: T
      problem: {surface: ellipse, condition_number: 4, start: [3, 2], gradient_noise: \(noise)}
      budget: {steps: \(steps)}
      seeds: 3
      optimizers: [\(optimizers)]
      """, to: "\(UUID().uuidString).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 5, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs.map(\.trial)
  }

  /// f(θ) + ξ·(θ − θ₀) = ½(x² + 4y²) + ξ·(θ − θ₀) is least at (−ξ₁, −ξ₂/4). Within one step L-BFGS goes there to its tolerance of
  /// 10⁻⁷ on the gradient; with losses of f alone, whose minimum is at 0, its search could not. ξ is what gradient descent with the same
  /// seed and rate 1 is off by: it goes to θ₀ − (∇f + ξ).
  @Test func `one step ends at the minimum of the noisy step's own function`() throws {
    let runs = try runs(
      noise: 2, steps: 1,
      "sgd: {learning_rate: 1}, lbfgs: {line_search: strong_wolfe, max_iterations: 50, change_tolerance: 0}"
    )
    for seed in 0..<3 {
      let descent = try #require(runs[seed].trajectory)
      let search = try #require(runs[seed + 3].trajectory)
      let noise = [0 - descent.x[1], -6 - descent.y[1]]
      #expect(abs(noise[0]) > 0.01 && abs(noise[1]) > 0.01)
      #expect(abs(search.x[1] + noise[0]) < 1e-6, "\(search.x) \(noise)")
      #expect(abs(search.y[1] + noise[1] / 4) < 1e-6)
    }
  }

  /// Without noise a search ends at the minimum; with noise of deviation 0.01 every step ends within 5 deviations of it.
  @Test func `conjugate gradients stay near the minimum in noise`() throws {
    for run in try runs(noise: 0.01, steps: 40, "conjugate_gradient") {
      let way = try #require(run.trajectory)
      #expect(run.status == .finished)
      for step in 10...40 { #expect(abs(way.x[step]) < 0.1 && abs(way.y[step]) < 0.1) }
    }
  }
}
