/// The buffers of the outputs and gradients of a plan's nodes: layers that move nothing share their input's, and element-wise
/// ones work in place where nothing needs the values that they overwrite.
struct NetworkBuffers {
  /// Where the output of each node is: an index into `outputSizes`, or nil for the data themselves.
  private(set) var outputs: [Int?] = []
  /// Numbers per sample of each output buffer.
  private(set) var outputSizes: [Int] = []
  /// Where the gradient by the output of each node is; nil where none is needed.
  private(set) var gradients: [Int?] = []
  private(set) var gradientSizes: [Int] = []
  /// The first node that has parameters, or that comes before one: below it no gradient is needed.
  let firstTrained: Int
  /// The sums to which each node's input is added, by the node that reads it first.
  private(set) var rejoining: [[Int]]

  /// - Parameter keepsAll: Every node has a separate buffer, so that all outputs can be read after a pass.
  init(_ plan: NetworkPlan, keepsAll: Bool, withInputGradient: Bool) {
    let nodes = plan.nodes
    firstTrained =
      withInputGradient ? 0 : nodes.firstIndex { $0.parameterCount > 0 } ?? nodes.count
    rejoining = nodes.map { _ in [] }
    for (index, node) in nodes.enumerated() {
      if let addend = node.addend { rejoining[addend + 1].append(index) }
    }
    placeOutputs(nodes, keepsAll: keepsAll)
    placeGradients(nodes)
  }

  private mutating func placeOutputs(_ nodes: [NetworkPlan.Node], keepsAll: Bool) {
    /// Whether the content of each buffer is read after the node that follows.
    var isNeeded: [Bool] = []
    for (index, node) in nodes.enumerated() {
      let input = index == 0 ? nil : outputs[index - 1]
      let traits = node.layer?.traits ?? LayerTraits()
      let isAddedLater = index + 1 < nodes.count && !rejoining[index + 1].isEmpty
      if traits.isView {
        outputs.append(input)
        if let input, isAddedLater { isNeeded[input] = true }
      } else if traits.worksInPlace, !keepsAll, let input, !isNeeded[input] {
        outputs.append(input)
        isNeeded[input] = traits.readsOutput || isAddedLater
      } else {
        outputs.append(outputSizes.count)
        outputSizes.append(node.output.count)
        isNeeded.append(traits.readsOutput || isAddedLater)
      }
    }
  }

  private mutating func placeGradients(_ nodes: [NetworkPlan.Node]) {
    gradients = nodes.map { _ in nil }
    for (index, node) in nodes.enumerated() where index >= firstTrained {
      let former = index == firstTrained ? nil : gradients[index - 1]
      let traits = node.layer?.traits ?? LayerTraits()
      // A sum passes its gradient to both addends, to the first one much later, so it has a separate buffer.
      if let former, traits.isView || traits.worksInPlace {
        gradients[index] = former
      } else {
        gradients[index] = gradientSizes.count
        gradientSizes.append(node.output.count)
      }
    }
  }
}
