package import Datasets

/// A network's layers in the order in which they run, with shapes and places settled: a residual block is its layers and then the sum.
package struct NetworkPlan: Sendable {
  package struct Node: Sendable {
    /// Nil for the sum that ends a residual block.
    var layer: (any Layer)?
    package var text: String
    package var input: SampleShape
    package var output: SampleShape
    /// Where its parameters begin.
    var offset: Int
    var tensors: [LayerTensor]
    var initialization: Initialization
    var bias: Double
    /// For a sum: the node whose output is added; −1 for the data.
    var addend: Int?
    var workspace: LayerWorkspace

    var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }
  }

  package private(set) var nodes: [Node] = []
  package private(set) var parameterCount = 0
  let specification: NetworkSpecification
  let featureCount: Int
  /// Outputs per sample.
  let outputCount: Int

  /// - Parameter classCount: Nil leaves open how many outputs there must be.
  /// - Throws: What is wrong with the shapes.
  package init(
    _ specification: NetworkSpecification, featureCount: Int, classCount: Int?
  ) throws(NetworkError) {
    try self.init(
      specification, form: DataForm(featureCount: featureCount, classCount: classCount ?? 0),
      checksOutputs: classCount != nil)
  }

  /// - Parameter checksOutputs: False leaves open how many outputs there must be.
  /// - Throws: What is wrong with the shapes, or a loss that does not suit the data.
  package init(
    _ specification: NetworkSpecification, form: DataForm, checksOutputs: Bool = true
  ) throws(NetworkError) {
    self.specification = specification
    featureCount = form.featureCount
    outputCount = specification.loss.outputCount(
      featureCount: form.featureCount, classCount: form.classCount)
    guard !form.predictsValues || specification.loss.takesValues else {
      throw .lossOfClasses(specification.loss.rawValue)
    }
    let output = try append(specification.layers, to: SampleShape(form))
    guard parameterCount > 0, let last = nodes.last else { throw .nothingToTrain }
    guard !checksOutputs || output.count == outputCount else {
      throw .outputMismatch(
        layer: last.text, shape: output.description, needed: outputCount,
        asked: specification.loss.tellsClasses
          ? form.predictsValues ? .value : .classes : .features)
    }
  }

  /// Appends layers that follow each other and returns the shape that comes out.
  private mutating func append(
    _ layers: [LayerSpecification], to input: SampleShape
  ) throws(NetworkError) -> SampleShape {
    var shape = input
    for layer in layers {
      switch layer.content {
      case .layer(let content): shape = try append(content, layer, to: shape)
      case .residual(let inner): shape = try appendResidual(inner, layer, to: shape)
      }
    }
    return shape
  }

  private mutating func append(
    _ layer: any Layer, _ specification: LayerSpecification, to input: SampleShape
  ) throws(NetworkError) -> SampleShape {
    let text = specification.description
    let output: SampleShape
    do throws(ShapeMismatch) {
      output = try layer.output(for: input)
    } catch {
      throw mismatch(text, need: error.need, input: input)
    }
    let tensors = layer.tensors(for: input)
    try checkSize(text, tensors.map(\.shape) + [[output.channels, output.height, output.width]])
    nodes.append(
      Node(
        layer: layer, text: text, input: input, output: output, offset: parameterCount,
        tensors: tensors,
        initialization: specification.start.initialization ?? self.specification.initialization,
        bias: specification.start.bias ?? self.specification.bias, addend: nil,
        workspace: layer.workspace(for: input)))
    parameterCount += nodes[nodes.count - 1].parameterCount
    return output
  }

  private mutating func appendResidual(
    _ inner: [LayerSpecification], _ specification: LayerSpecification, to input: SampleShape
  ) throws(NetworkError) -> SampleShape {
    let source = nodes.count - 1
    let before = nodes.count
    let output = try append(inner, to: input)
    guard nodes.count > before else {
      throw mismatch("residual", need: "needs layers", input: input)
    }
    guard output.count == input.count else {
      let last = nodes[nodes.count - 1]
      throw .residualMismatch(
        position: nodes.count, last: last.text, output: output.description,
        source: source < 0 ? "the data" : "'\(nodes[source].text)'", input: input.description)
    }
    nodes.append(
      Node(
        layer: nil, text: "residual", input: input, output: input, offset: parameterCount,
        tensors: [], initialization: self.specification.initialization, bias: 0, addend: source,
        workspace: LayerWorkspace()))
    return output
  }

  private func mismatch(_ text: String, need: String, input: SampleShape) -> NetworkError {
    .shapeMismatch(
      position: nodes.count + 1, layer: text, need: need,
      source: nodes.last.map { "layer \(nodes.count) '\($0.text)' gives" } ?? "the data have",
      shape: input.description)
  }

  /// Refuses sizes whose products pass what BLAS can count.
  private func checkSize(_ text: String, _ shapes: [[Int]]) throws(NetworkError) {
    var total = parameterCount
    for shape in shapes {
      var count = 1
      for side in shape {
        let (product, overflow) = count.multipliedReportingOverflow(by: side)
        guard !overflow, product <= NetworkSpecification.parameterLimit else {
          throw .tooManyParameters(layer: text)
        }
        count = product
      }
      total += count
      guard total <= NetworkSpecification.parameterLimit else {
        throw .tooManyParameters(layer: text)
      }
    }
  }
}
