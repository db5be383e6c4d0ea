import Problems
import Yams

extension ScenarioReader {
  /// `network:` with a data set, layers, and how they are trained; or the name of one that is known, alone or as `task`.
  func network(_ node: Node) -> NetworkTask? {
    if let name = node.scalar?.string { return namedNetwork(name, at: node)?.task }
    guard let reader = MappingReader(node, name: "network", issues: issues) else { return nil }
    defer { reader.finish() }
    let named = reader.take("task").flatMap { node in
      reader.text(of: node, called: "task").flatMap { namedNetwork($0, at: node) }
    }
    if reader.has("task"), named == nil {
      for key in reader.keys { _ = reader.take(key) }
      return nil
    }
    let dataset =
      named == nil || reader.has("dataset")
      ? reader.require("dataset").flatMap { self.dataset($0, reader) }
      : DatasetCatalogue.entries.first { $0.name == named?.dataset }
    let specification = networkSpecification(reader, basedOn: named?.specification)
    let batchSize =
      reader.whole("batch_size", in: 1...(dataset?.trainCount ?? 10_000_000))
      ?? named?.batchSize ?? 128
    guard let dataset, let specification else { return nil }
    guard
      checkShapes(
        specification, reader, featureCount: dataset.featureCount, classCount: dataset.classCount)
    else { return nil }
    return NetworkTask(
      dataset: dataset.name, specification: specification.value, batchSize: batchSize)
  }

  private func dataset(_ node: Node, _ reader: MappingReader) -> DatasetCatalogue.Entry? {
    guard let name = reader.text(of: node, called: "dataset") else { return nil }
    if let entry = DatasetCatalogue.entries.first(where: { $0.name == name }) { return entry }
    let names = DatasetCatalogue.entries.map(\.name)
    issues.report(
      "unknown data set '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
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
