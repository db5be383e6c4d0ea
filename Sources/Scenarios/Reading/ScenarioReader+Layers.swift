import Datasets
import Networks
import Parameters
import Yams

/// A network as it was read, and where each of its layers stands.
struct ReadNetwork {
  var value: NetworkSpecification
  /// In the order in which layers run: those of a residual block, then the block; empty where they come from a catalogue.
  var nodes: [Node] = []
}

extension ScenarioReader {
  /// Deep stacks are long, typing errors are longer.
  private static let largestLayerCount = 4096
  private static let repetitions = 1...1024

  /// The network of the catalogue that has this name.
  func namedNetwork(_ name: String, at node: Node) -> NetworkTask? {
    guard let entry = NetworkCatalogue.entry(named: name) else {
      let names = NetworkCatalogue.entries.map(\.name)
      issues.report(
        "unknown network '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
      return nil
    }
    return NetworkTask(
      dataset: .catalogue(entry.dataset), specification: entry.specification,
      batchSize: .samples(entry.batchSize))
  }

  /// `layers`, `loss`, `initialization` and `penalty`; what is absent is as `base` has it.
  func networkSpecification(
    _ reader: MappingReader, basedOn base: NetworkSpecification?
  ) -> ReadNetwork? {
    var result = ReadNetwork(value: base ?? NetworkSpecification(layers: []))
    if base == nil || reader.has("layers") {
      guard let list = reader.require("layers"), let layers = self.layers(list, called: "layers")
      else {
        for key in ["loss", "initialization", "penalty"] { _ = reader.take(key) }
        return nil
      }
      result.value.layers = layers.map(\.specification)
      result.nodes = layers.flatMap(\.nodes)
    }
    let isComplete = [
      readInitialization(reader, &result.value), readLoss(reader, &result.value),
      readPenalty(reader, &result.value),
    ]
    return isComplete.allSatisfy(\.self) ? result : nil
  }

  /// Reports shapes that do not fit at the layer that is at fault.
  func checkShapes(
    _ network: ReadNetwork, _ reader: MappingReader, featureCount: Int, classCount: Int
  ) -> Bool {
    do throws(NetworkError) {
      _ = try network.value.parameterCount(featureCount: featureCount, classCount: classCount)
      return true
    } catch {
      let place = error.layerIndex.flatMap {
        network.nodes.indices.contains($0) ? network.nodes[$0] : nil
      }
      issues.report(
        "\(error)", at: place ?? reader.take("layers") ?? reader.take("dataset") ?? reader.node)
      return false
    }
  }

  private typealias ReadLayer = (specification: LayerSpecification, nodes: [Node])

  private func layers(_ node: Node, called name: String) -> [ReadLayer]? {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report(
        "'\(name)' must be a list of layers (\(LayerSpecification.forms.joined(separator: ", ")), {residual: […]}, {repeat N: […]})",
        at: node)
      return nil
    }
    let layers = list.map { self.layer($0) }
    guard !layers.contains(where: { $0 == nil }) else { return nil }
    let found = layers.compactMap(\.self).flatMap(\.self)
    guard found.count <= Self.largestLayerCount else {
      issues.report("'\(name)' makes more than \(Self.largestLayerCount) layers", at: node)
      return nil
    }
    return found
  }

  /// One entry of a list; several layers where it is repeated.
  private func layer(_ node: Node) -> [ReadLayer]? {
    if let mapping = node.mapping { return block(mapping, node) }
    guard let text = node.scalar?.string else {
      issues.report("a layer must be a text such as 'dense 128', or a block", at: node)
      return nil
    }
    do throws(NetworkError) {
      return [(try LayerSpecification(parsing: text), [node])]
    } catch {
      issues.report(message(for: error), at: node)
      return nil
    }
  }

  /// `residual: [...]` or `repeat N: [...]`.
  private func block(_ mapping: Node.Mapping, _ node: Node) -> [ReadLayer]? {
    guard mapping.count == 1, let (key, value) = mapping.first, let name = key.scalar?.string else {
      issues.report("a block must have the one key 'residual' or 'repeat N'", at: node)
      return nil
    }
    let words = name.split(separator: " ").map(String.init)
    if words == ["residual"] {
      guard let inner = layers(value, called: "residual") else { return nil }
      return [(.residual(inner.map(\.specification)), inner.flatMap(\.nodes) + [node])]
    }
    if words.first == "repeat" {
      guard words.count == 2, let count = Int(words[1]), Self.repetitions.contains(count) else {
        issues.report(
          "'\(name)': layers can be repeated from \(Self.repetitions.lowerBound) to \(Self.repetitions.upperBound) times, such as 'repeat 3: [layers]'",
          at: key)
        return nil
      }
      guard let inner = layers(value, called: name) else { return nil }
      guard count * inner.count <= Self.largestLayerCount else {
        issues.report("'\(name)' makes more than \(Self.largestLayerCount) layers", at: node)
        return nil
      }
      return (0..<count).flatMap { _ in inner }
    }
    let hint = NearestName.hint(for: words.first ?? name, among: ["residual", "repeat"])
    issues.report(
      "unknown block '\(name)'\(hint); a block is 'residual: [layers]' or 'repeat N: [layers]' with N from \(Self.repetitions.lowerBound) to \(Self.repetitions.upperBound)",
      at: key)
    return nil
  }

  private func message(for error: NetworkError) -> String {
    switch error {
    case .unknownLayer(let text):
      let name = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? text
      return
        "unknown layer '\(name)'\(NearestName.hint(for: name, among: LayerSpecification.names))"
    case .unknownInitialization(let name):
      return
        "unknown initialization '\(name)'\(NearestName.hint(for: name, among: Initialization.names))"
    default: return "\(error)"
    }
  }

  /// `initialization: he`, or `{weights: truncated_normal 0.05, biases: 0.05}`.
  private func readInitialization(
    _ outer: MappingReader, _ specification: inout NetworkSpecification
  ) -> Bool {
    guard let node = outer.take("initialization") else { return true }
    guard node.mapping != nil,
      let reader = MappingReader(node, name: "initialization", issues: issues)
    else {
      guard let read = initialization(node, outer) else { return false }
      specification.initialization = read
      return true
    }
    defer { reader.finish() }
    if let weights = reader.take("weights") {
      guard let read = initialization(weights, reader) else { return false }
      specification.initialization = read
    }
    if let biases = reader.take("biases") {
      guard let value = biases.plainNumber else {
        issues.report("'biases' must be a number, not \(biases.quoted)", at: biases)
        return false
      }
      specification.bias = value
    }
    return true
  }

  private func initialization(_ node: Node, _ reader: MappingReader) -> Initialization? {
    guard let text = reader.text(of: node, called: "initialization") else { return nil }
    do throws(NetworkError) {
      return try Initialization(parsing: text)
    } catch {
      issues.report(message(for: error), at: node)
      return nil
    }
  }

  /// `loss: NAME`, or `{NAME: {hardest: 0.25}}`.
  private func readLoss(
    _ outer: MappingReader, _ specification: inout NetworkSpecification
  ) -> Bool {
    guard let node = outer.take("loss") else { return true }
    let pair = node.mapping.flatMap { $0.count == 1 ? $0.first : nil }
    let nameNode = pair?.key ?? node
    guard let name = outer.text(of: nameNode, called: "loss") else { return false }
    guard let loss = LossFunction(rawValue: name) else {
      let names = LossFunction.allCases.map(\.rawValue)
      issues.report(
        "unknown loss '\(name)'\(NearestName.hint(for: name, among: names))", at: nameNode)
      return false
    }
    specification.loss = loss
    guard let pair else { return true }
    guard let reader = MappingReader(pair.value, name: name, issues: issues) else { return false }
    defer { reader.finish() }
    guard let hardest = reader.take("hardest") else { return true }
    guard let ratio = hardest.plainNumber, ratio > 0, ratio <= 1 else {
      issues.report(
        "'hardest' must be a share of the mini-batch above 0 and at most 1, not \(hardest.quoted)",
        at: hardest)
      return false
    }
    specification.hardestRatio = ratio
    return true
  }

  /// `penalty: {l1: …, l2: …, half: true, biases: true}`.
  private func readPenalty(
    _ outer: MappingReader, _ specification: inout NetworkSpecification
  ) -> Bool {
    guard let node = outer.take("penalty") else { return true }
    guard let reader = MappingReader(node, name: "penalty", issues: issues) else { return false }
    defer { reader.finish() }
    var penalty = Penalty()
    var isRight = true
    for (key, path) in [("l1", \Penalty.l1), ("l2", \Penalty.l2)]
      as [(String, WritableKeyPath<Penalty, Double>)]
    {
      guard let value = reader.take(key) else { continue }
      if let number = value.plainNumber, number >= 0 {
        penalty[keyPath: path] = number
      } else {
        issues.report("'\(key)' must be a number of at least 0, not \(value.quoted)", at: value)
        isRight = false
      }
    }
    penalty.isHalved = reader.flag("half") ?? false
    penalty.includesBiases = reader.flag("biases") ?? false
    specification.penalty = penalty
    return isRight
  }
}
