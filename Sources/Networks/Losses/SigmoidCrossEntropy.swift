import Foundation

/// Logistic function and binary cross-entropy in one, a mean over outputs: max(z, 0) − z·t + log(1 + e^−|z|), gradient σ(z) − t
/// (Bishop 2006, equation 4.91). No exponential overflows, whatever the logit.
enum SigmoidCrossEntropy {
  @inline(__always)
  static func loss<Scalar: BLASScalar>(_ sample: LossSample<Scalar>) -> Double {
    var sum = 0.0
    let share = sample.weight / Scalar(sample.width)
    for index in 0..<sample.width {
      let logit = Double(sample.outputs[index])
      let target = sample.target[index]
      sum += (logit <= 0 ? 0 : logit) - logit * Double(target) + log1p(exp(-abs(logit)))
      if let gradient = sample.gradient {
        gradient[index] = share * (Scalar.logistic(sample.outputs[index]) - target)
      }
    }
    return sum / Double(sample.width)
  }
}
