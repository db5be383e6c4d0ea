import Foundation
import Optimizers
import Testing

/// Line searches at the edge of a function's domain, and on slopes whose squares overflow.
@Suite struct LineSearchDomainTests {
  private typealias Function = ([Double]) -> (loss: Double, gradient: [Double])

  private static let searches: [(String, any Optimizer)] = {
    var lbfgs = LBFGS()
    lbfgs.lineSearch = .strongWolfe
    var single = lbfgs
    (single.maximumIterations, single.maximumEvaluations) = (1, 25)
    var all: [(String, any Optimizer)] = [("lbfgs", lbfgs), ("one direction", single)]
    for form in ConjugateGradient.Form.allCases {
      var rule = ConjugateGradient()
      rule.form = form
      all.append((form.rawValue, rule))
    }
    return all
  }()

  /// - Returns: The end, its loss, and how often the function was asked.
  private func minimize(
    _ rule: any Optimizer, from start: [Double], steps: Int, _ function: @escaping Function
  ) -> (point: [Double], loss: Double, evaluations: Int) {
    var point = start
    let stepper = rule.stepper(count: start.count, as: Double.self)
    for _ in 0..<steps {
      var span = point.mutableSpan
      stepper.step(&span, learningRate: rule.learningRate) { place, gradient in
        let (loss, slope) = function((0..<start.count).map { place[$0] })
        for index in slope.indices { gradient[index] = slope[index] }
        return loss
      }
    }
    return (point, function(point).loss, stepper.ownEvaluations)
  }

  private static func logarithm(_ point: [Double]) -> (loss: Double, gradient: [Double]) {
    let (x, y) = (point[0], point[1])
    return (x - log(x) + y * y, [1 - 1 / x, 2 * y])
  }

  /// x − ln x + y² from (10, 1), NaN left of 0; its least value is 1, at (1, 0).
  @Test func `a search that leaves the domain comes back`() {
    for (name, rule) in Self.searches {
      let end = minimize(rule, from: [10, 1], steps: 20, Self.logarithm)
      #expect(abs(end.loss - 1) <= 1e-10, "\(name): \(end)")
    }
  }

  /// scipy.optimize.minimize(method="BFGS") of SciPy 1.17.1, with the gradient, needs 14 evaluations to 1 + 1.8·10⁻¹¹.
  @Test func `L-BFGS needs about as many evaluations as SciPy's BFGS`() {
    var rule = LBFGS()
    (rule.lineSearch, rule.maximumIterations, rule.maximumEvaluations) = (.strongWolfe, 100, 100)
    let end = minimize(rule, from: [10, 1], steps: 1, Self.logarithm)
    #expect(end.evaluations <= 16 && abs(end.loss - 1) <= 1.8e-11, "\(end)")
  }

  /// What lies beyond the edge may be any of these.
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `no value beyond the edge is taken for a good one`(beyond: Double) {
    for (name, rule) in Self.searches {
      // Steepest at the edge, at x = 0; the minimum of x − 2√x + y² is at (1, 0).
      let end = minimize(rule, from: [30, 2], steps: 30) { point in
        let (x, y) = (point[0], point[1])
        guard x > 0 else { return (beyond, [beyond, beyond]) }
        return (x - 2 * x.squareRoot() + y * y, [1 - 1 / x.squareRoot(), 2 * y])
      }
      #expect(abs(end.loss + 1) <= 1e-8 && end.point[0] > 0, "\(name): \(end)")
    }
  }

  @Test func `a gradient that is no number beside a loss that is one is outside too`() {
    for (name, rule) in Self.searches {
      let end = minimize(rule, from: [30], steps: 30) { point in
        let x = point[0]
        return (x < 0 ? -1e9 : x - 2 * x.squareRoot(), [x < 0 ? .nan : 1 - 1 / x.squareRoot()])
      }
      #expect(abs(end.loss + 1) <= 1e-8, "\(name): \(end)")
    }
  }

  /// e^(x²) + y² at (20, 1): a slope of 2·10¹⁷⁵ along its own gradient, whose square is beyond all numbers.
  @Test func `a slope that overflows is searched along`() {
    for (name, rule) in Self.searches {
      let end = minimize(rule, from: [20, 1], steps: 200) { point in
        let value = exp(point[0] * point[0])
        return (value + point[1] * point[1], [2 * point[0] * value, 2 * point[1]])
      }
      // The curvature that L-BFGS measures at the start is too large by far further down, so it creeps from its second step on.
      #expect(rule is LBFGS ? end.loss < 1e160 : abs(end.loss - 1) <= 1e-6, "\(name): \(end)")
    }
  }

  @Test func `a cancelled step ends at the best point so far`() {
    for (name, rule) in Self.searches {
      var asked = 0
      let stepper = rule.stepper(count: 2, as: Double.self)
      stepper.isCancelled = { asked >= 2 }
      var point = [10.0, 1]
      var span = point.mutableSpan
      stepper.step(&span, learningRate: 1) { place, gradient in
        asked += 1
        let (loss, slope) = Self.logarithm([place[0], place[1]])
        (gradient[0], gradient[1]) = (slope[0], slope[1])
        return loss
      }
      #expect(asked == 2, "\(name)")
      #expect(Self.logarithm(point).loss <= Self.logarithm([10, 1]).loss)
    }
  }
}
