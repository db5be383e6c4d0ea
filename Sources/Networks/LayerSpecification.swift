/// One layer as a scenario writes it: `dense 128`, `conv 32 5x5 same`, `dense 10 init zeros bias 0.1`; or a residual block, which adds
/// its input to what its own layers make of it.
package struct LayerSpecification: Sendable {
  package enum Content: Sendable {
    case layer(any Layer)
    /// y = x + f(x) (He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition", equation 1).
    indirect case residual([LayerSpecification])
  }

  package let content: Content
  /// How its weights start, where not as the network's.
  package var initialization: Initialization?
  /// What its biases start at, where not at the network's.
  package var bias: Double?

  package init(_ layer: any Layer, initialization: Initialization? = nil, bias: Double? = nil) {
    content = .layer(layer)
    self.initialization = initialization
    self.bias = bias
  }

  private init(_ content: Content) { self.content = content }

  package static func residual(_ layers: [LayerSpecification]) -> LayerSpecification {
    LayerSpecification(.residual(layers))
  }

  /// y = x·Wᵀ + b with this many outputs.
  package static func dense(units: Int) -> LayerSpecification {
    LayerSpecification(Dense(units: units))
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
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let type = LayerCatalogue.all.first(where: { $0.name == words.first }) else {
      throw .unknownLayer(text)
    }
    var reader = LayerWords(words, form: type.form)
    let layer = try type.init(reading: &reader)
    var initialization: Initialization?
    var bias: Double?
    let hasParameters = !layer.tensors(for: .image(channels: 1, height: 1, width: 1)).isEmpty
    while hasParameters, let option = reader.option(among: ["init", "bias"]) {
      if option == "init" {
        initialization = try Initialization(try reader.word(), reading: &reader)
      } else {
        bias = try reader.number("a bias that is a finite number") { _ in true }
      }
    }
    guard reader.isAtEnd else { throw reader.malformed }
    self.init(layer, initialization: initialization, bias: bias)
  }
}

extension LayerSpecification: CustomStringConvertible {
  package var description: String {
    switch content {
    case .layer(let layer):
      layer.description + (initialization.map { " init \($0)" } ?? "")
        + (bias.map { " bias \($0)" } ?? "")
    case .residual(let layers):
      "residual [\(layers.map(\.description).joined(separator: ", "))]"
    }
  }
}

/// Equal where their texts are: a text tells every setting.
extension LayerSpecification: Hashable {
  package static func == (left: LayerSpecification, right: LayerSpecification) -> Bool {
    left.description == right.description
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
