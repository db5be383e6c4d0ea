import Problems
import Yams

extension ScenarioReader {
  /// `network:` with a data set, layers, and how they are trained.
  func network(_ node: Node) -> NetworkTask? {
    guard let reader = MappingReader(node, name: "network", issues: issues) else { return nil }
    defer { reader.finish() }
    let dataset = reader.require("dataset").flatMap { self.dataset($0, reader) }
    let layers = reader.require("layers").flatMap { self.layers($0) }
    let initialization: Initialization? =
      choice("initialization", reader) ?? NetworkTask.defaultInitialization
    let loss: LossFunction? = choice("loss", reader) ?? NetworkTask.defaultLoss
    let batchSize =
      reader.whole("batch_size", in: 1...(dataset?.trainCount ?? 10_000_000))
      ?? NetworkTask.defaultBatchSize
    guard let dataset, let layers, let initialization, let loss else { return nil }
    let specification = NetworkSpecification(
      layers: layers, initialization: initialization, loss: loss)
    do throws(NetworkError) {
      _ = try specification.parameterCount(
        featureCount: dataset.featureCount, classCount: dataset.classCount)
    } catch {
      issues.report("\(error)", at: reader.take("layers"))
      return nil
    }
    return NetworkTask(dataset: dataset.name, specification: specification, batchSize: batchSize)
  }

  private func dataset(_ node: Node, _ reader: MappingReader) -> DatasetCatalogue.Entry? {
    guard let name = reader.text(of: node, called: "dataset") else { return nil }
    if let entry = DatasetCatalogue.entries.first(where: { $0.name == name }) { return entry }
    let names = DatasetCatalogue.entries.map(\.name)
    issues.report(
      "unknown data set '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
  }

  private func layers(_ node: Node) -> [LayerSpecification]? {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report(
        "'layers' must be a list of layers (\(LayerSpecification.forms.joined(separator: ", ")))",
        at: node)
      return nil
    }
    let layers = list.map { (item: Node) -> LayerSpecification? in
      guard let text = item.scalar?.string else {
        issues.report("a layer must be a text such as 'dense 128'", at: item)
        return nil
      }
      do throws(NetworkError) {
        return try LayerSpecification(parsing: text)
      } catch {
        issues.report(message(for: error), at: item)
        return nil
      }
    }
    return layers.contains(where: { $0 == nil }) ? nil : layers.compactMap(\.self)
  }

  private func message(for error: NetworkError) -> String {
    guard case .unknownLayer(let text) = error else { return "\(error)" }
    let name = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? text
    return "unknown layer '\(name)'\(NearestName.hint(for: name, among: LayerSpecification.names))"
  }

  /// The value of a key that names one case; an unknown name is an issue.
  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
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
