import Problems
import Yams

extension ScenarioReader {
  /// `network:` with a data set, layers, and how they are trained.
  func network(_ node: Node) -> NetworkTask? {
    guard let reader = MappingReader(node, name: "network", issues: issues) else { return nil }
    defer { reader.finish() }
    let splitSeed = splitSeed(reader)
    let dataset = reader.require("dataset").flatMap {
      self.dataset($0, reader, splitSeed: splitSeed)
    }
    // What is known before data of one's own are read: the shapes of published ones.
    let entry = DatasetCatalogue.entries.first { dataset == .catalogue($0.name) }
    let layers = reader.require("layers").flatMap { self.layers($0) }
    let initialization: Initialization? =
      choice("initialization", reader) ?? NetworkTask.defaultInitialization
    let loss: LossFunction? = choice("loss", reader) ?? NetworkTask.defaultLoss
    let batchSize = batchSize(reader, largest: entry?.trainCount)
    let preparation = preparation(reader, splitSeed: splitSeed)
    let lastBatch: LastBatch = choice("last_batch", reader) ?? .keep
    let recordsGradientNorms = reader.flag("gradient_norms") ?? false
    guard let dataset, let layers, let initialization, let loss else { return nil }
    let specification = NetworkSpecification(
      layers: layers, initialization: initialization, loss: loss)
    if let entry {
      do throws(NetworkError) {
        _ = try specification.parameterCount(
          featureCount: entry.featureCount, classCount: entry.classCount)
      } catch {
        issues.report("\(error)", at: reader.take("layers"))
        return nil
      }
    }
    return NetworkTask(
      dataset: dataset, preparation: preparation, specification: specification,
      batchSize: batchSize, lastBatch: lastBatch, recordsGradientNorms: recordsGradientNorms)
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
