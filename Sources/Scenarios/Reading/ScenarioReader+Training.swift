import Datasets
import Records
import Yams

/// A key of `problem: network:` or of a scenario that says how networks are trained, for lists.
package struct TrainingOption: Sendable {
  package let name: String
  package let defaultText: String
  package let allowed: String
  package let summary: String

  /// All of them, in the order in which they take effect.
  package static let all: [TrainingOption] = [
    TrainingOption(
      name: "dataset", defaultText: "",
      allowed: "name, {idx: FOLDER} or {csv: FILE, label: COLUMN}",
      summary: "what it learns from; paths are relative to the scenario's folder"),
    TrainingOption(
      name: "normalization", defaultText: "unit",
      allowed: Normalization.allCases.map(\.rawValue).joined(separator: " "),
      summary:
        "inputs as stored, in [0, 1], or of zero mean and unit variance over the training set"),
    TrainingOption(
      name: "validation", defaultText: "", allowed: "share below 1, or count",
      summary: "training samples held out to choose by, such as when to stop"),
    TrainingOption(
      name: "train_samples", defaultText: "", allowed: "count",
      summary: "use only so many of the training samples"),
    TrainingOption(
      name: "split_seed", defaultText: "0", allowed: "whole number",
      summary: "which samples are held out; the same for every optimizer and seed"),
    TrainingOption(
      name: "batch_size", defaultText: "128", allowed: "count, or full",
      summary: "samples per step; 1 is stochastic, full is plain gradient descent"),
    TrainingOption(
      name: "last_batch", defaultText: "keep",
      allowed: LastBatch.allCases.map(\.rawValue).joined(separator: " "),
      summary: "what becomes of the samples that do not fill a batch"),
    TrainingOption(
      name: "gradient_norms", defaultText: "false", allowed: "true or false",
      summary: "record the norm of each layer's gradient at each step"),
    TrainingOption(
      name: "early_stopping", defaultText: "",
      allowed: "{patience: 5, metric: validation_loss, restore_best: true}",
      summary: "beside budget: stop when the metric gets no better for so many epochs"),
    TrainingOption(
      name: "convergence", defaultText: "", allowed: "{epsilon: 1e-6, evaluations: 10}",
      summary: "beside budget: stop when the loss changes by less than epsilon so often in a row"),
  ]
}

extension ScenarioReader {
  /// The keys of `network:` that say how its data are prepared.
  func preparation(_ reader: MappingReader, splitSeed: Int) -> DataPreparation {
    var preparation = DataPreparation()
    preparation.splitSeed = splitSeed
    preparation.normalization = choice("normalization", reader) ?? .unit
    preparation.trainSamples = reader.whole("train_samples", in: 1...1_000_000_000)
    if let node = reader.take("validation") {
      preparation.validation = sampleCount(of: node)
      if preparation.validation == nil {
        issues.report(
          "'validation' must be a share above 0 and below 1 or a number of samples, not \(node.quoted)",
          at: node)
      }
    }
    return preparation
  }

  func splitSeed(_ reader: MappingReader) -> Int {
    reader.whole("split_seed", in: 0...1_000_000_000) ?? 0
  }

  /// `batch_size:`, a number of samples or `full`.
  ///
  /// - Parameter largest: training samples there are, where that is known already.
  func batchSize(_ reader: MappingReader, largest: Int?) -> BatchSize {
    guard let node = reader.take("batch_size") else { return .samples(128) }
    if node.scalar?.string == "full" { return .full }
    let range = 1...(largest ?? 1_000_000_000)
    if let count = node.plainWhole, range.contains(count) { return .samples(count) }
    issues.report(
      "'batch_size' must be a whole number from \(range.lowerBound) to \(range.upperBound), or full, not \(node.quoted)",
      at: node)
    return .full
  }

  /// `early_stopping:` and `convergence:` of a scenario.
  func stopping(_ reader: MappingReader, for problem: Scenario.Problem?) -> StoppingRules {
    var rules = StoppingRules()
    if let node = reader.take("early_stopping") {
      rules.earlyStopping = earlyStopping(node, for: problem)
    }
    if let node = reader.take("convergence") { rules.convergence = convergence(node) }
    return rules
  }

  private func earlyStopping(_ node: Node, for problem: Scenario.Problem?) -> EarlyStopping? {
    guard let reader = MappingReader(node, name: "early_stopping", issues: issues) else {
      return nil
    }
    defer { reader.finish() }
    let hasPatience = reader.require("patience") != nil
    let patience = hasPatience ? reader.whole("patience", in: 1...100_000) : nil
    let restoresBest = reader.flag("restore_best")
    var metric: Metric? = .validationLoss
    if let value = reader.take("metric") {
      metric = value.scalar.flatMap { Metric(rawValue: $0.string) }
      if metric.map(EarlyStopping.metrics.contains) != true {
        let names = EarlyStopping.metrics.map(\.rawValue)
        let hint =
          metric == .testLoss || metric == .testAccuracy
          ? ": the test set makes no choices" : ""
        issues.report(
          "'metric' must be one of \(names.joined(separator: ", ")), not \(value.quoted)\(hint)",
          at: value)
        return nil
      }
    }
    switch problem {
    case .surface, .series:
      issues.report("'early_stopping' is for networks; a surface has 'convergence'", at: node)
    case .network(let task):
      if task.preparation.validation == nil, metric?.needsValidation == true {
        issues.report(
          "'early_stopping' needs samples to judge by: add 'validation: 0.1' to the network, or another 'metric'",
          at: node)
      }
      if metric?.largerIsBetter == true, problem?.tellsClasses == false {
        issues.report("an accuracy as 'metric' needs a loss that tells classes apart", at: node)
      }
    case nil: break
    }
    guard let patience, let metric else { return nil }
    return EarlyStopping(
      patience: patience, metric: metric, restoresBest: restoresBest ?? true)
  }

  private func convergence(_ node: Node) -> Convergence? {
    guard let reader = MappingReader(node, name: "convergence", issues: issues) else { return nil }
    defer { reader.finish() }
    let value = reader.require("epsilon")
    let evaluations = reader.whole("evaluations", in: 1...1_000_000)
    guard let value else { return nil }
    guard let epsilon = value.plainNumber, epsilon > 0 else {
      issues.report("'epsilon' must be a number above 0, not \(value.quoted)", at: value)
      return nil
    }
    return Convergence(epsilon: epsilon, evaluations: evaluations ?? 10)
  }
}

extension Metric {
  /// Whether it is taken over the validation set.
  var needsValidation: Bool { self == .validationLoss || self == .validationAccuracy }
}
