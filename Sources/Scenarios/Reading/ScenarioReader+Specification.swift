import Datasets
import Networks
import Parameters
import Yams

/// A network as it was read, and where each of its layers is.
struct ReadNetwork {
  var value: NetworkSpecification
  /// Empty where layers come from a catalogue.
  var nodes: [Node] = []
}

extension ScenarioReader {
  /// `layers`, `loss`, `initialization` and `penalty`; what is absent is as `base` has it.
  func networkSpecification(
    _ reader: MappingReader, basedOn base: NetworkSpecification?
  ) -> ReadNetwork? {
    var result = ReadNetwork(value: base ?? NetworkSpecification(layers: []))
    let layers = reader["layers"].map { self.layers($0, called: "layers") }
    if let node = reader["initialization"] { readStart(node, &result.value.start) }
    if let node = reader["loss"] { readLoss(node, &result.value) }
    if let penalty = reader["penalty"].flatMap({ group(Penalty.self, $0) }) {
      result.value.penalty = penalty
    }
    guard let layers else { return base == nil ? nil : result }
    guard let layers else { return nil }
    result.value.layers = layers.layers
    result.nodes = layers.nodes
    return result
  }

  /// Reports shapes that do not fit at the layer that is at fault.
  func checkShapes(
    _ network: ReadNetwork, _ reader: MappingReader, form: DataForm
  ) -> Bool {
    do throws(NetworkError) {
      _ = try network.value.parameterCount(form)
      return true
    } catch {
      let place = error.layerIndex.flatMap {
        network.nodes.indices.contains($0) ? network.nodes[$0] : nil
      }
      issues.report(
        "\(error)", at: place ?? reader["layers"] ?? reader["dataset"] ?? reader.node)
      return false
    }
  }

  /// `initialization: he`, or `{weights: truncated_normal 0.05, biases: 0.05}`.
  private func readStart(_ node: Node, _ start: inout NetworkStart) {
    if node.mapping != nil,
      let reader = MappingReader(
        node, name: NetworkStart.name, keys: NetworkStart.descriptions, issues: issues)
    {
      set(NetworkStart.descriptions, of: &start, from: reader)
    } else if let read = initialization(node, called: "initialization") {
      start.weights = read
    }
  }

  /// `loss: NAME`, or `{NAME: {hardest: 0.25}}`.
  private func readLoss(_ node: Node, _ specification: inout NetworkSpecification) {
    let pair = node.mapping.flatMap { $0.count == 1 ? $0.first : nil }
    let nameNode = pair?.key ?? node
    let names = LossFunction.allCases.map(\.rawValue)
    guard let name = nameNode.scalar?.string, let loss = LossFunction(rawValue: name) else {
      let hint = nameNode.scalar.map { NearestName.hint(for: $0.string, among: names) } ?? ""
      issues.report("unknown loss \(nameNode.quoted)\(hint)", at: nameNode)
      return
    }
    specification.loss = loss
    if let pair, let options = group(LossOptions.self, pair.value) {
      specification.lossOptions = options
    }
  }
}
