import Foundation

/// Softmax and cross-entropy in one: loss −log p[label] with p = softmax(z), gradient p − onehot(label)
/// (Bishop 2006, "Pattern Recognition and Machine Learning", equation 4.109).
///
/// The largest logit is subtracted first, so that no exponential overflows and the sum is at least 1; the loss is
/// log Σ exp(z − max) − (z[label] − max), never the logarithm of a vanished probability.
enum SoftmaxCrossEntropy {
  /// The sum of the losses of `rows` samples; `gradient` becomes that of their mean.
  static func lossSum<Scalar: BLASScalar>(
    rows: Int, classes: Int, logits: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    var lossSum = 0.0
    let weight = 1 / Scalar(rows)
    for row in 0..<rows {
      let logits = logits + row * classes
      let gradient = gradient + row * classes
      let label = Int(labels[row])
      let largest = largest(logits, count: classes)
      var sum: Scalar = 0
      for index in 0..<classes {
        gradient[index] = Scalar.exponential(logits[index] - largest)
        sum += gradient[index]
      }
      lossSum += log(Double(sum)) - Double(logits[label] - largest)
      let scale = weight / sum
      for index in 0..<classes { gradient[index] *= scale }
      gradient[label] -= weight
    }
    return lossSum
  }

  /// The sum of the losses, and how many samples have their label as the first largest output.
  ///
  /// A row with a NaN counts as wrong.
  static func evaluate<Scalar: BLASScalar>(
    rows: Int, classes: Int, logits: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>
  ) -> (lossSum: Double, correct: Int) {
    var lossSum = 0.0
    var correct = 0
    for row in 0..<rows {
      let logits = logits + row * classes
      let label = Int(labels[row])
      let largest = largest(logits, count: classes)
      var sum: Scalar = 0
      var winner = classes
      for index in stride(from: classes - 1, through: 0, by: -1) {
        sum += Scalar.exponential(logits[index] - largest)
        if logits[index] == largest { winner = index }
      }
      lossSum += log(Double(sum)) - Double(logits[label] - largest)
      if winner == label && !sum.isNaN { correct += 1 }
    }
    return (lossSum, correct)
  }

  @inline(__always)
  private static func largest<Scalar: BLASScalar>(
    _ values: UnsafePointer<Scalar>, count: Int
  ) -> Scalar {
    var largest = values[0]
    for index in 1..<count where values[index] > largest { largest = values[index] }
    return largest
  }
}
