import Networks
import Randomness

/// Runs a recorded network in `Double` through the code that trains, and compares everything that was recorded.
struct NetworkCheck {
  private let recorded: NetworkCase
  private let model: NetworkCaseModel
  private let network: Network<Double>
  private let rows: Int
  private let input: [Double]
  private let parameters: [Double]
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

  static func findings(for recorded: NetworkCase) -> [Finding] {
    do throws(NotCovered) {
      var check = try NetworkCheck(recorded)
      try check.run()
      return check.findings
    } catch {
      return [
        Finding(
          name: "networks/\(recorded.name)", quantity: "network", verdict: .notCovered,
          worstError: .nan, tolerance: tolerance, step: nil, remark: error.what)
      ]
    }
  }

  private init(_ recorded: NetworkCase) throws(NotCovered) {
    try recorded.refuseFields(beyond: Self.fields)
    self.recorded = recorded
    model = try NetworkCaseModel(recorded)
    rows = recorded.values["input"]?.shape.first ?? 0
    input = recorded.numbers("input") ?? []
    let weights = recorded.mapping("weights")
    parameters = model.tensorNames.flatMap { weights[$0]?.numbers ?? [] }
    guard rows > 0, input.count == rows * model.featureCount else {
      throw NotCovered(what: "value of 'input'")
    }
    do throws(NetworkError) {
      network = try Network<Double>(
        model.specification, featureCount: model.featureCount, classCount: model.outputCount,
        capacity: rows, keepsAll: true, withInputGradient: true)
    } catch {
      throw NotCovered(what: "network: \(error)")
    }
    guard network.parameterCount == parameters.count else {
      throw NotCovered(what: "weights of other shapes")
    }
  }

  private mutating func run() throws(NotCovered) {
    setStatistics(of: network)
    var gradient = [Double](repeating: .nan, count: parameters.count)
    let loss = try pass(network, isTraining: recorded.text("mode") != "evaluation", &gradient)
    for (field, node) in model.outputs.sorted(by: { $0.key < $1.key }) {
      if let expected = recorded.numbers(field) {
        compare(field, Self.copy(network.output(ofNode: node), expected.count), expected)
      }
    }
    if let expected = recorded.number("loss") { compare("loss", [loss], [expected]) }
    comparePenalty(loss)
    compareGradients(gradient)
    try compareLosses()
    compareRunning()
    try compareBatchStatistics()
    compareEvaluation()
  }

  private func setStatistics(of network: Network<Double>) {
    guard let node = model.normalization, let means = recorded.numbers("running_mean_before"),
      let variances = recorded.numbers("running_var_before")
    else { return }
    network.setStatistics(means + variances, ofNode: node)
  }

  private func pass(
    _ network: Network<Double>, isTraining: Bool, _ gradient: inout [Double]
  ) throws(NotCovered) -> Double {
    let context = PassContext(
      isTraining: isTraining, keeps: true, key: RandomKey(masterSeed: 0, purpose: .layerNoise),
      givenMask: recorded.numbers("mask"))
    if let target = recorded.numbers("target") {
      return target.withUnsafeBufferPointer { target in
        network.lossAndGradient(
          rows: rows, input: input, targets: .values(target.baseAddress.unsafelyUnwrapped),
          parameters: parameters,
          gradient: &gradient, context: context)
      }
    }
    guard let labels = recorded.numbers("labels")?.map({ Int32($0) }), labels.count == rows,
      labels.allSatisfy({ (0..<Int32(model.outputCount)).contains($0) })
    else { throw NotCovered(what: "value of 'labels'") }
    return labels.withUnsafeBufferPointer { labels in
      network.lossAndGradient(
        rows: rows, input: input, targets: .labels(labels.baseAddress.unsafelyUnwrapped),
        parameters: parameters,
        gradient: &gradient, context: context)
    }
  }

  private mutating func comparePenalty(_ loss: Double) {
    guard let expected = recorded.number("penalty_value"),
      let data = recorded.number("data_loss")
    else { return }
    let losses = Self.copy(network.sampleLosses, rows)
    let found = losses.reduce(0, +) / Double(rows)
    compare("data_loss", [found], [data])
    compare("penalty_value", [loss - found], [expected])
  }

  private mutating func compareGradients(_ gradient: [Double]) {
    let expected = recorded.mapping("gradients")
    var begin = 0
    for name in model.tensorNames {
      let count = recorded.mapping("weights")[name]?.numbers.count ?? 0
      if let numbers = expected[name]?.numbers {
        compare("gradients.\(name)", Array(gradient[begin..<begin + count]), numbers)
      }
      begin += count
    }
    if let expected = recorded.numbers("gradient_input") {
      compare("gradient_input", Self.copy(network.inputGradient, expected.count), expected)
    }
    guard let node = model.outputs["output"] else { return }
    let count = rows * model.outputCount
    let outputGradient = Self.copy(network.gradient(ofNode: node), count)
    if let expected = recorded.numbers("gradient_output") {
      compare("gradient_output", outputGradient, expected)
    }
    if let expected = recorded.numbers("probabilities"), let labels = recorded.numbers("labels") {
      // p − onehot, times the number of rows, is what the loss hands back.
      let found = outputGradient.enumerated().map { index, entry in
        let isLabel = Int(labels[index / model.outputCount]) == index % model.outputCount
        return entry * Double(rows) + (isLabel ? 1 : 0)
      }
      compare("probabilities", found, expected)
    }
    if let expected = recorded.numbers("kept_indices") {
      let found = (0..<rows).filter { row in
        outputGradient[row * model.outputCount..<(row + 1) * model.outputCount].contains { $0 != 0 }
      }
      compare("kept_indices", found.map(Double.init), expected)
      compare("kept", [Double(found.count)], [recorded.number("kept") ?? .nan])
    }
  }

  private mutating func compareLosses() throws(NotCovered) {
    if let expected = recorded.numbers("sample_losses") {
      compare("sample_losses", Self.copy(network.sampleLosses, rows), expected)
    }
  }

  private mutating func compareRunning() {
    guard let node = model.normalization, let means = recorded.numbers("running_mean_after"),
      let variances = recorded.numbers("running_var_after")
    else { return }
    let found = network.statistics(ofNode: node)
    compare("running_mean_after", Array(found.prefix(means.count)), means)
    compare("running_var_after", Array(found.dropFirst(means.count)), variances)
  }

  /// With a momentum of 1 the running values are the batch's.
  private mutating func compareBatchStatistics() throws(NotCovered) {
    guard let node = model.normalization, let means = recorded.numbers("batch_mean"),
      let biased = recorded.numbers("batch_var_biased"),
      let unbiased = recorded.numbers("batch_var_unbiased")
    else { return }
    var specification = model.specification
    let other: Network<Double>
    do throws(NetworkError) {
      specification.layers[node] = try LayerSpecification(parsing: "batch_norm momentum 1")
      other = try Network<Double>(
        specification, featureCount: model.featureCount, classCount: model.outputCount,
        capacity: rows)
    } catch {
      throw NotCovered(what: "network: \(error)")
    }
    var gradient = parameters
    _ = try pass(other, isTraining: true, &gradient)
    let found = other.statistics(ofNode: node)
    let variances = Array(found.dropFirst(means.count))
    compare("batch_mean", Array(found.prefix(means.count)), means)
    compare("batch_var_unbiased", variances, unbiased)
    compare(
      "batch_var_biased", variances.map { $0 * Double(rows - 1) / Double(rows) }, biased)
  }

  private mutating func compareEvaluation() {
    guard let expected = recorded.numbers("evaluation_output") else { return }
    let found = network.forward(rows: rows, input: input, parameters: parameters)
    compare("evaluation_output", Self.copy(found, expected.count), expected)
  }

  private static func copy(_ values: UnsafePointer<Double>?, _ count: Int) -> [Double] {
    values.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
  }

  private mutating func compare(_ quantity: String, _ found: [Double], _ expected: [Double]) {
    let deviations = zip(found, expected).map { abs($0 - $1) / max(1, abs($1)) }
    let worst =
      found.count != expected.count || deviations.contains(where: \.isNaN)
      ? .infinity : deviations.max() ?? 0
    findings.append(
      Finding(
        name: "networks/\(recorded.name)", quantity: quantity,
        verdict: worst <= Self.tolerance ? .agrees : .differs, worstError: worst,
        tolerance: Self.tolerance, step: nil, remark: ""))
  }
}
