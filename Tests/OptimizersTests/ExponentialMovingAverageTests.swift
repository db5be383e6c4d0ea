import Foundation
import Optimizers
import Testing

@Suite struct ExponentialMovingAverageTests {
  private let betas = [0.0, 0.5, 0.9, 0.98, 0.999]

  /// Each average is a sum of t products of up to t factors: rounding stays below t²·2⁻⁵³ < 3·10⁻¹³ of the largest term.
  @Test func `an average is the weighted sum it stands for`() {
    let values = (1...50).map { 20 + 5 * sin(Double($0)) }
    for beta in betas {
      let averages = ExponentialMovingAverage<Double>(beta: beta).averages(of: values)
      for t in 1...50 {
        let sum = (1...t).reduce(0) { $0 + (1 - beta) * pow(beta, Double(t - $1)) * values[$1 - 1] }
        #expect(abs(averages.plain[t - 1] - sum) <= 25 * 3e-13)
        let weights = (1...t).reduce(0) { $0 + (1 - beta) * pow(beta, Double(t - $1)) }
        // Dividing by weights as small as 10⁻³ makes the error that much larger.
        #expect(abs(averages.corrected[t - 1] - sum / weights) <= 25 * 3e-13 / weights)
      }
    }
  }

  /// The correction divides by 1 − βᵗ, whose rounding error of 2⁻⁵³ is at most 2⁻⁵³/(1 − β) of it.
  @Test func `the corrected average of a constant is the constant from the first day`() {
    for beta in betas {
      let averages = ExponentialMovingAverage<Double>(beta: beta)
        .averages(of: [Double](repeating: 7.25, count: 200))
      for corrected in averages.corrected {
        #expect(abs(corrected - 7.25) <= 7.25 * 200 * 0x1p-53 / (1 - beta))
      }
      #expect(averages.plain[0] == ExponentialMovingAverage<Double>(beta: beta).newWeight * 7.25)
    }
  }

  /// The same equation in all three rules: feed each one gradients and compare its slots with the average itself.
  @Test func `momentum, RMSprop and Adam remember exactly this average`() {
    let gradients = (1...40).map { sin(Double($0)) * 3 }
    var momentum = Momentum()
    momentum.form = .average
    momentum.momentum = 0.9
    var rmsprop = RMSprop()
    rmsprop.decay = 0.999
    let adam = Adam()
    let mean = ExponentialMovingAverage<Double>(beta: 0.9).averages(of: gradients).plain
    let square = ExponentialMovingAverage<Double>(beta: 0.999)
      .averages(of: gradients.map { $0 * $0 }).plain
    #expect(slots(of: momentum, after: gradients) == [mean.last])
    #expect(slots(of: rmsprop, after: gradients) == [square.last])
    #expect(slots(of: adam, after: gradients) == [mean.last, square.last])
  }

  /// At the first step m̂ = g and v̂ = g², so θ moves by α·g/(|g| + ε) ≈ α; without correction by α·(1−β₁)/√(1−β₂) = 3.16α.
  /// ε/|g| = 5·10⁻⁷ and rounding stay far below the bound.
  @Test func `bias correction makes Adam's first step as long as the learning rate`() {
    var uncorrected = Adam()
    uncorrected.biasCorrection = false
    var moved: [Double] = []
    for rule in [Adam(), uncorrected] {
      var parameters = [0.0]
      var span = parameters.mutableSpan
      rule.stepper(count: 1, as: Double.self)
        .step(&span, gradients: [0.02].span, learningRate: 0.001)
      moved.append(-parameters[0])
    }
    #expect(abs(moved[0] - 0.001) < 1e-9)
    #expect(abs(moved[1] - 0.001 * 0.1 / 0.001.squareRoot()) < 1e-7)
  }

  private func slots(of rule: some Optimizer, after gradients: [Double]) -> [Double?] {
    let stepper = rule.stepper(count: 1, as: Double.self)
    var parameters = [0.0]
    for gradient in gradients {
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: [gradient].span, learningRate: 0.01)
    }
    return stepper.slotNames.indices.map { stepper.values(ofSlot: $0).first }
  }
}
