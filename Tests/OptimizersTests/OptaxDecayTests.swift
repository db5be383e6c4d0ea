import Optimizers
import Parameters
import Testing

/// optax adds λθ to the update before the learning rate: θ ← θ − α(u + λθ), which is decoupled weight decay.
@Suite struct OptaxDecayTests {
  /// Positions after the steps 1, 2, 3 and 10 of optax 0.2.8 with α = 0.01 and λ = 0.05 on Rosenbrock's function from (−1.2, 1).
  @Test(
    arguments: [
      (
        "adan", ["difference_weight": .choice("one_minus_beta2"), "root_epsilon": 1e-8],
        [
          [-1.1894000000004648, 1.0094999999988572], [-1.1788206200863824, 1.0189819839140295],
          [-1.168270240230254, 1.0284384741815147], [-1.0965069245902637, 1.092699983147965],
        ]
      ),
      (
        "nadam", ["momentum_schedule": false],
        [
          [-1.1846631578954203, 1.0142368421035886], [-1.1728927765006545, 1.0249393030194767],
          [-1.1620637772194053, 1.0347098128111072], [-1.09608436844042, 1.0934502015107337],
        ]
      ),
    ] as [(String, [String: ParameterValue], [[Double]])])
  func `weight decay of optax is the decoupled one`(
    name: String, settings: [String: ParameterValue], expected: [[Double]]
  ) throws {
    guard var rule = OptimizerCatalogue.optimizer(named: name)?.init() else {
      Issue.record("no \(name)")
      return
    }
    let common: [String: ParameterValue] = [
      "learning_rate": 0.01, "weight_decay": 0.05, "decoupled": true,
    ]
    for (name, value) in settings.merging(common, uniquingKeysWith: { own, _ in own }) {
      try rule.set(name, to: value)
    }
    #expect(rule.conflicts.isEmpty)
    let stepper = rule.stepper(count: 2, as: Double.self)
    var point = [-1.2, 1]
    var found: [[Double]] = []
    for step in 1...10 {
      let (x, y) = (point[0], point[1])
      let gradient = [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]
      var span = point.mutableSpan
      stepper.step(&span, gradients: gradient.span, learningRate: 0.01)
      if step <= 3 || step == 10 { found.append(point) }
    }
    // Ten steps of about 20 operations on numbers up to 1,100 in the gradient, which the second moment scales to 1: below 10⁻¹².
    for (found, expected) in zip(found, expected) {
      #expect(abs(found[0] - expected[0]) < 1e-12 && abs(found[1] - expected[1]) < 1e-12)
    }
    try rule.set("weight_decay", to: 0)
    #expect(rule.conflicts.map(\.name) == ["decoupled"])
  }
}
