import Optimizers
import Testing

@Suite struct RpropTests {
  private func way<Scalar: KernelScalar>(
    _ rule: Rprop, _ gradients: [Scalar], rates: [Double]
  ) -> [Scalar] {
    let stepper = rule.stepper(count: 1, as: Scalar.self)
    var point: [Scalar] = [0]
    return zip(gradients, rates).map { gradient, rate in
      let gradients = [gradient]
      var span = point.mutableSpan
      stepper.step(&span, gradients: gradients.span, learningRate: rate)
      return point[0]
    }
  }

  /// Steps of 0.5, then 0.5·1.5, a rest at half of that, and again.
  @Test func `steps start from the first rate, whatever the rule's own and the later ones`() {
    var rule = Rprop()
    (rule.etaPlus, rule.etaMinus) = (1.5, 0.5)
    let expected: [Double] = [-0.5, -1.25, -1.25, -0.875]
    #expect(way(rule, [1, 1, -1, -1], rates: [0.5, 0.5, 0.5, 0.5]) == expected)
    #expect(way(rule, [1, 1, -1, -1], rates: [0.5, 9, 0, 1e-3]) == expected)
    #expect(rule.learningRate != 0.5)
  }

  /// Products of these gradients are below the least subnormal of their type.
  @Test func `signs of tiny gradients count as those of large ones`() {
    let rates = [0.5, 0.5, 0.5, 0.5, 0.5]
    let large: [Float] = way(Rprop(), [1, 2, -1, -3, -3], rates: rates)
    let tiny: [Float] = [1e-30, 2e-30, -1e-30, -3e-30, -3e-30]
    #expect(way(Rprop(), tiny, rates: rates) == large)
    let tiniest = [1e-200, 2e-200, -1e-200, -3e-200, -3e-200]
    #expect(
      way(Rprop(), tiniest, rates: rates)
        == way(Rprop(), [1.0, 2, -1, -3, -3], rates: rates))
  }

  @Test func `a first rate beyond the bounds is clamped`() {
    var rule = Rprop()
    (rule.smallestStep, rule.largestStep) = (0.25, 2)
    #expect(way(rule, [1.0], rates: [8]) == [-2])
    #expect(way(rule, [1.0], rates: [0]) == [-0.25])
  }
}
