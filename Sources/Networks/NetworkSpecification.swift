package import Datasets
package import Parameters

/// A network without numbers: its layers in order, how they start and the loss to minimize.
package struct NetworkSpecification: Hashable, Sendable {
  package var layers: [LayerSpecification]
  package var start = NetworkStart()
  package var loss = LossFunction.softmaxCrossEntropy
  package var lossOptions = LossOptions()
  package var penalty = Penalty()

  /// - Parameters: `nil` for the defaults.
  package init(
    layers: [LayerSpecification], initialization: Initialization? = nil, bias: Double? = nil,
    loss: LossFunction? = nil, hardestRatio: Double? = nil, penalty: Penalty? = nil
  ) {
    self.layers = layers
    if let initialization { start.weights = initialization }
    if let bias { start.biases = bias }
    if let loss { self.loss = loss }
    if let hardestRatio { lossOptions.hardest = hardestRatio }
    if let penalty { self.penalty = penalty }
  }

  package var initialization: Initialization { start.weights }
  package var bias: Double { start.biases }
  package var hardestRatio: Double { lossOptions.hardest }

  /// Length of the flat parameter buffer for samples of `featureCount` numbers in `classCount` classes.
  ///
  /// - Throws: What is wrong with the shapes, before anything is allocated.
  package func parameterCount(featureCount: Int, classCount: Int) throws(NetworkError) -> Int {
    try NetworkPlan(self, featureCount: featureCount, classCount: classCount).parameterCount
  }

  /// The same for data of any form.
  package func parameterCount(_ form: DataForm) throws(NetworkError) -> Int {
    try NetworkPlan(self, form: form).parameterCount
  }

  /// Everything but the layers that changes what is computed, by name; only the first two if at their defaults.
  package var settings: [String: String] {
    let usual = NetworkSpecification(layers: [])
    var settings = ["initialization": "\(initialization)", "loss": loss.rawValue]
    if bias != usual.bias { settings["bias"] = "\(bias)" }
    if hardestRatio != usual.hardestRatio { settings["hardest"] = "\(hardestRatio)" }
    if penalty != usual.penalty { settings["penalty"] = "\(penalty)" }
    return settings
  }

  /// BLAS counts in 32 bits.
  static let parameterLimit = Int(Int32.max)
}

/// How the parameters of a network start: `initialization:` of a scenario.
package struct NetworkStart: Parameterized {
  package static let name = "initialization"
  package static let parameters: [Parameter<NetworkStart>] = [
    Parameter("weights", \.weights, "how weights start"),
    Parameter("biases", \.biases, .real, "value at which biases start"),
  ]

  package var weights = Initialization.he
  package var biases = 0.0

  package init() {}
}

/// Which samples of a mini-batch count: `loss: {NAME: ...}` of a scenario.
package struct LossOptions: Parameterized {
  package static let name = "loss"
  package static let parameters: [Parameter<LossOptions>] = [
    Parameter(
      "hardest", \.hardest,
      .phrased("a fraction of the mini-batch above 0 and at most 1", .factor),
      "fraction of a mini-batch that counts: the samples with the largest losses")
  ]

  package var hardest = 1.0

  package init() {}
}
