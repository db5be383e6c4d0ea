/// Networks with names, on the data that they are defined for.
package enum NetworkCatalogue {
  package struct Entry: Sendable {
    package let name: String
    package let summary: String
    /// Where its definition comes from.
    package let source: String
    /// Name in the catalogue of data sets.
    package let dataset: String
    package let specification: NetworkSpecification
    package let batchSize: Int
    /// The budget that its source trains it for.
    package let epochs: Int
  }

  package static let entries: [Entry] = deepOBS + stacks

  package static func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

  private static let suite =
    "Schneider, Balles and Hennig 2019, DeepOBS (test problems of version 1.1)"

  private static let deepOBS: [Entry] = [
    ("fmnist", "fashion-mnist"), ("mnist", "mnist"), ("digits", "digits"),
  ].flatMap { prefix, dataset in
    let isOriginal = dataset != "digits"
    let source = isOriginal ? suite : "as fmnist's (\(suite)), on images of 8×8"
    func entry(
      _ model: String, _ summary: String, _ specification: NetworkSpecification, batchSize: Int,
      epochs: Int
    ) -> Entry {
      Entry(
        name: "\(prefix)_\(model)", summary: summary, source: source, dataset: dataset,
        specification: specification, batchSize: batchSize, epochs: epochs)
    }
    let models = [
      entry(
        "logreg", "logistic regression, from zeros", logisticRegression, batchSize: 128, epochs: 50),
      entry(
        "mlp", "perceptron with 1000, 500 and 100 units", perceptron, batchSize: 128, epochs: 100),
      entry(
        "2c2d", "two convolutions with pooling, two dense layers", convolutional,
        batchSize: 128, epochs: 100),
    ]
    guard isOriginal else { return models }
    // Its decoder makes images of 28×28.
    return models + [
      entry(
        "vae", "variational autoencoder with three convolutions on each side", autoencoder,
        batchSize: 64, epochs: dataset == "mnist" ? 50 : 100)
    ]
  }

  private static let logisticRegression = NetworkSpecification(
    layers: parsed(["flatten", "dense 10"]), initialization: .zeros)

  private static let perceptron = NetworkSpecification(
    layers: parsed([
      "flatten", "dense 1000", "relu", "dense 500", "relu", "dense 100", "relu", "dense 10",
    ]), initialization: .truncatedNormal(deviation: 0.03))

  private static let convolutional = NetworkSpecification(
    layers: parsed([
      "conv 32 5x5 same", "relu", "max_pool 2x2 same", "conv 64 5x5 same", "relu",
      "max_pool 2x2 same", "flatten", "dense 1024", "relu", "dense 10",
    ]), initialization: .truncatedNormal(deviation: 0.05), bias: 0.05)

  private static let autoencoder = NetworkSpecification(
    layers: parsed([
      "conv 64 4x4 same stride 2", "leaky_relu 0.3", "dropout 0.2",
      "conv 64 4x4 same stride 2", "leaky_relu 0.3", "dropout 0.2",
      "conv 64 4x4 same", "leaky_relu 0.3", "dropout 0.2", "flatten", "gaussian_latent 8",
      "dense 24", "leaky_relu 0.3", "dense 49", "leaky_relu 0.3", "reshape 1x7x7",
      "conv_transpose 64 4x4 same stride 2", "relu", "dropout 0.2",
      "conv_transpose 64 4x4 same", "relu", "dropout 0.2", "conv_transpose 64 4x4 same", "relu",
      "flatten", "dense 784", "sigmoid",
    ]), initialization: .xavierUniform, loss: .reconstruction)

  /// Depth alone, on the smallest data: stacks of 32 units that are hard to train plain and easy with shortcuts
  /// (He, Zhang, Ren and Sun 2016, sections 4.1 and 4.2), and sigmoids whose gradients vanish (Glorot and Bengio 2010, section 3.1).
  private static let stacks: [Entry] =
    [20, 56].flatMap { depth in
      // The first and the last layer are not in a block, and each block has two.
      let blocks = (depth - 2) / 2
      let block = parsed(["dense 32", "relu", "dense 32"])
      // Blocks that start as the identity (Goyal et al. 2017, section 5.1; Zhang, Dauphin and Ma 2019, "Fixup initialization"):
      // with random last weights the values double from block to block, and 27 blocks start at losses in the ten thousands.
      let identity = parsed(["dense 32", "relu", "dense 32 init zeros"])
      let plain = (0..<blocks).flatMap { _ in block + [.relu] }
      let residual = (0..<blocks).flatMap { _ in [LayerSpecification.residual(identity), .relu] }
      return [("plain", plain), ("residual", residual)].map { kind, layers in
        Entry(
          name: "digits_\(kind)_\(depth)",
          summary:
            "\(depth) dense layers, \(kind)\(kind == "residual" ? "; blocks start as the identity" : "")",
          source: "the comparison of He, Zhang, Ren and Sun 2016, section 4, with dense layers",
          dataset: "digits",
          specification: NetworkSpecification(
            layers: parsed(["dense 32", "relu"]) + layers + parsed(["dense 10"])),
          batchSize: 128, epochs: 30)
      }
    } + [
      Entry(
        name: "digits_deep_sigmoid", summary: "six dense layers with sigmoids between them",
        source: "after Glorot and Bengio 2010, section 3.1", dataset: "digits",
        specification: NetworkSpecification(
          layers: (0..<5).flatMap { _ in parsed(["dense 32", "sigmoid"]) } + parsed(["dense 10"]),
          initialization: .xavierUniform), batchSize: 128, epochs: 30)
    ]

  private static func parsed(_ texts: [String]) -> [LayerSpecification] {
    texts.map { text in
      do throws(NetworkError) {
        return try LayerSpecification(parsing: text)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }
}
