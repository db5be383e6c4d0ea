import Optimizers
import Parameters
import Testing

@Suite struct ScheduledMomentumTests {
  private func way(
    _ rule: any Optimizer, momenta: [Double?]
  ) -> [[Double]] {
    let stepper = rule.stepper(count: 4, as: Double.self)
    var point = [1.0, -2, 0.5, 3]
    return momenta.enumerated().map { step, momentum in
      stepper.momentum = momentum
      // After a flip that momentum outweighs or not: rules that see signs alone must see it too.
      let factor = [1, 1.5, -1, -0.03, -0.3, 0.1][step]
      let gradients = point.enumerated().map { factor * Double($0 + 1) * $1 }
      var span = point.mutableSpan
      // The loss is for the rules that need one.
      stepper.step(&span, learningRate: 0.05) { _, result in
        for (index, gradient) in gradients.enumerated() { result[index] = gradient }
        return 1
      }
      return point
    }
  }

  /// The hyperparameter and the schedule are two ways to say one thing.
  @Test func `a constant schedule of momentum is the rule with that momentum, bit for bit`() throws
  {
    var seen = 0
    for type in OptimizerCatalogue.all {
      var rule = type.init()
      if rule is RMSprop { try rule.set("momentum", to: .number(0.5)) }
      // A wrapper's momentum has no name of its own; D-Adaptation's average in Lion starts too small to change a sign.
      guard rule.hasMomentum, !(rule is Mechanic), !(rule is DAdaptLion) else { continue }
      seen += 1
      let names = type.descriptions.map(\.name)
      let name = try #require(["momentum", "beta1", "beta"].first { names.contains($0) })
      var other = rule
      try other.set(name, to: .number(0.625))
      let constant = way(rule, momenta: Array(repeating: 0.625, count: 6))
      #expect(constant == way(other, momenta: Array(repeating: nil, count: 6)), "\(type.name)")
      #expect(constant != way(rule, momenta: Array(repeating: nil, count: 6)), "\(type.name)")
      let changing = way(rule, momenta: [0.625, 0.625, 0.25, 0.95, 0.9, nil])
      #expect(changing[..<2] == constant[..<2] && changing != constant, "\(type.name)")
    }
    #expect(seen == 45)
  }

  @Test func `a rule without momentum takes no notice`() {
    var seen: Set<String> = []
    for type in OptimizerCatalogue.all {
      let rule = type.init()
      guard !rule.hasMomentum, !rule.stepper(count: 1, as: Double.self).needsObjective else {
        continue
      }
      seen.insert(type.name)
      let own = way(rule, momenta: Array(repeating: nil, count: 6))
      #expect(way(rule, momenta: Array(repeating: 0.625, count: 6)) == own, "\(type.name)")
    }
    #expect(seen.isSuperset(of: ["sgd", "adagrad", "adadelta", "rmsprop", "sign_sgd"]))
    var centered = RMSprop()
    centered.centered = true
    #expect(
      way(centered, momenta: [0.9, 0.9, 0.9]) == way(centered, momenta: [nil, nil, nil]))
  }
}
