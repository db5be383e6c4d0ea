import Optimizers
import Parameters

/// Nanoseconds per parameter of one step in Float, and the memory-bandwidth limit.
enum StepSpeed {
  static func cases(quick: Bool, threads: Int) -> [SpeedCase] {
    (quick ? [1_000, 1_000_000] : [1_000, 100_000, 1_000_000, 10_000_000]).flatMap { count in
      // The steps of methods that evaluate losses cannot be timed separately.
      OptimizerCatalogue.all.filter {
        !$0.init().stepper(count: 1, as: Float.self).needsObjective
      }.map { type in speedCase(type.init(), count: count, threads: threads) }
    }
  }

  private static func speedCase(
    _ rule: some Optimizer, count: Int, threads: Int
  ) -> SpeedCase {
    SpeedCase(
      name: "step/\(type(of: rule).name)/\(count)", unit: .nanoseconds,
      measure: { rounds in
        let stepper = rule.stepper(count: count, as: Float.self)
        stepper.threads = threads
        return time(stepper, learningRate: rule.learningRate, rounds: rounds)
      },
      measureRoof: { rounds in
        let slots = rule.stepper(count: 1, as: Float.self).slotNames.count
        let stepper = StreamRoof.stepper(
          count: count, slots: min(slots, StreamRoof.largestSlotCount))
        stepper.threads = threads
        return time(stepper, learningRate: 0, rounds: rounds)
      })
  }

  private static func time(
    _ stepper: Stepper<Float>, learningRate: Double, rounds: Int
  ) -> Samples {
    let count = stepper.count
    var parameters = [Float](repeating: 0.5, count: count)
    var gradients = [Float](repeating: 0.01, count: count)
    var steps = 0
    let repeats = max(3, min(20_000, 20_000_000 / count))
    let seconds = Samples.seconds(rounds: rounds, repeats: repeats) {
      // Turned round now and then, so that parameters stay finite: rules take other paths where they do not.
      if steps % 256 == 255 { for index in 0..<count { gradients[index] = -gradients[index] } }
      steps += 1
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: gradients.span, learningRate: learningRate)
    }
    return Samples(seconds.map { $0 / Double(count) * 1e9 })
  }
}
