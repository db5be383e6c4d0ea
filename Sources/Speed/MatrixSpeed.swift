import Optimizers
import Parameters
import Randomness

/// Nanoseconds per parameter of one step of rules that multiply matrices, over the tensors of a 784-1000-500-100-10 network in Float.
enum MatrixSpeed {
  /// Those whose time per parameter depends on the sides of matrices.
  private static let rules: [any Optimizer] = [
    Muon(), AdaMuon(), NorMuon(), Scion(), SOAP(), SPlus(), Shampoo(),
  ]

  static func cases() -> [SpeedCase] {
    rules.map { rule in
      SpeedCase(
        name: "step/\(type(of: rule).name)/mlp", unit: .nanoseconds,
        measure: { time(rule, rounds: $0) }, measureRoof: nil)
    }
  }

  /// Weights have a row per output.
  private static let layout: ParameterLayout = {
    let units = [784, 1000, 500, 100, 10]
    return ParameterLayout(
      shapes: zip(units, units.dropFirst()).flatMap { [[$1, $0], [$1]] })
  }()

  /// Steps of a round: one of them improves SOAP's bases, which is done at every tenth.
  private static let repeats = 10

  private static func time(_ rule: some Optimizer, rounds: Int) -> Samples {
    let stepper = rule.stepper(for: layout, as: Float.self)
    var generator = RandomKey(masterSeed: 1, purpose: .initialParameters).generator()
    var parameters = (0..<layout.count).map { _ in Float(0.05 * generator.normal()) }
    let gradients = (0..<layout.count).map { _ in Float(0.01 * generator.normal()) }
    let seconds = Samples.seconds(rounds: rounds, repeats: repeats) {
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: gradients.span, learningRate: rule.learningRate)
    }
    return Samples(seconds.map { $0 / Double(layout.count) * 1e9 })
  }
}
