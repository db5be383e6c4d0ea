package import Parameters

/// One layer as a scenario writes it: `dense 128`, `conv 32 5x5 same`, `dense 10 init zeros bias 0.1`; or a residual block, which adds
/// its input to what its own layers make of it.
package struct LayerSpecification: Sendable {
  package enum Content: Sendable {
    case layer(any Layer)
    /// y = x + f(x) (He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition", equation 1).
    indirect case residual([LayerSpecification])
  }

  package let content: Content
  package private(set) var start = LayerStart()

  package init(_ layer: any Layer) { content = .layer(layer) }

  private init(_ content: Content) { self.content = content }

  package static func residual(_ layers: [LayerSpecification]) -> LayerSpecification {
    LayerSpecification(.residual(layers))
  }

  /// y = x·Wᵀ + b with this many outputs.
  package static func dense(units: Int) -> LayerSpecification {
    var layer = Dense()
    layer.units = units
    return LayerSpecification(layer)
  }

  /// y = max(0, x).
  package static let relu = LayerSpecification(ReLU())

  /// What may be written, for help texts.
  package static var forms: [String] { LayerCatalogue.all.map { $0.form } }
  /// What each form does, in their order.
  package static var summaries: [String] { LayerCatalogue.all.map { $0.summary } }
  /// The first word of each form, to suggest the nearest one.
  package static var names: [String] { LayerCatalogue.all.map { $0.name } }

  /// Reads what `description` writes of a layer that is no block.
  ///
  /// - Throws: `NetworkError.unknownLayer`, `.malformedLayer`, or what is wrong with its initialization.
  package init(parsing text: String) throws(NetworkError) {
    var words = SettingWords(text)
    let name = words.next()
    guard let type = LayerCatalogue.all.first(where: { $0.name == name }) else {
      throw .unknownLayer(text)
    }
    let layer = try type.init(reading: &words)
    self.init(layer)
    if !layer.tensors(for: .image(channels: 1, height: 1, width: 1)).isEmpty {
      try start.readOptions(from: &words, form: type.form)
    }
    guard words.isAtEnd else { throw words.malformed(form: type.form) }
  }
}

/// How the parameters of one layer start, where not as the network's.
package struct LayerStart: Parameterized {
  package static let name = "layer_start"
  package static let parameters: [Parameter<LayerStart>] = [
    Parameter(
      "init", \.initialization, absent: "the network's initialization",
      "how the weights of this layer start"),
    Parameter(
      "bias", \.bias, .real, absent: "the network's biases",
      "value at which the biases of this layer start"),
  ]

  package var initialization: Initialization?
  package var bias: Double?

  package init() {}
}

extension LayerSpecification: CustomStringConvertible {
  package var description: String {
    switch content {
    case .layer(let layer):
      ([layer.description] + start.optionWords).joined(separator: " ")
    case .residual(let layers):
      "residual [\(layers.map(\.description).joined(separator: ", "))]"
    }
  }
}

/// Equal if their texts are: a text has every setting.
extension LayerSpecification: Hashable {
  package static func == (left: LayerSpecification, right: LayerSpecification) -> Bool {
    left.description == right.description
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
