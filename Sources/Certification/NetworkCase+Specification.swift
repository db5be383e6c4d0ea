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
  /// The node of a batch normalization.
  var normalization: Int?

  init(_ recorded: NetworkCase) throws(CaseError) {
    let weights = try recorded.tensors("weights")
    try CaseError.require(!weights.isEmpty, "weights", "is missing")
    let parts = try Self.layers(of: recorded, weights)
    tensorNames = parts.names
    outputs = parts.outputs
    normalization = parts.normalization
    if let missing = parts.names.first(where: { weights[$0] == nil }) {
      throw .malformed(field: "weights", reason: "has no '\(missing)'")
    }
    if let unknown = weights.keys.sorted().first(where: { !parts.names.contains($0) }) {
      throw .notCovered("weights '\(unknown)'")
    }
    guard let input = try recorded.tensor("input"), let output = try recorded.tensor("output")
    else {
      throw .malformed(
        field: recorded.values["input"] == nil ? "input" : "output", reason: "is missing")
    }
    featureCount = input.numbers.count / input.shape[0]
    outputCount = output.numbers.count / output.shape[0]
    specification = NetworkSpecification(
      layers: try parts.texts.map { text throws(CaseError) in try Self.layer(text) },
      loss: try Self.loss(of: recorded))
    specification.lossOptions.hardest = try Self.ratio(of: recorded)
    if let l1 = try recorded.number("l1") { specification.penalty.l1 = l1 }
    if let l2 = try recorded.number("l2") { specification.penalty.l2 = l2 }
    if let half = try recorded.flag("half") { specification.penalty.isHalved = half }
  }

  private typealias Parts = (
    texts: [[String]], names: [String], outputs: [String: Int], normalization: Int?
  )

  /// A residual block is a list of more than one text.
  private static func layer(_ texts: [String]) throws(CaseError) -> LayerSpecification {
    var layers: [LayerSpecification] = []
    for text in texts {
      do throws(NetworkError) {
        layers.append(try LayerSpecification(parsing: text))
      } catch {
        if case .unknownLayer = error { throw .notCovered("layer '\(text)'") }
        throw .malformed(field: text, reason: "is no layer: \(error)")
      }
    }
    return layers.count == 1 ? layers[0] : .residual(layers)
  }

  private static func ratio(of recorded: NetworkCase) throws(CaseError) -> Double {
    let ratio = try recorded.number("keep_ratio") ?? 1
    try CaseError.require(ratio > 0 && ratio <= 1, "keep_ratio", "must be above 0 and at most 1")
    return ratio
  }

  private static func loss(of recorded: NetworkCase) throws(CaseError) -> LossFunction {
    switch try recorded.text("loss_function") {
    case nil, "softmax_cross_entropy": return .softmaxCrossEntropy
    case "mse": return .meanSquaredError
    case "sigmoid_cross_entropy": return .sigmoidCrossEntropy
    case .some(let name): throw .notCovered("loss '\(name)'")
    }
  }

  private static func layers(
    of recorded: NetworkCase, _ weights: [String: NetworkCase.Tensor]
  ) throws(CaseError) -> Parts {
    if weights["conv_weight"] != nil { return try convolution(recorded, weights) }
    if weights["w1"] != nil, weights["b1"] == nil { return try residual(weights) }
    if weights["w1"] != nil { return try perceptron(recorded, weights) }
    throw .notCovered("network with weights '\(weights.keys.sorted().joined(separator: " "))'")
  }

  /// The value of a field that the network needs.
  private static func given<Value>(
    _ read: (String) throws(CaseError) -> Value?, _ field: String
  ) throws(CaseError) -> Value {
    guard let value = try read(field) else {
      throw .malformed(field: field, reason: "is missing")
    }
    return value
  }

  private static func activation(_ recorded: NetworkCase) throws(CaseError) -> String {
    switch try recorded.text("activation") {
    case nil: throw .malformed(field: "activation", reason: "is missing")
    case "leaky_relu": return "leaky_relu \(try given(recorded.number, "negative_slope"))"
    case "maxout": return "maxout \(try given(recorded.side, "pieces"))"
    case "none": return "identity"
    case .some(let name):
      guard LayerSpecification.names.contains(name) else {
        throw .notCovered("activation '\(name)'")
      }
      return name
    }
  }

  private static func perceptron(
    _ recorded: NetworkCase, _ weights: [String: NetworkCase.Tensor]
  ) throws(CaseError) -> Parts {
    var texts = [["dense \(weights["b1"]?.numbers.count ?? 0)"]]
    var names = ["w1", "b1"]
    var outputs = ["hidden_preactivation": 0, "preactivation": 0]
    var normalization: Int?
    if weights["gamma"] != nil {
      let epsilon = "epsilon \(try given(recorded.number, "eps"))"
      if let momentum = try recorded.number("momentum") {
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
    if let probability = try recorded.number("drop_probability") {
      outputs["dropped"] = texts.count
      texts.append(["dropout \(probability)"])
    }
    outputs["output"] = texts.count
    texts.append(["dense \(weights["b2"]?.numbers.count ?? 0)"])
    return (texts, names + ["w2", "b2"], outputs, normalization)
  }

  private static func convolution(
    _ recorded: NetworkCase, _ weights: [String: NetworkCase.Tensor]
  ) throws(CaseError) -> Parts {
    guard let kernel = weights["conv_weight"]?.shape, kernel.count == 4 else {
      throw .malformed(field: "weights.conv_weight", reason: "must have four axes")
    }
    let image = (try recorded.tensor("input")?.shape ?? []).dropFirst().map { "\($0)" }
    let padding = try given(recorded.side, "padding")
    let stride = try given(recorded.side, "stride")
    let texts = [
      "reshape \(image.joined(separator: "x"))",
      "conv \(kernel[0]) \(kernel[2])x\(kernel[3]) padding \(padding) stride \(stride)",
      try activation(recorded), "max_pool \(try given(recorded.side, "pool"))", "flatten",
      "dense \(weights["dense_bias"]?.numbers.count ?? 0)",
    ]
    return (
      texts.map { [$0] }, ["conv_weight", "conv_bias", "dense_weight", "dense_bias"],
      ["conv_output": 1, "pooled": 3, "output": 5], nil
    )
  }

  private static func residual(_ weights: [String: NetworkCase.Tensor]) throws(CaseError) -> Parts {
    let names = weights.keys.sorted()
    try CaseError.require(names.count.isMultiple(of: 2), "weights", "must come in pairs")
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

extension NetworkCase {
  /// Of windows, strides and pieces.
  fileprivate func side(_ key: String) throws(CaseError) -> Int? {
    try whole(key, in: 0...1_000_000)
  }
}
