import Networks

/// The network of a case, and under which names the case has its tensors and outputs.
struct NetworkCaseModel {
  var specification: NetworkSpecification
  /// In the order of the flat parameter buffer.
  var tensorNames: [String]
  /// Which node's output a field holds.
  var outputs: [String: Int]
  var featureCount: Int
  var outputCount: Int
  /// The node of a batch normalisation.
  var normalization: Int?

  init(_ recorded: NetworkCase) throws(NotCovered) {
    let weights = recorded.mapping("weights")
    let parts = try Self.layers(of: recorded, weights)
    tensorNames = parts.names
    outputs = parts.outputs
    normalization = parts.normalization
    guard Set(weights.keys) == Set(parts.names) else {
      let unknown = Set(weights.keys).symmetricDifference(parts.names).sorted()
      throw NotCovered(what: "weights '\(unknown.joined(separator: " "))'")
    }
    let shape = recorded.values["input"]?.shape ?? []
    featureCount = shape.dropFirst().reduce(1, *)
    outputCount = recorded.values["output"]?.shape.last ?? 0
    specification = NetworkSpecification(
      layers: try parts.texts.map { text throws(NotCovered) in try Self.layer(text) },
      loss: try Self.loss(of: recorded))
    if let ratio = recorded.number("keep_ratio") { specification.hardestRatio = ratio }
    if let l1 = recorded.number("l1") { specification.penalty.l1 = l1 }
    if let l2 = recorded.number("l2") { specification.penalty.l2 = l2 }
    if let half = recorded.flag("half") { specification.penalty.isHalved = half }
  }

  private typealias Parts = (
    texts: [[String]], names: [String], outputs: [String: Int], normalization: Int?
  )

  /// A residual block is a list of more than one text.
  private static func layer(_ texts: [String]) throws(NotCovered) -> LayerSpecification {
    var layers: [LayerSpecification] = []
    for text in texts {
      do throws(NetworkError) {
        layers.append(try LayerSpecification(parsing: text))
      } catch {
        throw NotCovered(what: "layer '\(text)'")
      }
    }
    return layers.count == 1 ? layers[0] : .residual(layers)
  }

  private static func loss(of recorded: NetworkCase) throws(NotCovered) -> LossFunction {
    switch recorded.text("loss_function") {
    case nil, "softmax_cross_entropy": return .softmaxCrossEntropy
    case "mse": return .meanSquaredError
    case "sigmoid_cross_entropy": return .sigmoidCrossEntropy
    case .some(let name): throw NotCovered(what: "loss '\(name)'")
    }
  }

  private static func layers(
    of recorded: NetworkCase, _ weights: [String: ReferenceValue]
  ) throws(NotCovered) -> Parts {
    if weights["conv_weight"] != nil { return try convolution(recorded, weights) }
    if weights["w1"] != nil, weights["b1"] == nil { return residual(weights) }
    if weights["w1"] != nil { return try perceptron(recorded, weights) }
    throw NotCovered(what: "network with weights '\(weights.keys.sorted().joined(separator: " "))'")
  }

  private static func activation(_ recorded: NetworkCase) throws(NotCovered) -> String {
    switch recorded.text("activation") {
    case nil: throw NotCovered(what: "network without 'activation'")
    case "leaky_relu": return "leaky_relu \(recorded.number("negative_slope") ?? 0.01)"
    case "maxout": return "maxout \(Int(recorded.number("pieces") ?? 2))"
    case "none": return "identity"
    case .some(let name):
      guard LayerSpecification.names.contains(name) else {
        throw NotCovered(what: "activation '\(name)'")
      }
      return name
    }
  }

  private static func perceptron(
    _ recorded: NetworkCase, _ weights: [String: ReferenceValue]
  ) throws(NotCovered) -> Parts {
    var texts = [["dense \(weights["b1"]?.numbers.count ?? 0)"]]
    var names = ["w1", "b1"]
    var outputs = ["hidden_preactivation": 0, "preactivation": 0]
    var normalization: Int?
    if weights["gamma"] != nil {
      let epsilon = "epsilon \(recorded.number("eps") ?? 1e-5)"
      if let momentum = recorded.number("momentum") {
        normalization = texts.count
        texts.append(["batch_norm momentum \(momentum) \(epsilon)"])
      } else {
        texts.append(["layer_norm \(epsilon)"])
      }
      outputs["normalized"] = texts.count - 1
      names += ["gamma", "beta"]
    }
    outputs["hidden"] = texts.count
    texts.append([try activation(recorded)])
    if let probability = recorded.number("drop_probability") {
      outputs["dropped"] = texts.count
      texts.append(["dropout \(probability)"])
    }
    outputs["output"] = texts.count
    texts.append(["dense \(weights["b2"]?.numbers.count ?? 0)"])
    return (texts, names + ["w2", "b2"], outputs, normalization)
  }

  private static func convolution(
    _ recorded: NetworkCase, _ weights: [String: ReferenceValue]
  ) throws(NotCovered) -> Parts {
    guard let kernel = weights["conv_weight"]?.shape, kernel.count == 4 else {
      throw NotCovered(what: "value of 'conv_weight'")
    }
    let image = (recorded.values["input"]?.shape ?? []).dropFirst().map { "\($0)" }
    let padding = Int(recorded.number("padding") ?? 0)
    let stride = Int(recorded.number("stride") ?? 1)
    let texts = [
      "reshape \(image.joined(separator: "x"))",
      "conv \(kernel[0]) \(kernel[2])x\(kernel[3]) padding \(padding) stride \(stride)",
      try activation(recorded), "max_pool \(Int(recorded.number("pool") ?? 2))", "flatten",
      "dense \(weights["dense_bias"]?.numbers.count ?? 0)",
    ]
    return (
      texts.map { [$0] }, ["conv_weight", "conv_bias", "dense_weight", "dense_bias"],
      ["conv_output": 1, "pooled": 3, "output": 5], nil
    )
  }

  private static func residual(_ weights: [String: ReferenceValue]) -> Parts {
    let names = weights.keys.sorted()
    let blocks = stride(from: 0, to: names.count - 1, by: 2).map { index in
      [
        "dense \(weights[names[index]]?.shape.first ?? 0) no_bias", "relu",
        "dense \(weights[names[index + 1]]?.shape.first ?? 0) no_bias",
      ]
    }
    // Each block runs as its three layers and the sum.
    return (
      blocks, names, ["hidden": 1, "first_block": 3, "output": 4 * blocks.count - 1], nil
    )
  }
}
