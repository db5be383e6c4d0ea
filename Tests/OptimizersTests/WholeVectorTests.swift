import Optimizers
import Parameters
import Testing

/// Every rule of the catalogue, and wrappers over others than their default.
private let rules: [any Optimizer] = {
  var lookahead = Lookahead()
  lookahead.rule = WrappedRule(LBFGS())
  var sam = SAM()
  sam.rule = WrappedRule(Lookahead())
  var searching = LBFGS()
  searching.lineSearch = .strongWolfe
  return OptimizerCatalogue.all.map { $0.init() } + [lookahead, sam, searching]
}()

/// ½Σ i·xᵢ² and its gradient.
private func bowl<Scalar: KernelScalar>(
  _ count: Int
) -> (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Double {
  { point, gradient in
    var loss = 0.0
    for index in 0..<count {
      gradient[index] = Scalar(index + 1) * point[index]
      loss += 0.5 * Double(gradient[index]) * Double(point[index])
    }
    return loss
  }
}

@Suite struct WholeVectorTests {
  @Test func `no rule minds an empty vector or one of a single entry`() {
    for rule in rules {
      for count in [0, 1] {
        var parameters = [Float](repeating: 1, count: count)
        let stepper = rule.stepper(count: count, as: Float.self)
        for _ in 0..<3 {
          var span = parameters.mutableSpan
          stepper.step(&span, learningRate: 0.01, objective: bowl(count))
        }
        #expect(stepper.steps == 3)
        #expect(parameters.allSatisfy { $0.isFinite }, "\(type(of: rule))")
        #expect(stepper.evaluationParameters(parameters).count == count)
      }
    }
  }

  /// The trial answers the first question from what it knows.
  @Test func `the first evaluation of a step is at the parameters`() {
    for rule in rules {
      var parameters = [1.0, -0.5, 0.25]
      let stepper = rule.stepper(count: 3, as: Double.self)
      for _ in 0..<4 {
        let before = parameters
        var asked: [Double]?
        var span = parameters.mutableSpan
        stepper.step(&span, learningRate: 0.01) { point, gradient in
          if asked == nil { asked = [point[0], point[1], point[2]] }
          return bowl(3)(point, gradient)
        }
        #expect(asked == before, "\(type(of: rule))")
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a non-finite gradient shows in the parameters and ends the step`(bad: Double) {
    for rule in rules {
      var parameters = [1.0, -0.5, 0.25]
      let stepper = rule.stepper(count: 3, as: Double.self)
      // Lookahead over others shows it at the latest when it synchronises; Prodigy and others at once.
      for _ in 0..<3 {
        var span = parameters.mutableSpan
        stepper.step(&span, learningRate: 0.01) { point, gradient in
          _ = bowl(3)(point, gradient)
          gradient[1] = bad
          return bad
        }
      }
      #expect(parameters.contains { !$0.isFinite }, "\(type(of: rule)): \(parameters)")
      #expect(stepper.ownEvaluations <= 3 * 60)
    }
  }

  /// ‖g‖₁ = 1 + 2·2 + 3·4 = 17 at the start: the first trial is rate/17 long, and 1 long where ‖g‖₁ is less than 1.
  @Test(arguments: [0.5, 1, 2]) func `the rate scales the step that a search tries first`(
    rate: Double
  ) {
    for rule in [ConjugateGradient(), LBFGS()] as [any Optimizer] {
      for scale in [1.0, 0x1p-6] {
        let start = [1.0, 2, 4].map { $0 * scale }
        var points: [[Double]] = []
        var parameters = start
        var span = parameters.mutableSpan
        rule.stepper(count: 3, as: Double.self).step(&span, learningRate: rate) { point, gradient in
          points.append([point[0], point[1], point[2]])
          return bowl(3)(point, gradient)
        }
        let length = rate * min(1, 1 / (17 * scale))
        for index in start.indices {
          let expected = start[index] - length * Double(index + 1) * start[index]
          #expect(abs(points[1][index] - expected) <= 4 * 0x1p-52 * abs(start[index]) * 3)
        }
      }
    }
  }

  /// Where the gradient grows along the way, g·(g − g₋) is positive; where it turns back, it is negative and the direction −g.
  @Test func `Polak and Ribière start anew rather than go back`() {
    let stepper = ConjugateGradient().stepper(count: 2, as: Double.self)
    // g·(g − g₋) = 0.9·(0.9 − 1) < 0, and the search accepts what it tries first: the loss falls as promised.
    var trials: [[Double]] = []
    for gradient in [(1.0, 0.0), (0.9, 0.0)] {
      var parameters = [0.0, 0]
      trials = []
      var span = parameters.mutableSpan
      stepper.step(&span, learningRate: 1) { point, result in
        trials.append([point[0], point[1]])
        let isStart = point[0] == 0
        (result[0], result[1]) = isStart ? gradient : (0, 0)
        return isStart ? 0 : -10
      }
    }
    // Steepest descent, min(1, 1/0.9) long.
    #expect(trials.count == 2 && trials[1] == [-0.9, 0])
  }

  /// With an exact search, n conjugate directions span the space (Nocedal and Wright 2006, theorem 5.1). A remaining slope of
  /// 10⁻⁹ is a step too long or too short by 10⁻⁹ of itself: over all combinations of such steps, computed for
  /// these starts, at most 5.3·10⁻⁹ remain. Rounding leaves 10⁻¹⁵.
  @Test(arguments: ConjugateGradient.Form.allCases)
  func `conjugate gradients end on a quadratic of n coordinates after n steps`(
    form: ConjugateGradient.Form
  ) {
    var rule = ConjugateGradient()
    rule.form = form
    rule.curvature = 1e-9
    for count in [1, 2, 3, 5, 8] {
      var parameters = (0..<count).map { 1 + Double($0 % 3) }
      let stepper = rule.stepper(count: count, as: Double.self)
      for _ in 0..<count {
        var span = parameters.mutableSpan
        stepper.step(&span, learningRate: 1, objective: bowl(count))
      }
      #expect(parameters.allSatisfy { abs($0) < 6e-9 }, "\(form) on \(count): \(parameters)")
    }
  }

  /// scipy.optimize.minimize(rosen, [-1.2, 1], method="CG", jac=rosen_der), SciPy 1.17.1, ends at
  /// the minimum (1, 1) after 36 iterations;
  /// twice as many are allowed, since its search is another one, and more to Fletcher and Reeves, whose directions jam.
  @Test(arguments: ConjugateGradient.Form.allCases)
  func `conjugate gradients reach Rosenbrock's minimum as SciPy's do`(form: ConjugateGradient.Form)
  {
    var rule = ConjugateGradient()
    rule.form = form
    var parameters = [-1.2, 1.0]
    let stepper = rule.stepper(count: 2, as: Double.self)
    let limit = form == .fletcherReeves ? 400 : 72
    for _ in 0..<limit {
      var span = parameters.mutableSpan
      stepper.step(&span, learningRate: 1) { point, gradient in
        let (x, y) = (point[0], point[1])
        gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
        gradient[1] = 200 * (y - x * x)
        return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
      }
    }
    #expect(
      abs(parameters[0] - 1) < 1e-5 && abs(parameters[1] - 1) < 1e-5, "\(form): \(parameters)")
  }
}
