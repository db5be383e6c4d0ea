import Optimizers
import Parameters
import Testing

/// ½Σ i·xᵢ², its gradient i·xᵢ.
private func bowl(_ count: Int) -> Stepper<Double>.Objective {
  { point, gradient in
    var loss = 0.0
    for index in 0..<count {
      gradient[index] = Double(index + 1) * point[index]
      loss += 0.5 * gradient[index] * point[index]
    }
    return loss
  }
}

@Suite struct WeightDecayTests {
  /// Whose steps do not change with the size of a gradient; of ADOPT that holds for the first ones.
  private static let seeSigns: Set = [
    "sign_sgd", "signum", "rprop", "lion", "adopt", "dadapt_lion", "cocob", "tiger",
    "sm3", "splus",
  ]
  private static let start = [1.5, -2, 0, 0.25, -0.125]

  /// A step of every rule, by whichever way it takes gradients.
  private func step(
    _ rule: any Optimizer, _ pipeline: UpdatePipeline, count: Int = 3, rate: Double? = nil
  ) -> [Double] {
    let stepper = PipelineStepper<Double>(
      rule, pipeline, layout: ParameterLayout(count: Self.start.count))
    var point = Self.start
    for _ in 0..<count {
      var gradient = [Double](repeating: 0, count: point.count)
      _ = gradient.withUnsafeMutableBufferPointer { gradient in
        point.withUnsafeBufferPointer { bowl(point.count)($0.baseAddress!, gradient.baseAddress!) }
      }
      var span = point.mutableSpan
      if stepper.needsObjective {
        stepper.step(
          &span, learningRate: rate ?? rule.learningRate, objective: bowl(Self.start.count))
      } else {
        stepper.step(&span, gradients: gradient.span, learningRate: rate ?? rule.learningRate)
      }
    }
    return point
  }

  private func with(_ decay: WeightDecay) -> UpdatePipeline {
    var pipeline = UpdatePipeline()
    pipeline.decay = decay
    return pipeline
  }

  /// The rule inside is the same; only where λθ is added differs, by nothing.
  @Test func `L2 around a rule is the rule's own L2 penalty, bit for bit`() throws {
    var seen: Set<String> = []
    for type in OptimizerCatalogue.all {
      guard
        let own = type.descriptions.first(where: { $0.name == "weight_decay" }),
        own.meaning.hasPrefix("L2 penalty"), own.defaultValue == .number(0), type != LARS.self,
        type != ScheduleFreeSGD.self
      else { continue }
      seen.insert(type.name)
      var rule = type.init()
      try rule.set("weight_decay", to: .number(0.25))
      let found = step(type.init(), with(WeightDecay(l2: 0.25)))
      #expect(found == step(rule, UpdatePipeline()), "\(type.name)")
      guard !Self.seeSigns.contains(type.name) else { continue }
      #expect(found != step(type.init(), UpdatePipeline()), "\(type.name)")
    }
    // Those whose own decay is another one, or on by default, are not among them.
    #expect(
      seen.isSuperset(of: ["sgd", "momentum", "adagrad", "rmsprop", "adam"]) && seen.count == 27,
      "\(seen.count): \(seen.sorted())")
  }

  /// α·λ is rounded with other neighbors than in AdamW, which takes (1 − αλ)θ: three steps of a few units of numbers up to 2.
  @Test func `decoupled decay around Adam is AdamW`() {
    var decayed = AdamW()
    (decayed.learningRate, decayed.weightDecay) = (0.1, 0.3)
    var adam = Adam()
    adam.learningRate = 0.1
    let found = step(adam, with(WeightDecay(decoupled: 0.3)))
    #expect(found.count == step(decayed, UpdatePipeline()).count)
    for (found, expected) in zip(found, step(decayed, UpdatePipeline())) {
      #expect(abs(found - expected) <= 3 * 4 * 2 * 0x1p-52)
    }
    #expect(found != step(adam, UpdatePipeline()))
  }

  /// Whatever the rule does is done before: the rest is θ − αλθ, rounded twice.
  @Test func `one decoupled step of every rule differs by its decay alone`() {
    for type in OptimizerCatalogue.all {
      let rule = type.init()
      let plain = step(rule, UpdatePipeline(), count: 1)
      let decayed = step(rule, with(WeightDecay(decoupled: 0.5)), count: 1)
      for index in Self.start.indices {
        let expected = plain[index] - rule.learningRate * 0.5 * Self.start[index]
        #expect(
          abs(decayed[index] - expected) <= 2 * 0x1p-52 * max(1, abs(expected)), "\(type.name)")
      }
    }
  }

  @Test func `L1 pulls by its sign, not at zero, and adds to L2`() {
    // Gradients 1.5, −4, 0, 1, −0.625; all numbers are exact in binary.
    #expect(
      step(SGD(), with(WeightDecay(l1: 0.5)), count: 1, rate: 1) == [-0.5, 2.5, 0, -1.25, 1])
    #expect(
      step(SGD(), with(WeightDecay(l1: 0.5, l2: 2)), count: 1, rate: 1)
        == [-3.5, 6.5, 0, -1.75, 1.25])
  }

  /// λ₁‖θ‖₁ + ½λ₂‖θ‖², exact in binary; ‖θ‖₁ = 3.875, ‖θ‖² = 6.328125.
  @Test func `what is added to a loss is what the gradient is of`() {
    let decay = WeightDecay(l1: 0.5, l2: 2)
    #expect(decay.penalty(at: Self.start, count: 5) == 0.5 * 3.875 + 6.328125)
    var gradient = [Double](repeating: 1, count: 5)
    decay.addGradient(to: &gradient, at: Self.start, count: 5)
    #expect(gradient == [4.5, -3.5, 1, 2, 0.25])
    #expect(WeightDecay(decoupled: 1).penalty(at: Self.start, count: 5) == 0)
  }

  @Test func `every rule feels every kind of decay`() {
    for type in OptimizerCatalogue.all {
      let plain = step(type.init(), UpdatePipeline(), rate: 0.125)
      for decay in [WeightDecay(l1: 0.5), WeightDecay(l2: 0.5), WeightDecay(decoupled: 0.5)] {
        if Self.seeSigns.contains(type.name) && decay.decoupled == 0 { continue }
        #expect(step(type.init(), with(decay), rate: 0.125) != plain, "\(type.name) \(decay)")
      }
    }
  }

  /// The loss itself is 0 everywhere: all there is to descend is the penalty, and without it in the loss no step would look
  /// better than none. A search on ‖θ‖² ends at its minimum; on ‖θ‖₁ a smooth method stops at the first kink, that of the
  /// smaller coordinate, a third of the way.
  @Test func `a line search sees the penalty in the loss`() {
    var searching = LBFGS()
    searching.lineSearch = .strongWolfe
    for rule in [searching, ConjugateGradient()] as [any Optimizer] {
      func size(after decay: WeightDecay) -> Double {
        let stepper = PipelineStepper<Double>(
          rule, with(decay), layout: ParameterLayout(count: 2))
        var point = [10.0, -30]
        for _ in 0..<10 {
          var span = point.mutableSpan
          stepper.step(&span, learningRate: 1) { point, gradient in
            gradient[0] = 0
            gradient[1] = 0
            return 0
          }
        }
        return abs(point[0]) + abs(point[1])
      }
      #expect(size(after: WeightDecay(l2: 0.25)) < 1e-6, "\(type(of: rule))")
      #expect(size(after: WeightDecay(l1: 0.5)) < 30, "\(type(of: rule))")
    }
  }

  @Test func `a group has its own decay, the rest the pipeline's`() {
    var pipeline = with(WeightDecay(l1: 1, l2: 2, decoupled: 0.25))
    pipeline.groups = [ParameterGroup(range: 1..<2, optimizer: SGD())]
    var quick = SGD()
    quick.learningRate *= 2
    pipeline.groups.append(
      ParameterGroup(range: 3..<4, optimizer: quick, decay: WeightDecay(decoupled: 0.5)))
    // 1.5 − (1.5 + 1 + 3) − 0.25·1.5; −2 + 4; 0; 0.25 − 2·1 − 2·0.5·0.25; −0.125 + (0.625 + 1 + 0.25) + 0.25·0.125.
    #expect(
      step(SGD(), pipeline, count: 1, rate: 1) == [-4.375, 2, 0, -2, 1.78125])
  }

  @Test func `sparsity counts decay as part of the update`() {
    var pipeline = with(WeightDecay(decoupled: 1))
    pipeline.sparsity = .count(1)
    // Updates −3, 6, 0, −1.25, 0.75.
    #expect(step(SGD(), pipeline, count: 1, rate: 1) == [1.5, 4 + 2 - 2, 0, 0.25, -0.125])
  }
}
