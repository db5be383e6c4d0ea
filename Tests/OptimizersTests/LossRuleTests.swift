import Optimizers
import Parameters
import Testing

/// The rules that need the loss beside the gradient, one for each way through their code.
private let rules: [(rule: any Optimizer, slots: Int, quantities: Int)] = {
  var adapting = MoMo()
  adapting.adaptsLowerBound = true
  var adaptingAdam = MoMoAdam()
  adaptingAdam.adaptsLowerBound = true
  return [
    (MoMo(), 1, 2), (adapting, 1, 3), (MoMoAdam(), 2, 2), (adaptingAdam, 2, 3),
    (PolyakSGD(), 0, 0),
  ]
}()

@Suite struct LossRuleTests {
  /// The evaluation is the one that trials answer with the loss and gradient that they have.
  @Test func `a rule that needs the loss evaluates once a step, at the parameters`() {
    for (rule, slots, quantities) in rules {
      let stepper = rule.stepper(count: 3, as: Float.self)
      #expect(stepper.stateBytes == slots * 3 * 4 + quantities * 8, "\(type(of: rule))")
      var parameters: [Float] = [1, -2, 0.5]
      for step in 1...5 {
        let before = parameters
        var span = parameters.mutableSpan
        stepper.step(&span, learningRate: rule.learningRate) { point, gradient in
          var loss = 1.0
          for index in 0..<3 {
            #expect(point[index] == before[index])
            gradient[index] = point[index]
            loss += 0.5 * Double(point[index] * point[index])
          }
          return loss
        }
        #expect(stepper.ownEvaluations == step)
        #expect(step > 1 || parameters != before)
      }
    }
  }

  /// ½x² at 3: (4.5 − 0)/9 is half the way to the minimum, and the cap 0.25 a quarter; below the bound, SPS climbs and SPS+ stays.
  @Test func `Polyak's step follows the loss, its bound and its cap`() {
    func step(_ change: (inout PolyakSGD) -> Void) -> Double {
      var rule = PolyakSGD()
      change(&rule)
      var parameters = [3.0]
      var span = parameters.mutableSpan
      rule.stepper(count: 1, as: Double.self).step(&span, learningRate: rule.learningRate) {
        $1[0] = $0[0]
        return 4.5
      }
      return parameters[0]
    }
    #expect(step { _ in } == 1.5)
    #expect(step { $0.maximumRate = 0.25 } == 2.25)
    #expect(step { $0.lowerBound = 9 } == 4.5)
    #expect(
      step {
        $0.lowerBound = 9
        $0.variant = .positive
      } == 3)
  }

  @Test func `Mechanic asks as often as the rule inside, and hands it the rate`() {
    for (inner, evaluations) in [(SGD(), 1), (PolyakSGD(), 1), (SAM(), 2)]
      as [(any Optimizer, Int)]
    {
      var rule = Mechanic()
      rule.rule = WrappedRule(inner)
      let stepper = rule.stepper(count: 2, as: Double.self)
      var parameters = [1.0, -2]
      for step in 1...4 {
        var span = parameters.mutableSpan
        stepper.step(&span, learningRate: 0.5) { point, gradient in
          for index in 0..<2 { gradient[index] = point[index] }
          return 0.5 * (point[0] * point[0] + point[1] * point[1])
        }
        #expect(stepper.ownEvaluations == step * evaluations, "\(type(of: inner))")
      }
      // It descends, and no further than the updates inside would go with all scales at 1.
      #expect(parameters[0] < 1 && parameters[1] > -2)
      #expect(stepper.slotNames.starts(with: ["start", "former"]))
      let bytes = inner.stepper(count: 2, as: Double.self).stateBytes
      #expect(stepper.stateBytes == bytes + 2 * 2 * 8 + 4 * rule.betaCount * 8)
    }
  }

  @Test func `COCOB and DoG take no notice of the size of gradients`() {
    var dog = DoG()
    dog.epsilon = 0
    var cocob = COCOB()
    cocob.epsilon = 0
    for rule in [dog, cocob] as [any Optimizer] {
      func way(_ scale: Double) -> [Double] {
        let stepper = rule.stepper(count: 2, as: Double.self)
        var parameters = [1.0, -2]
        for _ in 0..<6 {
          let gradients = [parameters[0] * scale, 4 * parameters[1] * scale]
          var span = parameters.mutableSpan
          stepper.step(&span, gradients: gradients.span, learningRate: 1)
        }
        return parameters
      }
      // Powers of four scale every number exactly.
      #expect(way(1) == way(0x1p-20) && way(1) == way(0x1p20), "\(type(of: rule))")
    }
  }

  /// Without penalties, FTRL is Adagrad without epsilon, whatever its rates are; a rate of 0 makes no step.
  @Test(arguments: [-0.5, -0.5.nextUp]) func `FTRL follows changing rates as Adagrad does`(
    power: Double
  ) {
    var (leader, adagrad) = (FTRL(), Adagrad())
    leader.ratePower = power
    adagrad.epsilon = 0
    let (first, second) = (
      leader.stepper(count: 3, as: Double.self), adagrad.stepper(count: 3, as: Double.self)
    )
    var (a, b) = ([1.0, -2, 0.5], [1.0, -2, 0.5])
    for rate in [0.5, 0.25, 0, 0.125, 1, 0.0625] {
      let gradients = [b[0], 4 * b[1], 9 * b[2]]
      var span = a.mutableSpan
      first.step(&span, gradients: gradients.span, learningRate: rate)
      // Adagrad takes the gradient into its sum all the same.
      guard rate > 0 else { continue }
      span = b.mutableSpan
      second.step(&span, gradients: gradients.span, learningRate: rate)
      // Sums up to √n/α·θ, 16·3 times the parameter: each step loses a few units of them.
      for index in 0..<3 { #expect(abs(a[index] - b[index]) <= 6 * 8 * 48 * 0x1p-52) }
    }
  }
}
