/// What a network is trained to make small; always a mean over the samples.
public enum LossFunction: String, CaseIterable, Hashable, Codable, Sendable {
  /// −log softmax(z)[label] of the last layer's outputs z.
  case softmaxCrossEntropy = "softmax_cross_entropy"
}
