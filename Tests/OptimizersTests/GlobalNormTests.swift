import Foundation
import Optimizers
import Parameters
import Testing

/// Norms whose squares overflow or vanish.
@Suite struct GlobalNormTests {
  private func clipped<Scalar: KernelScalar>(
    _ gradient: [Scalar], limit: Double, order: Double = 2
  ) -> [Scalar] {
    let point = [Scalar](repeating: 0, count: gradient.count)
    var gradient = gradient
    var span = gradient.mutableSpan
    ClipByGlobalNorm(limit: limit, order: order).apply(
      to: &span, parameters: point.span, layout: ParameterLayout(count: point.count))
    return gradient
  }

  /// Gradients s·(3, 4) have the norm s·5, for every s that leaves them numbers. A few roundings of 2⁻⁵².
  @Test(arguments: [0x1p-1063, 1e-200, 1e-160, 1e-150, 1, 1e150, 1e160, 1e175, 1e300, 4e307])
  func `a norm has the size of its vector`(scale: Double) {
    let gradient = [3 * scale, 4 * scale]
    for order in [1, 1.5, 2, 3, .infinity] {
      let expected = order == .infinity ? 4 : pow(pow(3, order) + pow(4, order), 1 / order)
      let norm = ClipByGlobalNorm(limit: 1, order: order).norm(of: gradient.span)
      // Subnormal numbers are a multiple of 2⁻¹⁰⁷⁴. The exponent 1/order is rounded, which changes s by 2⁻⁵³ of its logarithm.
      let rounding = 1e-14 + 0x1p-52 * abs(log(scale))
      #expect(
        abs(norm / scale - expected) <= rounding * expected + 8 * 0x1p-1074 / scale
          || expected * scale == .infinity, "\(order): \(norm)")
    }
  }

  @Test(arguments: [1e160, 1e175, 1e300, 4e307])
  func `clipping keeps the direction of a gradient of any size`(scale: Double) {
    for limit in [1e-3, 1, 1e100] {
      for order in [2, .infinity] {
        let found = clipped([3 * scale, 4 * scale], limit: limit, order: order)
        let unit = order == 2 ? limit / 5 : limit / 4
        #expect(abs(found[0] / (3 * unit) - 1) <= 1e-14 && abs(found[1] / (4 * unit) - 1) <= 1e-14)
      }
    }
    // The norm itself is beyond all numbers.
    let found = clipped([Double](repeating: 1.7e308, count: 100), limit: 1)
    #expect(found.allSatisfy { abs($0 - 0.1) <= 1e-14 })
  }

  /// The factor 10⁻⁴² has three digits as a Float.
  @Test func `clipping in single precision keeps its digits`() {
    let found = clipped([Float](repeating: 1e38, count: 4), limit: 2e-4)
    #expect(found.allSatisfy { abs($0 - 1e-4) <= 1e-4 * 0x1p-22 }, "\(found)")
  }

  @Test func `what is no number is not made one`() {
    let unknown: [Double] = clipped([1, .nan], limit: 1)
    #expect(unknown.count { $0.isNaN } == 2)
    let infinite: [Double] = clipped([1, .infinity], limit: 1)
    #expect(infinite[1].isNaN)
    let none: [Double] = clipped([0, 0], limit: 1)
    #expect(none == [0, 0])
  }

  /// Rules whose steps depend on the gradient through ratios of norms, so that gradients and with them the loss may be of any unit.
  private static let rules: [any Optimizer] = {
    var lars = LARS()
    lars.weightDecay = 0
    var adaptive = SAM()
    (adaptive.adaptive, adaptive.epsilon) = (true, 0)
    var sam = SAM()
    sam.epsilon = 0
    return [lars, sam, adaptive]
  }()

  /// SAM's gradient at the point uphill is that of a linear function: the rule then steps by the rate times the gradient.
  @Test(arguments: [1e-250, 1e-200, 1e175, 1e250])
  func `trust ratios and ascents are finite for gradients of any unit`(unit: Double) {
    for rule in Self.rules {
      var found: [[Double]] = []
      for scale in [1, unit] {
        var uphill: [[Double]] = []
        var parameters = [2.0, -1, 0.5]
        let stepper = rule.stepper(count: 3, as: Double.self)
        var span = parameters.mutableSpan
        // LARS's steps have the length of the weights for any gradient.
        stepper.step(&span, learningRate: rule is LARS ? 1 : 1 / scale) { point, gradient in
          uphill.append((0..<3).map { point[$0] })
          for index in 0..<3 { gradient[index] = scale * Double(index + 1) }
          return 0
        }
        // The ratio of two velocities: 0/0 where a norm overflowed.
        found.append(
          rule is LARS
            ? [stepper.values(ofSlot: 0)[0] / stepper.values(ofSlot: 0)[2]]
            : (uphill.last ?? []) + parameters)
      }
      for (one, other) in zip(found[0], found[1]) {
        #expect(abs(one - other) <= 1e-13 * abs(one), "\(type(of: rule)) \(one) \(other)")
      }
    }
  }

  /// LAMB and LARS make steps of the length of the weights times the rate, whatever the length is.
  @Test(arguments: [1e-200, 1e-165, 1, 1e160, 1e200])
  func `layer-wise steps follow weights of any size`(size: Double) {
    var lars = LARS()
    (lars.momentum, lars.trustCoefficient) = (0, 1)
    for rule in [lars, LAMB()] as [any Optimizer] {
      var parameters = [3 * size, -4 * size]
      let gradient = [1.0, 1]
      var span = parameters.mutableSpan
      rule.stepper(count: 2, as: Double.self).step(
        &span, gradients: gradient.span, learningRate: 0.1)
      // ‖θ‖ = 5 and u ∝ (1, 1): each coordinate moves by 0.1·5/√2; Adam's ε of 10⁻⁶ cancels in the ratio.
      let move = 0.5 / 2.0.squareRoot()
      #expect(abs(parameters[0] / size - (3 - move)) <= 1e-14 * 4, "\(type(of: rule))")
      #expect(abs(parameters[1] / size - (-4 - move)) <= 1e-14 * 8, "\(type(of: rule))")
    }
  }

  /// NovoGrad without ε divides by the norm: what it does with s·g at the rate α it does with g.
  @Test(arguments: [1e-300, 1e-200, 1e-100, 1e100, 1e175, 1e300])
  func `running norms follow gradients of any unit`(unit: Double) {
    var rule = NovoGrad()
    (rule.epsilon, rule.beta2) = (0, 0.5)
    let gradients = [[3.0, -4], [1, 2], [-2, 0.5], [0, 0], [1, 1]]
    let ways = [1, unit].map { scale -> [Double] in
      var parameters = [1.0, 2]
      let stepper = rule.stepper(count: 2, as: Double.self)
      for gradient in gradients {
        let scaled = gradient.map { scale * $0 }
        var span = parameters.mutableSpan
        stepper.step(&span, gradients: scaled.span, learningRate: 0.1)
      }
      return parameters
    }
    for (one, other) in zip(ways[0], ways[1]) { #expect(abs(one - other) <= 1e-14) }
  }
}
