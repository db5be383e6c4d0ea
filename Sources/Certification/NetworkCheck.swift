import Networks
import Randomness

/// Runs a recorded network in `Double` through the code that trains, and compares everything that was recorded.
struct NetworkCheck {
  let recorded: NetworkCase
  let model: NetworkCaseModel
  let network: Network<Double>
  let rows: Int
  let input: [Double]
  private let weights: [String: NetworkCase.Tensor]
  let parameters: [Double]
  private var findings: [Finding] = []

  /// Every number comes from at most a few hundred roundings of 2⁻⁵³ each, in sums of terms of order one or ten: 10⁻¹² leaves
  /// a factor of ten over that.
  private static let tolerance = 1e-12

  private static let fields: Set<String> = [
    "name", "activation", "batch_mean", "batch_var_biased", "batch_var_unbiased", "beta",
    "conv_output", "data_loss", "drop_probability", "dropped", "eps", "evaluation_output",
    "first_block", "formula", "gradient_input", "gradient_output", "gradients", "half", "hidden",
    "hidden_preactivation", "input", "keep_ratio", "kept", "kept_indices", "l1", "l2", "labels",
    "loss", "loss_function", "mask", "mode", "momentum", "negative_slope", "normalized", "output",
    "padding", "penalty", "penalty_value", "pieces", "pool", "pooled", "preactivation",
    "probabilities", "running_mean_after", "running_mean_before", "running_var_after",
    "running_var_before", "sample_losses", "stride", "target", "weights",
  ]

  /// - Throws: What is wrong with the case; what is not covered is a finding.
  static func findings(for recorded: NetworkCase) throws(CaseError) -> [Finding] {
    do throws(CaseError) {
      var check = try NetworkCheck(recorded)
      try check.run()
      return check.findings
    } catch {
      guard case .notCovered(let what) = error else { throw error }
      return [
        Finding("networks/\(recorded.name)", "network", notCovered: what, tolerance: tolerance)
      ]
    }
  }

  private init(_ recorded: NetworkCase) throws(CaseError) {
    try recorded.refuseFields(beyond: Self.fields)
    self.recorded = recorded
    model = try NetworkCaseModel(recorded)
    let input = try recorded.tensor("input")
    rows = input?.shape[0] ?? 0
    self.input = input?.numbers ?? []
    weights = try recorded.tensors("weights")
    parameters = model.tensorNames.flatMap { [weights] in weights[$0]?.numbers ?? [] }
    do throws(NetworkError) {
      network = try Network<Double>(
        model.specification, featureCount: model.featureCount, classCount: model.outputCount,
        capacity: rows, keepsAll: true, withInputGradient: true)
    } catch {
      throw .malformed(field: "weights", reason: "do not fit: \(error)")
    }
    guard network.parameterCount == parameters.count else {
      throw .malformed(
        field: "weights",
        reason: "have \(parameters.count) numbers, the network \(network.parameterCount)")
    }
  }

  private mutating func run() throws(CaseError) {
    let mode = try recorded.text("mode") ?? "training"
    guard ["training", "evaluation"].contains(mode) else { throw .notCovered("mode '\(mode)'") }
    try setStatistics(of: network)
    var gradient = [Double](repeating: .nan, count: parameters.count)
    let loss = try pass(network, isTraining: mode == "training", &gradient)
    for (field, node) in model.outputs.sorted(by: { $0.key < $1.key }) {
      try compare(field, network.output(ofNode: node), count: rows * width(ofNode: node))
    }
    try compare("loss", [loss])
    try comparePenalty(loss)
    try compareGradients(gradient)
    try compareOutputGradient()
    try compare("sample_losses", network.sampleLosses, count: rows)
    try compareStatistics()
    try compareBatchStatistics()
    if recorded.values["evaluation_output"] != nil {
      let found = network.forward(rows: rows, input: input, parameters: parameters)
      try compare("evaluation_output", found, count: rows * model.outputCount)
    }
  }

  func width(ofNode node: Int) -> Int { network.plan.nodes[node].output.count }

  func pass(
    _ network: Network<Double>, isTraining: Bool, _ gradient: inout [Double]
  ) throws(CaseError) -> Double {
    let dropped = try model.outputs["dropped"].flatMap { node throws(CaseError) in
      try recorded.numbers("mask", count: rows * width(ofNode: node))
    }
    if model.outputs["dropped"] != nil, isTraining {
      try CaseError.require(dropped != nil, "mask", "is missing")
    }
    let context = PassContext(
      isTraining: isTraining, keeps: true, key: RandomKey(masterSeed: 0, purpose: .layerNoise),
      givenMask: dropped)
    if let target = try recorded.numbers("target", count: rows * model.outputCount) {
      return target.withUnsafeBufferPointer { target in
        network.lossAndGradient(
          rows: rows, input: input, targets: .values(target.baseAddress.unsafelyUnwrapped),
          parameters: parameters,
          gradient: &gradient, context: context)
      }
    }
    let labels = try labels().map { Int32($0) }
    return labels.withUnsafeBufferPointer { labels in
      network.lossAndGradient(
        rows: rows, input: input, targets: .labels(labels.baseAddress.unsafelyUnwrapped),
        parameters: parameters,
        gradient: &gradient, context: context)
    }
  }

  /// A class per row.
  private func labels() throws(CaseError) -> [Int] {
    guard let numbers = try recorded.numbers("labels", count: rows) else {
      throw .malformed(field: "labels", reason: "is missing, and so is 'target'")
    }
    let labels = numbers.compactMap { Int(exactly: $0) }
    try CaseError.require(
      labels.count == rows && labels.allSatisfy((0..<model.outputCount).contains), "labels",
      "must be whole numbers from 0 to \(model.outputCount - 1)")
    return labels
  }

  private mutating func comparePenalty(_ loss: Double) throws(CaseError) {
    let losses = Self.copy(network.sampleLosses, rows)
    let found = losses.reduce(0, +) / Double(rows)
    try compare("data_loss", [found])
    try compare("penalty_value", [loss - found])
  }

  private mutating func compareGradients(_ gradient: [Double]) throws(CaseError) {
    let expected = try recorded.tensors("gradients")
    if let unknown = expected.keys.sorted().first(where: { weights[$0] == nil }) {
      throw .malformed(field: "gradients", reason: "has '\(unknown)', which 'weights' has not")
    }
    var begin = 0
    for name in model.tensorNames {
      let end = begin + (weights[name]?.numbers.count ?? 0)
      if let tensor = expected[name] {
        let shape = weights[name]?.shape ?? []
        try CaseError.require(
          tensor.shape == shape, "gradients.\(name)", "has shape \(tensor.shape), not \(shape)")
        compareAll("gradients.\(name)", Array(gradient[begin..<end]), tensor.numbers)
      }
      begin = end
    }
    try compare("gradient_input", network.inputGradient, count: rows * model.featureCount)
  }

  private mutating func compareOutputGradient() throws(CaseError) {
    guard let node = model.outputs["output"] else { return }
    let count = rows * model.outputCount
    let outputGradient = Self.copy(network.gradient(ofNode: node), count)
    try compare("gradient_output", outputGradient)
    if recorded.values["probabilities"] != nil {
      let labels = try labels()
      // p − onehot, times the number of rows, is the gradient by the output.
      let found = outputGradient.enumerated().map { index, entry in
        let isLabel = labels[index / model.outputCount] == index % model.outputCount
        return entry * Double(rows) + (isLabel ? 1 : 0)
      }
      try compare("probabilities", found)
    }
    if let expected = try recorded.numbers("kept_indices") {
      let found = (0..<rows).filter { row in
        outputGradient[row * model.outputCount..<(row + 1) * model.outputCount].contains { $0 != 0 }
      }
      compareAll("kept_indices", found.map(Double.init), expected)
      try compare("kept", [Double(found.count)])
    }
  }

  private static func copy(_ values: UnsafePointer<Double>?, _ count: Int) -> [Double] {
    values.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  }

  /// Compares numbers of every row of the input.
  private mutating func compare(
    _ field: String, _ found: UnsafePointer<Double>?, count: Int
  ) throws(CaseError) {
    if let shape = try recorded.tensor(field)?.shape {
      try CaseError.require(
        shape[0] == rows, field, "has \(shape[0]) rows, 'input' \(rows)")
    }
    try compare(field, Self.copy(found, count))
  }

  /// Compares with a field if the case has it.
  mutating func compare(_ field: String, _ found: [Double]) throws(CaseError) {
    var given: [Double]?
    if case .list = recorded.values[field] {
      given = try recorded.numbers(field)
    } else {
      given = try recorded.number(field).map { [$0] }
    }
    guard let given else { return }
    try CaseError.require(
      given.count == found.count, field,
      "has \(given.count) numbers, which should be \(found.count)")
    compareAll(field, found, given)
  }

  private mutating func compareAll(_ quantity: String, _ found: [Double], _ expected: [Double]) {
    findings.append(
      Finding(
        "networks/\(recorded.name)", quantity, worst: Finding.deviation(found, from: expected),
        tolerance: Self.tolerance))
  }
}
