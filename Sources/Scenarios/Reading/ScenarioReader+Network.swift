import Datasets
import Parameters
import Yams

extension ScenarioReader {
  /// `network:` with a data set, layers, and how they are trained; or the name of one that is known, alone or as `task`.
  func network(_ node: Node) -> NetworkTask? {
    guard
      let reader = MappingReader(node.withTaskSpelledOut, name: "network", issues: issues)
    else { return nil }
    defer { reader.finish() }
    let isText = node.scalar != nil
    let named = reader.take("task").flatMap { node in
      reader.text(of: node, called: isText ? "network" : "task").flatMap {
        namedNetwork($0, at: node)
      }
    }
    if reader.has("task"), named == nil {
      for key in reader.keys { _ = reader.take(key) }
      return nil
    }
    // A network that is known need not have these, and may all the same.
    for key in ["dataset", "layers", "batch_size"] { _ = reader.take(key) }
    let splitSeed = splitSeed(reader)
    let dataset =
      named == nil || reader.has("dataset")
      ? reader.require("dataset").flatMap { self.dataset($0, reader, splitSeed: splitSeed) }
      : named?.dataset
    // What is known before data of one's own are read: the shapes of published ones.
    let entry = DatasetCatalogue.entries.first { dataset == .catalogue($0.name) }
    let specification = networkSpecification(reader, basedOn: named?.specification)
    let batchSize =
      named == nil || reader.has("batch_size")
      ? batchSize(reader, largest: entry?.trainCount) : named?.batchSize
    let preparation = preparation(reader, splitSeed: splitSeed)
    let lastBatch: LastBatch = choice("last_batch", reader) ?? .keep
    let recordsGradientNorms = reader.flag("gradient_norms") ?? false
    guard let dataset, let specification, let batchSize else { return nil }
    if let entry {
      guard
        checkShapes(
          specification, reader, featureCount: entry.featureCount, classCount: entry.classCount)
      else { return nil }
    }
    return NetworkTask(
      dataset: dataset, preparation: preparation, specification: specification.value,
      batchSize: batchSize, lastBatch: lastBatch, recordsGradientNorms: recordsGradientNorms,
      line: reader.node.mark?.line, batchSizeLine: reader.keyNode("batch_size")?.mark?.line)
  }

  /// The value of a key that names one case; an unknown name is an issue.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ reader: MappingReader
  ) -> Choice? {
    guard let node = reader.take(key), let name = reader.text(of: node, called: key) else {
      return nil
    }
    if let choice = Choice(rawValue: name) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    issues.report("unknown \(key) '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
  }
}

extension Node {
  /// A network's name stands for `{task: NAME}`.
  var withTaskSpelledOut: Node {
    guard scalar != nil, !isNull else { return self }
    let key = Node.scalar(Node.Scalar("task", .implicit, .plain, mark))
    return .mapping(Node.Mapping([(key, self)], .implicit, .any, mark))
  }
}
