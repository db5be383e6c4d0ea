/// One tensor of a network's flat parameter buffer.
package struct NetworkTensor: Hashable, Sendable {
  package enum Role: String, CaseIterable, Sendable {
    case weight
    case bias
    /// The factor γ of a normalization.
    case gain
  }

  package var range: Range<Int>
  /// `[units, inputs]` of a dense layer's weight, `[filters, channels, height, width]` of a convolution's; row-major.
  package var shape: [Int]
  package var role: Role
  /// The place of its layer in the network, from 0; layers of a residual block count one by one, and so does its sum.
  package var layer: Int
  /// The layer as a scenario writes it.
  package var layerText: String
}
