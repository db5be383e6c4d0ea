import Optimizers
import Testing

/// The equations once more, in Float and by hand: what the Double references cannot see.
@Suite struct FloatTests {
  private let parameter: Float = 0.75
  private let gradients: [Float] = [0.5, -0.25]

  private func parameters(after rule: some Optimizer, learningRate: Double) -> [Float] {
    let stepper = rule.stepper(count: 1, as: Float.self)
    var parameters = [parameter]
    return gradients.map { gradient in
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: [gradient].span, learningRate: learningRate)
      return parameters[0]
    }
  }

  /// A step is a handful of operations on numbers below 1, each within half a unit in the last place: 10 · 2⁻²⁴.
  private func expect(_ found: [Float], _ expected: [Double], _ rule: String) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(abs(Double(found) - expected) <= 10 * 0x1p-24, "\(rule)")
    }
  }

  @Test func `two steps of every root are those of the equation`() {
    let rate = 0.125
    expect(parameters(after: SGD(), learningRate: rate), [0.6875, 0.71875], "sgd")
    // v₁ = 0.5, v₂ = 0.9·0.5 − 0.25 = 0.2.
    expect(parameters(after: Momentum(), learningRate: rate), [0.6875, 0.6625], "momentum")
    // s₁ = 0.25, s₂ = 0.3125.
    let adagrad = [0.75 - 0.125, 0.625 + 0.125 * 0.25 / 0.3125.squareRoot()]
    expect(parameters(after: Adagrad(), learningRate: rate), adagrad, "adagrad")
    // s₁ = 0.0025, s₂ = 0.99·0.0025 + 0.01·0.0625 = 0.0031.
    let rmsprop = 0.75 - 0.125 * 0.5 / 0.05
    expect(
      parameters(after: RMSprop(), learningRate: rate),
      [rmsprop, rmsprop + 0.125 * 0.25 / 0.0031.squareRoot()], "rmsprop")
    // m₁ = 0.05, v₁ = 0.00025: one rate. m₂ = 0.02, v₂ = 0.00031225; corrected by 0.19 and 0.001999.
    let second = 0.125 * (0.02 / 0.19) / (0.00031225 / 0.001999).squareRoot()
    expect(parameters(after: Adam(), learningRate: rate), [0.625, 0.625 - second], "adam")
  }

  /// 1 − β is taken before β is rounded to Float, and so must be the power that corrects it.
  @Test func `a corrected average in Float is the constant too`() {
    let averages = ExponentialMovingAverage<Float>(beta: 0.999)
      .averages(of: [Float](repeating: 7.25, count: 50))
    // β in Float is off by up to 2⁻²⁵, which t averages of weight 10⁻³ make at most t·2⁻²⁵ of the sum of weights t·10⁻³.
    for corrected in averages.corrected { #expect(abs(corrected - 7.25) <= 7.25 * 0x1p-24 / 1e-3) }
    #expect(abs(averages.corrected[0] - 7.25) <= 7.25 * 4 * 0x1p-24)
  }

  /// A steady gradient has no variance, and rounding must not make it negative: 3,000 steps stay finite.
  @Test(arguments: [Float(0.1), 0.7, 2.5])
  func `centered RMSprop survives a steady gradient`(gradient: Float) {
    var rule = RMSprop()
    rule.centered = true
    let stepper = rule.stepper(count: 1, as: Float.self)
    var parameters: [Float] = [0]
    for _ in 0..<3000 {
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: [gradient].span, learningRate: 1e-9)
    }
    #expect(parameters[0].isFinite)
  }
}
