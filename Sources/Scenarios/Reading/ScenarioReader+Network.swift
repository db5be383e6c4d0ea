import Datasets
import Networks
import Parameters
import Yams

extension ScenarioReader {
  /// `network:` with a data set, layers, and how they are trained; or the name of a predefined one, alone or as `task`.
  func network(_ node: Node) -> NetworkTask? {
    let isNamed = node.withTaskSpelledOut.mapping?["task"] != nil
    let keys = ScenarioKeys.keys(of: "network").map {
      isNamed ? $0.required(false) : $0
    }
    guard
      let reader = MappingReader(
        node.withTaskSpelledOut, name: "network", keys: keys, issues: issues)
    else { return nil }
    let entry = reader["task"].flatMap(namedNetwork)
    let preparation = group(DataPreparation.self, from: reader)
    var dataset =
      reader["dataset"].map { self.dataset($0, splitSeed: preparation.splitSeed) }
      ?? entry.map { .catalogue($0.dataset) }
    // The shape of published data is known before any are loaded.
    let published = DatasetCatalogue.entries.first { dataset == .catalogue($0.name) }
    let training = training(reader, largestBatch: published?.trainCount)
    var specification = networkSpecification(reader, basedOn: entry?.specification)
    settleTask(&dataset, &specification, hasLoss: reader.has("loss") || isNamed)
    if let dataset, !dataset.predictsValues, let node = reader.keyNode("label_scale") {
      issues.report("'label_scale' needs numbers to predict ('task: regression')", at: node)
    }
    guard let dataset, let specification, !isNamed || entry != nil else { return nil }
    var task = NetworkTask(
      dataset: dataset, preparation: preparation, specification: specification.value,
      training: training, line: reader.node.mark?.line,
      batchSizeLine: reader.keyNode("batch_size")?.mark?.line,
      keyLines: keyLines(reader))
    if let entry, !reader.has("batch_size") { task.training.batchSize = .samples(entry.batchSize) }
    guard let published else { return task }
    return checkShapes(specification, reader, form: published.form) ? task : nil
  }

  /// Numbers to predict have a squared error, and a squared error of one output is of numbers to predict: classes are two at least.
  private func settleTask(
    _ dataset: inout DatasetSource?, _ network: inout ReadNetwork?, hasLoss: Bool
  ) {
    if dataset?.predictsValues == true, !hasLoss { network?.value.loss = .meanSquaredError }
    guard case .csv(var source)? = dataset, source.task == nil, source.classes == nil,
      let value = network?.value, value.loss == .meanSquaredError,
      let last = value.layers.last?.description, last == "dense 1" || last.hasPrefix("dense 1 ")
    else { return }
    source.task = .regression
    dataset = .csv(source)
  }

  /// Lines of the keys that choose samples, for what only shows once the data are read.
  private func keyLines(_ reader: MappingReader) -> [String: Int] {
    var lines: [String: Int] = [:]
    for key in reader.keys { lines[key] = reader.keyNode(key)?.mark?.line }
    for (key, _) in reader["dataset"]?.mapping ?? [:] {
      if let name = key.scalar?.string { lines[name] = key.mark?.line }
    }
    return lines
  }

  private func training(_ reader: MappingReader, largestBatch: Int?) -> TrainingOptions {
    var training = TrainingOptions()
    let keys = TrainingOptions.descriptions.map { key in
      guard key.name == "batch_size", let largestBatch else { return key }
      return key.limited(to: BatchSize.domain(largest: largestBatch))
    }
    set(keys, of: &training, from: reader)
    return training
  }

  /// The network of the catalogue that has a name.
  private func namedNetwork(_ node: Node) -> NetworkCatalogue.Entry? {
    let key = ScenarioKeys.key("task", of: "network")
    guard case .text(let name)? = value(of: key, from: node) else { return nil }
    if let entry = NetworkCatalogue.entry(named: name) { return entry }
    let names = NetworkCatalogue.entries.map(\.name)
    issues.report(
      "unknown network '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
  }
}

extension Node {
  /// A network's name is short for `{task: NAME}`.
  var withTaskSpelledOut: Node {
    guard scalar != nil, !isNull else { return self }
    let key = Node.scalar(Node.Scalar("task", .implicit, .plain, mark))
    return .mapping(Node.Mapping([(key, self)], .implicit, .any, mark))
  }
}
