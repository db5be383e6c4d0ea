/// One tensor of a network's flat parameter buffer.
public struct NetworkTensor: Hashable, Sendable {
  public enum Role: String, CaseIterable, Sendable {
    case weight
    case bias
    /// The factor γ of a normalisation.
    case gain
  }

  public var range: Range<Int>
  /// `[units, inputs]` of a dense layer's weight, `[filters, channels, height, width]` of a convolution's; row-major.
  public var shape: [Int]
  public var role: Role
  /// The place of its layer in the network, from 0; layers of a residual block count one by one, and so does its sum.
  public var layer: Int
  /// The layer as a scenario writes it.
  public var layerText: String
}

extension NetworkSpecification {
  /// The tensors of the parameter buffer, in its order and without gaps, for samples of `featureCount` numbers.
  ///
  package func tensors(featureCount: Int, classCount: Int) throws(NetworkError) -> [NetworkTensor] {
    try NetworkPlan(self, featureCount: featureCount, classCount: classCount).tensors
  }
}

extension NetworkProblem {
  /// The tensors of the parameter buffer, in its order and without gaps.
  public var tensors: [NetworkTensor] { plan.tensors }
}
