import Datasets
import Randomness

extension NetworkProblem {
  /// Mean loss, and how well the samples are classified or their numbers predicted.
  package struct Evaluation: Hashable, Sendable {
    package var loss: Double
    /// The share of samples classified rightly, 0 to 1.
    package var accuracy: Double
    /// The share of the variance of the numbers to predict that is explained: R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)², ȳ the mean over the
    /// same samples; 0 where there are classes.
    package var explained: Double
  }

  /// Which samples of the data set.
  package enum Split: Sendable { case train, validation, test }

  /// Loss and accuracy, or R², over all samples of `split`, in the data set's own order.
  ///
  /// - Precondition: the data set has such samples.
  package func evaluate(_ split: Split, parameters: Span<Float>) -> Evaluation {
    precondition(parameters.count == parameterCount, "\(parameterCount) parameters expected")
    guard let samples = samples(of: split) else {
      preconditionFailure("the data set has no validation samples")
    }
    var lossSum = 0.0
    var correct = 0
    parameters.withUnsafeBufferPointer { parameters in
      samples.withPointers { features, labels, values in
        guard let parameters = parameters.baseAddress else {
          preconditionFailure("buffers of a network are never empty")
        }
        for start in stride(from: 0, to: samples.count, by: Self.evaluationChunk) {
          if isCancelled() { return }
          let chunk = network.evaluate(
            rows: min(Self.evaluationChunk, samples.count - start),
            input: features + start * samples.featureCount, labels: labels + start,
            values: predictsValues ? values.map { $0 + start } : nil, parameters: parameters,
            key: RandomKey(
              masterSeed: 0, purpose: .layerNoise, step: start / Self.evaluationChunk))
          lossSum += chunk.lossSum
          correct += chunk.correct
        }
      }
    }
    let count = Double(samples.count)
    let loss = lossSum / count
    return Evaluation(
      loss: loss, accuracy: Double(correct) / count,
      explained: predictsValues ? 1 - loss / samples.valueVariance : 0)
  }
}

extension Samples {
  fileprivate func withPointers(
    _ body: (UnsafePointer<Float>, UnsafePointer<Int32>, UnsafePointer<Float>?) -> Void
  ) {
    features.withUnsafeBufferPointer { features in
      labels.withUnsafeBufferPointer { labels in
        guard let features = features.baseAddress, let labels = labels.baseAddress else {
          preconditionFailure("a data set is never empty")
        }
        guard let values else { return body(features, labels, nil) }
        values.withUnsafeBufferPointer { body(features, labels, $0.baseAddress) }
      }
    }
  }
}
