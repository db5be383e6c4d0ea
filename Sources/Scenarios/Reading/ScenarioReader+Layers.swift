import Networks
import Parameters
import Yams

/// Layers as they were read, and where each of them is.
struct ReadLayers {
  var layers: [LayerSpecification] = []
  /// In the order in which layers run: those of a residual block, then the block.
  var nodes: [Node] = []

  static func + (left: ReadLayers, right: ReadLayers) -> ReadLayers {
    ReadLayers(layers: left.layers + right.layers, nodes: left.nodes + right.nodes)
  }
}

extension ScenarioReader {
  private static let repetitions = 1...1024

  /// `layers:`, or the list of a block.
  ///
  /// - Returns: `nil`, and an issue, unless all layers are right.
  func layers(_ node: Node, called name: String) -> ReadLayers? {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report(
        "'\(name)' must be \(ScenarioKeys.key("layers", of: "network").domain)", at: node)
      return nil
    }
    let layers = list.map { self.layer($0) }
    guard !layers.contains(where: { $0 == nil }) else { return nil }
    var all = ReadLayers()
    for layer in layers.compactMap(\.self) {
      // Before they are copied: blocks that hold one another multiply.
      guard isFew(all.nodes.count + layer.nodes.count, in: name, at: node) else { return nil }
      all = all + layer
    }
    return all
  }

  private func isFew(_ count: Int, in name: String, at node: Node) -> Bool {
    if count <= ScenarioLimits.layers { return true }
    issues.report("'\(name)' makes more than \(ScenarioLimits.layers) layers", at: node)
    return false
  }

  /// One entry of a list; several layers where it is repeated.
  private func layer(_ node: Node) -> ReadLayers? {
    if let mapping = node.mapping { return block(mapping, node) }
    guard let text = node.scalar?.string else {
      issues.report("a layer must be a text such as 'dense 128', or a block", at: node)
      return nil
    }
    do throws(NetworkError) {
      return ReadLayers(layers: [try LayerSpecification(parsing: text)], nodes: [node])
    } catch {
      issues.report(message(for: error), at: node)
      return nil
    }
  }

  /// `residual: [...]` or `repeat N: [...]`.
  private func block(_ mapping: Node.Mapping, _ node: Node) -> ReadLayers? {
    guard mapping.count == 1, let (key, value) = mapping.first, let name = key.scalar?.string else {
      issues.report("a block must have the one key 'residual' or 'repeat N'", at: node)
      return nil
    }
    let words = name.split(separator: " ").map(String.init)
    if words == ["residual"] {
      return layers(value, called: "residual").map {
        ReadLayers(layers: [.residual($0.layers)], nodes: $0.nodes + [node])
      }
    }
    if words.first == "repeat" { return repeated(words, key, value, node) }
    let hint = NearestName.hint(for: words.first ?? name, among: ["residual", "repeat"])
    issues.report(
      "unknown block '\(name)'\(hint); a block is 'residual: [layers]' or 'repeat N: [layers]' with N from \(Self.repetitions.lowerBound) to \(Self.repetitions.upperBound)",
      at: key)
    return nil
  }

  private func repeated(
    _ words: [String], _ key: Node, _ value: Node, _ node: Node
  ) -> ReadLayers? {
    let name = key.scalar?.string ?? ""
    guard words.count == 2, let count = Int(words[1]), Self.repetitions.contains(count) else {
      issues.report(
        "'\(name)': layers can be repeated from \(Self.repetitions.lowerBound) to \(Self.repetitions.upperBound) times, such as 'repeat 3: [layers]'",
        at: key)
      return nil
    }
    guard let inner = layers(value, called: name),
      isFew(count * inner.nodes.count, in: name, at: node)
    else { return nil }
    return (0..<count).reduce(ReadLayers()) { all, _ in all + inner }
  }

  /// How weights start; `nil`, and an issue, for no such text.
  func initialization(_ node: Node, called name: String) -> Initialization? {
    guard let text = node.scalar?.string else {
      issues.report("'\(name)' must be \(NestedKind.initialization.phrase)", at: node)
      return nil
    }
    do throws(NetworkError) {
      return try Initialization(parsing: text)
    } catch {
      issues.report(message(for: error), at: node)
      return nil
    }
  }

  private func message(for error: NetworkError) -> String {
    switch error {
    case .unknownLayer(let text):
      let name = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? text
      if name == "softmax" {
        return
          "unknown layer 'softmax': the softmax is part of the loss; leave it out, the last layer gives the logits"
      }
      let names = LayerSpecification.names
      return "unknown layer '\(name)'\(NearestName.hint(for: name, among: names))"
    case .unknownInitialization(let name):
      let names = Initialization.names
      return "unknown initialization '\(name)'\(NearestName.hint(for: name, among: names))"
    default: return "\(error)"
    }
  }
}
