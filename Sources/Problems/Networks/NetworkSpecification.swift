/// A network without numbers: its layers in order, how they start and what is minimised.
public struct NetworkSpecification: Hashable, Codable, Sendable {
  public var layers: [LayerSpecification]
  public var initialization: Initialization
  public var loss: LossFunction

  public init(
    layers: [LayerSpecification], initialization: Initialization = .he,
    loss: LossFunction = .softmaxCrossEntropy
  ) {
    self.layers = layers
    self.initialization = initialization
    self.loss = loss
  }

  /// Length of the flat parameter buffer for samples of `featureCount` numbers in `classCount` classes.
  ///
  /// - Throws: What is wrong with the shapes, before anything is allocated.
  public func parameterCount(featureCount: Int, classCount: Int) throws(NetworkError) -> Int {
    guard layers.contains(where: { if case .dense = $0 { true } else { false } }) else {
      throw .nothingToTrain
    }
    var width = featureCount
    var total = 0
    for layer in layers {
      if case .dense(let units) = layer {
        let (weights, overflow) = width.multipliedReportingOverflow(by: units)
        // Each addend is below 2⁶³, so the sum is checked in the same guard before it can pass the limit.
        guard units > 0, !overflow, weights <= Self.parameterLimit - units,
          total <= Self.parameterLimit - units - weights
        else { throw .tooManyParameters(layer: layer, inputWidth: width) }
        total += weights + units
        width = units
      }
    }
    guard width == classCount else {
      throw .outputMismatch(layer: layers[layers.count - 1], width: width, classCount: classCount)
    }
    return total
  }

  /// BLAS counts in 32 bits.
  static let parameterLimit = Int(Int32.max)
}
