import Optimizers
import Parameters
import Testing

/// Every rule that takes a gradient as it is handed one.
private let rules: [any Optimizer] = OptimizerCatalogue.all.map { $0.init() }.filter {
  !$0.stepper(count: 1, as: Double.self).needsObjective && !($0 is Lookahead)
}

/// Σ ((xᵢ − i)⁴/4 + 2xᵢ²)/50, whose gradient bends, and which no rule leaves at its default rate.
private func gradient(at point: [Double]) -> [Double] {
  point.enumerated().map { index, x in
    let distance = x - Double(index)
    return (distance * distance * distance + 4 * x) / 50
  }
}

private let start = [0.5, -1.25, 2, 3.5, -0.75]

private func steps(
  of rule: any Optimizer, count: Int, gradient: ([Double]) -> [Double]
) -> [[Double]] {
  let stepper = rule.stepper(count: start.count, as: Double.self)
  var point = start
  return (0..<count).map { _ in
    var span = point.mutableSpan
    stepper.step(&span, learningRate: rule.learningRate) { place, result in
      let all = Array(UnsafeBufferPointer(start: place, count: start.count))
      for (index, value) in gradient(all).enumerated() { result[index] = value }
      return 0
    }
    return point
  }
}

/// The wrappers written out once more, around each rule as it is.
@Suite struct WrapperTests {
  @Test func `there are rules to wrap`() { #expect(rules.count >= 30) }

  /// Between synchronisations fast weights are the rule's own; at one, φ + ¼(θ − φ).
  @Test func `lookahead follows every rule and pulls back every third step`() {
    for rule in rules {
      var wrapper = Lookahead()
      (wrapper.rule, wrapper.syncPeriod, wrapper.slowStepSize) = (WrappedRule(rule), 3, 0.25)
      let found = steps(of: wrapper, count: 7, gradient: gradient)
      let inner = rule.stepper(count: start.count, as: Double.self)
      var (fast, slow) = (start, start)
      for step in 1...7 {
        let gradients = gradient(at: fast)
        var span = fast.mutableSpan
        inner.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
        if step.isMultiple(of: 3) {
          for index in slow.indices { slow[index] += 0.25 * (fast[index] - slow[index]) }
          fast = slow
        }
        #expect(found[step - 1] == fast, "\(type(of: rule)), step \(step)")
      }
    }
  }

  /// θ + ρ·g/(‖g‖ + ε) by hand; a norm of five terms may be summed in another order, which moves the point by a few units, and
  /// the step by no more than the curvature (below 10 here) times the rate times that: within 10⁻¹¹.
  @Test(arguments: [false, true])
  func `sharpness-aware steps of every rule are its steps with the gradient from uphill`(
    adaptive: Bool
  ) {
    for rule in rules {
      var wrapper = SAM()
      (wrapper.rule, wrapper.rho, wrapper.adaptive) = (WrappedRule(rule), 0.25, adaptive)
      let found = steps(of: wrapper, count: 4, gradient: gradient)
      let expected = steps(of: rule, count: 4) { point in
        let here = gradient(at: point)
        let weights = adaptive ? point.map(abs) : point.map { _ in 1 }
        let scaled = zip(weights, here).map(*)
        let norm = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let uphill = point.indices.map {
          point[$0] + 0.25 * weights[$0] * scaled[$0] / (norm + 1e-12)
        }
        return gradient(at: uphill)
      }
      #expect(found.map(\.count) == expected.map(\.count) && !found.isEmpty)
      for (found, expected) in zip(found.joined(), expected.joined()) {
        #expect(abs(found - expected) <= 1e-11 * max(1, abs(expected)), "\(type(of: rule))")
      }
    }
  }

  @Test func `a schedule's momentum reaches the rule inside`() {
    for rule in [Momentum(), Adam(), Lion()] as [any Optimizer] {
      var lookahead = Lookahead()
      lookahead.rule = WrappedRule(rule)
      let outer = lookahead.stepper(count: 3, as: Double.self)
      let inner = rule.stepper(count: 3, as: Double.self)
      var (a, b) = ([1.0, 2, 3], [1.0, 2, 3])
      for momentum in [0.95, 0.5, 0.7, nil] {
        (outer.momentum, inner.momentum) = (momentum, momentum)
        let gradients = [0.5, -1, 2]
        var span = a.mutableSpan
        outer.step(&span, gradients: gradients.span, learningRate: 0.1)
        span = b.mutableSpan
        inner.step(&span, gradients: gradients.span, learningRate: 0.1)
        #expect(a == b, "\(type(of: rule))")
      }
    }
  }
}
