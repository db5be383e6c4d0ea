import Optimizers
import Parameters
import Testing

private let rules = elementwiseRules

@Suite struct KernelTests {
  @Test func `element-wise rules are found`() { #expect(rules.count >= 31) }

  /// 67 = 2·32 + 3: whole vectors, unrolled or not, and every length of remainder.
  @Test(arguments: 0...67)
  func `a step on n parameters equals n steps on one, bit for bit`(count: Int) {
    for rule in rules {
      expectElementwise(rule, count: count, as: Float.self)
      expectElementwise(rule, count: count, as: Double.self)
    }
  }

  private func expectElementwise<Scalar: KernelScalar>(
    _ rule: some Optimizer, count: Int, as _: Scalar.Type
  ) {
    let together = rule.stepper(count: count, as: Scalar.self)
    let apart = (0..<count).map { _ in rule.stepper(count: 1, as: Scalar.self) }
    var parameters = (0..<count).map { Scalar($0 % 13) / 7 - 0.8 }
    var single = parameters.map { [$0] }
    for step in 0..<5 {
      let gradients = (0..<count).map { Scalar(($0 * 31 + step * 17) % 101) / 50 - 1 }
      var span = parameters.mutableSpan
      together.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
      for index in 0..<count {
        var span = single[index].mutableSpan
        let gradient = [gradients[index]]
        apart[index].step(&span, gradients: gradient.span, learningRate: rule.learningRate)
      }
      #expect(
        parameters == single.map { $0[0] }, "\(type(of: rule)) in \(Scalar.self), step \(step)")
    }
  }

  @Test func `a zero gradient from rest leaves every parameter alone`() {
    // Yogi starts its mean at 10⁻⁶ and so moves; averaged descent and decay shrink by themselves; FTRL's leader of nothing is 0.
    for rule in rules
    where (rule.settings["weight_decay"] ?? .number(0)) == .number(0)
      && !(rule is Yogi) && !(rule is ASGD) && !(rule is FTRL)
    {
      let start = (0..<67).map { Double($0) - 33.5 }
      var parameters = start
      let stepper = rule.stepper(count: 67, as: Double.self)
      for _ in 0..<10 {
        let gradients = [Double](repeating: 0, count: 67)
        var span = parameters.mutableSpan
        stepper.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
      }
      #expect(parameters == start, "\(type(of: rule))")
    }
  }

  @Test func `to maximize is to descend the negative, bit for bit`() throws {
    for rule in rules
    where rule.settings["weight_decay", default: .number(0)] == .number(0)
      && rule.settings["maximize"] != nil
    {
      var climbing = rule
      try climbing.set("maximize", to: .flag(true))
      var down = (0..<67).map { Float($0) / 7 - 4 }
      var up = down
      let descent = rule.stepper(count: 67, as: Float.self)
      let ascent = climbing.stepper(count: 67, as: Float.self)
      for step in 0..<8 {
        let gradients = (0..<67).map { Float(($0 * 31 + step * 17) % 101) / 50 - 1 }
        let negated = gradients.map { -$0 }
        var span = down.mutableSpan
        descent.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
        span = up.mutableSpan
        ascent.step(&span, gradients: negated.span, learningRate: rule.learningRate)
      }
      #expect(down == up, "\(type(of: rule))")
    }
  }

  /// What the kernel does to a gradient is what is done by hand to the gradient of a rule that has none of it.
  @Test func `direction and L2 penalty change the gradient before every rule, bit for bit`() {
    var count = 0
    for rule in rules {
      guard let plain = rule as? any PenalizedRule, !plain.maximize, plain.weightDecay == 0 else {
        continue
      }
      count += 1
      var formed = plain
      (formed.weightDecay, formed.maximize) = (0.3, true)
      expectSame(plain, formed) { -$0 + Float(0.3) * $1 }
      formed.maximize = false
      expectSame(plain, formed) { $0 + Float(0.3) * $1 }
    }
    #expect(count >= 15)
  }

  private func expectSame(
    _ plain: some Optimizer, _ formed: some Optimizer, _ form: (Float, Float) -> Float
  ) {
    var (byHand, byKernel) = ([Float](repeating: 0, count: 67), [Float](repeating: 0, count: 67))
    for index in 0..<67 { byHand[index] = Float(index) / 7 - 4 }
    byKernel = byHand
    let (hand, kernel) = (
      plain.stepper(count: 67, as: Float.self), formed.stepper(count: 67, as: Float.self)
    )
    for step in 0..<8 {
      let gradients = (0..<67).map { Float(($0 * 31 + step * 17) % 101) / 50 - 1 }
      let changed = zip(gradients, byHand).map(form)
      var span = byHand.mutableSpan
      hand.step(&span, gradients: changed.span, learningRate: plain.learningRate)
      span = byKernel.mutableSpan
      kernel.step(&span, gradients: gradients.span, learningRate: plain.learningRate)
    }
    #expect(byHand == byKernel, "\(type(of: plain))")
  }

  /// Before anything is remembered, and after ordinary steps behind which a limit could hide it; once.
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `a non-finite gradient spoils its own parameter and no other`(bad: Float) {
    for rule in rules {
      for (position, healthySteps) in [(0, 0), (7, 3), (8, 0), (31, 3), (66, 1)] {
        var spoilt = [Float](repeating: 1, count: 67)
        var clean = spoilt
        var gradients = [Float](repeating: 0.5, count: 67)
        let spoiltStepper = rule.stepper(count: 67, as: Float.self)
        let cleanStepper = rule.stepper(count: 67, as: Float.self)
        for step in 0..<(healthySteps + 2) {
          gradients[position] = 0.5
          var span = clean.mutableSpan
          cleanStepper.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
          if step == healthySteps { gradients[position] = bad }
          span = spoilt.mutableSpan
          spoiltStepper.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
        }
        #expect(!spoilt[position].isFinite, "\(type(of: rule)) at \(position)")
        spoilt[position] = clean[position]
        #expect(spoilt == clean, "\(type(of: rule)) at \(position)")
      }
    }
  }

  @Test func `before the first step every method is evaluated at the parameters`() {
    for type in OptimizerCatalogue.all {
      let stepper = type.init().stepper(count: 3, as: Double.self)
      #expect(stepper.evaluationParameters([3, -2, 0.5]) == [3, -2, 0.5], "\(type)")
    }
  }

  @Test func `state memory is slots times parameters times the size of a scalar`() {
    for rule in rules {
      let stepper = rule.stepper(count: 1000, as: Float.self)
      // Schedule-free rules keep two numbers beside their slots, FTRL one.
      let beside =
        rule is ScheduleFreeSGD || rule is ScheduleFreeAdamW ? 16 : rule is FTRL ? 8 : 0
      #expect(stepper.stateBytes == stepper.slotNames.count * 1000 * 4 + beside)
    }
    #expect(Adam().stepper(count: 3, as: Double.self).slotNames == ["mean", "mean_square"])
    #expect(SGD().stepper(count: 3, as: Double.self).stateBytes == 0)
  }

  /// Numbers of parameters that are not those that it measures with; wrappers and whole-vector rules too.
  @Test func `bytes per parameter are what a stepper allocates for each`() {
    for type in OptimizerCatalogue.all {
      let rule = type.init()
      let (small, large) = (
        rule.stepper(count: 300, as: Double.self), rule.stepper(count: 5000, as: Double.self)
      )
      #expect(
        large.stateBytes - small.stateBytes == 4700 * rule.bytesPerParameter(as: Double.self),
        "\(type.name)")
      // The moments of Adafactor, CAME and SM3 are as long as a vector but no slot.
      let beside = rule is Adafactor || rule is CAME || rule is SM3 ? 1 : 0
      #expect(
        rule.bytesPerParameter(as: Float.self) == 4 * (large.slotNames.count + beside),
        "\(type.name)")
      for slot in large.slotNames.indices {
        #expect(large.values(ofSlot: slot).count == 5000)
      }
    }
  }

  @Test func `one step from rest is plain gradient descent for both momentum forms`() {
    var average = Momentum()
    average.form = .average
    average.biasCorrection = true
    average.momentum = 0.5
    for rule in [SGD(), Momentum(), average] as [any Optimizer] {
      var parameters = [3.0, -2.0]
      let gradients = [0.25, 8.0]
      var span = parameters.mutableSpan
      rule.stepper(count: 2, as: Double.self)
        .step(&span, gradients: gradients.span, learningRate: 0.5)
      #expect(parameters == [3 - 0.125, -6])
    }
  }

  /// Just too few to share, one that splits evenly, and one whose last share is ragged.
  @Test(arguments: [262_143, 393_216, 400_001])
  func `threads share a step and change no bit`(count: Int) {
    for name in ["sgd", "adam", "lookahead"] {
      guard let rule = OptimizerCatalogue.optimizer(named: name)?.init() else {
        Issue.record("no \(name)")
        continue
      }
      var results: [[Float]] = []
      for threads in [1, 3] {
        let stepper = rule.stepper(count: count, as: Float.self)
        stepper.threads = threads
        var parameters = (0..<count).map { Float($0 % 1009) / 1009 }
        let gradients = (0..<count).map { Float($0 % 997) / 997 - 0.5 }
        for _ in 0..<3 {
          var span = parameters.mutableSpan
          stepper.step(&span, gradients: gradients.span, learningRate: 0.1)
        }
        results.append(parameters)
      }
      #expect(results[0] == results[1])
    }
  }
}
