import Foundation
import Optimizers
import Parameters
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Settings that contradict each other, or change nothing, are slips: they are reported with their line.
@Suite struct ConflictReadingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func issues(_ optimizer: String, network: Bool = false) throws -> [String] {
    let problem =
      network ? "network: {dataset: digits, layers: [dense 10]}" : "surface: rosenbrock"
    let path = try folder.write(
      """
      title: T
      problem: {\(problem)}
      budget: {\(network ? "epochs" : "steps"): 10}
      optimizers:
        - \(optimizer)
      """, to: "x.yaml")
    do throws(ScenarioError) {
      _ = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
      return []
    } catch {
      guard case .invalid(let issues) = error else { throw error }
      #expect(issues.allSatisfy { $0.line == 5 })
      return issues.map(\.message)
    }
  }

  @Test(arguments: [
    (
      "momentum: {bias_correction: true}",
      "'bias_correction' of momentum needs form: average; a heavy ball is not an average"
    ),
    (
      "momentum: {form: average, dampening: 0.1}",
      "'dampening' of momentum needs form: heavy_ball; an average weights gradients by 1 − momentum"
    ),
    ("rmsprop: {nesterov: true}", "'nesterov' of rmsprop has no effect without momentum"),
    (
      "rmsprop: {rate_in_velocity: true}",
      "'rate_in_velocity' of rmsprop has no effect without momentum"
    ),
    (
      "adam: {amsgrad_order: correction_first}",
      "'amsgrad_order' of adam has no effect without amsgrad"
    ),
    (
      "adam: {amsgrad: true, bias_correction: false, amsgrad_order: correction_first}",
      "'amsgrad_order' of adam has no effect without bias_correction"
    ),
    (
      "nadam: {momentum_schedule: false, momentum_decay: 0.1}",
      "'momentum_decay' of nadam has no effect without momentum_schedule"
    ),
    ("nadam: {decoupled: true}", "'decoupled' of nadam has no effect without weight_decay"),
    ("radam: {decoupled: true}", "'decoupled' of radam has no effect without weight_decay"),
    ("adan: {decoupled: true}", "'decoupled' of adan has no effect without weight_decay"),
    ("rprop: {eta_plus: 1}", "'eta_plus' of rprop must be above 1, or steps never grow"),
    (
      "rprop: {smallest_step: 100}", "'smallest_step' of rprop must not be above largest_step"
    ),
    (
      "rprop: {largest_step: 1.0e-9}", "'largest_step' of rprop must not be below smallest_step"
    ),
    (
      "delta_bar_delta: {minimum_gain: 20}",
      "'minimum_gain' of delta_bar_delta must not be above maximum_gain"
    ),
    (
      "conjugate_gradient: {decrease: 0.5}",
      "'decrease' of conjugate_gradient must be below curvature, or no step need satisfy both"
    ),
    (
      "prodigy: {growth_rate: 0.5}",
      "'growth_rate' of prodigy must be above 1, or the distance never grows; 0 does not limit it"
    ),
    (
      "lookahead: {rule: {rmsprop: {nesterov: true}}}",
      "'nesterov' of rmsprop has no effect without momentum"
    ),
    (
      "rprop: {schedule: cosine}",
      "'schedule' has no effect on rprop, whose steps only start from the learning rate"
    ),
    (
      "lookahead: {rule: rprop, schedule: cosine}",
      "'schedule' has no effect on lookahead, whose steps only start from the learning rate"
    ),
    (
      "sgd: {schedule: {warm_up: 5, then: {one_cycle: {minimum_momentum: 0.8}}}}",
      "'minimum_momentum' has no effect on sgd, which has no momentum"
    ),
    (
      "momentum: {schedule: {one_cycle: {cycle_momentum: false, minimum_momentum: 0.8}}}",
      "'minimum_momentum' of one_cycle has no effect without cycle_momentum"
    ),
    (
      "momentum: {schedule: {one_cycle: {maximum_momentum: 0.5}}}",
      "'maximum_momentum' of one_cycle must not be below minimum_momentum"
    ),
    (
      "sgd: {schedule: {cyclic: {factor: 0.5}}}",
      "'factor' of cyclic has no effect without scale: exponential"
    ),
    (
      "lbfgs: {clip_norm: 1}",
      "'clip_norm' cannot be combined with lbfgs, which compares losses: no loss has such gradients"
    ),
    (
      "sam: {rule: conjugate_gradient, clip_value: 1}",
      "'clip_value' cannot be combined with sam, which compares losses: no loss has such gradients"
    ),
    (
      "sgd: {keep: 2}",
      "'keep' must be below the number of parameters, 2, or it has no effect"
    ),
    ("sgd: {l2: 0}", "'l2' must be a number above 0, not '0'"),
    ("sgd: {decoupled_decay: -1}", "'decoupled_decay' must be a number above 0, not '-1'"),
    (
      "sgd: {groups: [{parameters: 0, l2: -1}]}", "'l2' must be a number of at least 0, not '-1'"
    ),
  ])
  func `what contradicts itself or has no effect is refused`(
    optimizer: String, issue: String
  ) throws {
    #expect(try issues(optimizer) == [issue])
  }

  @Test(arguments: [
    "momentum: {form: average, bias_correction: true}", "momentum: {dampening: 0.1}",
    "rmsprop: {momentum: 0.9, nesterov: true, rate_in_velocity: true}",
    "nadam: {decoupled: true, weight_decay: 0.1, groups: [{parameters: 0, weight_decay: 0}]}",
    "lookahead: {rule: momentum, schedule: {one_cycle: {minimum_momentum: 0.8}}}",
    "lbfgs: {l2: 0.1, decoupled_decay: 0.1, keep: 1}", "sam: {rule: adam, clip_norm: 1}",
    "sgd: {l2: 0.1, groups: [{parameters: 0, l2: 0, l1: 0, decoupled_decay: 0}]}",
    "sgd: {schedule: one_cycle}",
  ])
  func `what goes together is taken`(optimizer: String) throws {
    #expect(try issues(optimizer) == [])
  }

  @Test func `a group may do without any of its optimizer's decay`() throws {
    #expect(
      try issues(
        "adam: {l1: 0.1, l2: 0.1, decoupled_decay: 0.1, groups: [{parameters: biases, l1: 0, l2: 0, decoupled_decay: 0}]}",
        network: true) == [])
  }

  @Test func `no default contradicts itself`() {
    for type in OptimizerCatalogue.all { #expect(type.init().conflicts.isEmpty, "\(type.name)") }
    for type in ScheduleCatalogue.all { #expect(type.init().conflicts.isEmpty, "\(type.name)") }
  }
}
