import Datasets
import Optimizers
import Parameters
import Surfaces

/// Nanoseconds per iteration on a surface: loss, gradient and step of one point in Double.
enum SurfaceSpeed {
  static func cases() -> [SpeedCase] {
    var sgd = SGD()
    sgd.learningRate = 1e-4
    var momentum = Momentum()
    momentum.learningRate = 1e-4
    var rmsprop = RMSprop()
    rmsprop.learningRate = 1e-3
    let rules: [any Optimizer] = [sgd, momentum, rmsprop, Adam()]
    return rules.map { speedCase($0, on: Rosenbrock()) }
  }

  private static func speedCase(_ rule: some Optimizer, on surface: any Surface) -> SpeedCase {
    SpeedCase(
      name: "surface/\(type(of: surface).name)/\(type(of: rule).name)", unit: .nanoseconds,
      measure: { rounds in
        var point = surface.defaultStart
        var gradient = [Double](repeating: 0, count: surface.dimension)
        let stepper = rule.stepper(count: surface.dimension, as: Double.self)
        let seconds = Samples.seconds(rounds: rounds, repeats: 200_000) {
          var gradientSpan = gradient.mutableSpan
          _ = surface.value(at: point.span, gradient: &gradientSpan)
          var span = point.mutableSpan
          stepper.step(&span, gradients: gradient.span, learningRate: rule.learningRate)
        }
        return Samples(seconds.map { $0 * 1e9 })
      }, measureRoof: nil)
  }
}
