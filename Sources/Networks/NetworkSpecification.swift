/// A network without numbers: its layers in order, how they start and what is minimised.
package struct NetworkSpecification: Hashable, Sendable {
  package var layers: [LayerSpecification]
  package var initialization: Initialization
  /// What biases start at.
  package var bias: Double
  package var loss: LossFunction
  /// The share of a mini-batch, those with the largest losses, that counts; 1 for all.
  package var hardestRatio: Double
  package var penalty: Penalty

  package init(
    layers: [LayerSpecification], initialization: Initialization = .he, bias: Double = 0,
    loss: LossFunction = .softmaxCrossEntropy, hardestRatio: Double = 1, penalty: Penalty = .none
  ) {
    self.layers = layers
    self.initialization = initialization
    self.bias = bias
    self.loss = loss
    self.hardestRatio = hardestRatio
    self.penalty = penalty
  }

  /// Length of the flat parameter buffer for samples of `featureCount` numbers in `classCount` classes.
  ///
  /// - Throws: What is wrong with the shapes, before anything is allocated.
  package func parameterCount(featureCount: Int, classCount: Int) throws(NetworkError) -> Int {
    try NetworkPlan(self, featureCount: featureCount, classCount: classCount).parameterCount
  }

  /// Everything but the layers that changes what is computed, by name; settings at their default are left out but for the first two.
  package var settings: [String: String] {
    var settings = ["initialization": "\(initialization)", "loss": loss.rawValue]
    if bias != 0 { settings["bias"] = "\(bias)" }
    if hardestRatio != 1 { settings["hardest"] = "\(hardestRatio)" }
    if penalty != .none { settings["penalty"] = "\(penalty)" }
    return settings
  }

  /// BLAS counts in 32 bits.
  static let parameterLimit = Int(Int32.max)
}
