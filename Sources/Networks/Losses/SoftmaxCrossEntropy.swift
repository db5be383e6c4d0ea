import Foundation

/// Softmax and cross-entropy in one: loss −Σ t·log p with p = softmax(z), gradient p − t for targets that sum to 1
/// (Bishop 2006, "Pattern Recognition and Machine Learning", equation 4.109).
///
/// The largest logit is subtracted first, so that no exponential overflows and the sum is at least 1; the loss is
/// log Σ exp(z − max) − (z[label] − max), never the logarithm of a vanished probability.
enum SoftmaxCrossEntropy {
  @inline(__always)
  static func loss<Scalar: BLASScalar>(_ sample: LossSample<Scalar>) -> Double {
    let largest = sample.largest
    let outputs = sample.outputs
    var sum: Scalar = 0
    if let gradient = sample.gradient {
      for index in 0..<sample.width {
        gradient[index] = Scalar.exponential(outputs[index] - largest)
      }
      for index in 0..<sample.width { sum += gradient[index] }
      let scale = sample.weight / sum
      for index in 0..<sample.width { gradient[index] *= scale }
      switch sample.target {
      case .label(let label): gradient[label] -= sample.weight
      case .values(let values):
        for index in 0..<sample.width { gradient[index] -= sample.weight * values[index] }
      }
    } else {
      for index in 0..<sample.width { sum += Scalar.exponential(outputs[index] - largest) }
    }
    return switch sample.target {
    case .label(let label): log(Double(sum)) - Double(outputs[label] - largest)
    case .values(let values):
      (0..<sample.width).reduce(0.0) {
        $0 + Double(values[$1]) * (log(Double(sum)) - Double(outputs[$1] - largest))
      }
    }
  }
}
