import Datasets
import Foundation
import Networks
import Testing

@Suite struct NetworksSpecificationTests {
  @Test func `a layer reads back what it writes`() throws {
    for layer: LayerSpecification in [.dense(units: 1), .dense(units: 128), .relu] {
      #expect(try LayerSpecification(parsing: layer.description) == layer)
    }
    #expect(try LayerSpecification(parsing: "  dense   10 ") == .dense(units: 10))
    for text in Self.texts {
      let layer = try LayerSpecification(parsing: text)
      #expect(try LayerSpecification(parsing: layer.description) == layer, "\(text)")
    }
    #expect(
      Set(Self.texts.map { $0.prefix { $0 != " " } })
        == Set(LayerSpecification.names.map { $0[...] }))
    let plain = try LayerSpecification(parsing: "dense 10")
    for text in ["dense 10 no_bias", "dense 10 init zeros", "dense 10 bias 0.1", "dense 11"] {
      #expect(try LayerSpecification(parsing: text) != plain, "\(text)")
    }
  }

  static let texts = [
    "dense 10 no_bias", "dense 10 init truncated_normal 0.05 bias 0.1",
    "conv 8 5x3 padding 1 stride 2",
    "conv 8 5 same no_bias init xavier_uniform", "conv_transpose 8 4x4 same stride 2", "max_pool 2",
    "max_pool 3 same stride 2", "average_pool 2x3 stride 1", "batch_norm",
    "batch_norm momentum 0.2 epsilon 0.001",
    "layer_norm epsilon 0.1", "dropout 0.25", "flatten", "reshape 2x3x4", "gaussian_latent 8",
    "relu",
    "leaky_relu 0.3", "leaky_relu", "sigmoid", "tanh", "softplus", "gelu", "maxout 3", "identity",
  ]

  @Test(arguments: [
    "zeros", "constant 0.5", "normal 0.1", "truncated_normal 0.05", "xavier_uniform",
    "xavier_normal",
    "he", "he_uniform", "he_leaky 0.1", "lecun",
  ])
  func `an initialization reads back what it writes`(text: String) throws {
    let initialization = try Initialization(parsing: text)
    #expect(initialization.description == text)
    #expect(Initialization.names.contains(String(text.prefix { $0 != " " })))
  }

  @Test(arguments: ["normal", "normal 0", "constant", "he 3", "truncated_normal -1", "lecun x", ""])
  func `a malformed initialization is refused`(text: String) {
    #expect(throws: NetworkError.self) { try Initialization(parsing: text) }
  }

  @Test(arguments: [
    "dense", "dense 0", "dense -3", "dense ten", "dense 1.5", "dense 1 2", "relu 3",
    "dense 99999999999", "dense 99999999999999999999999", "conv 3", "conv 0 3x3", "conv 3 3x",
    "conv 3 3x3x3",
    "conv 3 3x3 padding", "conv 3 3x3 stride 0", "max_pool 3 padding 2", "max_pool 2 no_bias",
    "dropout 1",
    "dropout -0.1", "dropout", "batch_norm momentum 2", "leaky_relu -1", "reshape 3x4", "maxout 1",
    "flatten 2",
    "relu init zeros", "dense 3 bias x", "gaussian_latent 0",
  ])
  func `a malformed layer is refused with its form`(text: String) {
    let error = #expect(throws: NetworkError.self) { try LayerSpecification(parsing: text) }
    guard case .malformedLayer = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("'\(text)'") == true)
  }

  @Test(arguments: ["", "dens 3", "ReLU"])
  func `an unknown layer is refused with the known forms`(text: String) {
    #expect(throws: NetworkError.unknownLayer(text)) { try LayerSpecification(parsing: text) }
    #expect(NetworkError.unknownLayer(text).description.contains("dense UNITS [no_bias], conv"))
  }

  @Test func `shapes that do not fit are refused before anything is allocated`() throws {
    func count(_ layers: [LayerSpecification], features: Int = 64) throws -> Int {
      try NetworkSpecification(layers: layers).parameterCount(
        featureCount: features, classCount: 10)
    }
    #expect(try count([.dense(units: 10)]) == 650)
    #expect(try count([.dense(units: 128), .relu, .dense(units: 10)], features: 784) == 101_770)
    #expect(throws: NetworkError.nothingToTrain) { try count([]) }
    #expect(throws: NetworkError.nothingToTrain) { try count([.relu], features: 10) }
    func message(_ layers: [String], features: Int = 64) throws -> String? {
      let layers = try layers.map { try LayerSpecification(parsing: $0) }
      return #expect(throws: NetworkError.self) { try count(layers, features: features) }?
        .description
    }
    #expect(
      try message(["dense 128", "relu"])
        == "the last layer 'relu' gives 128 outputs per sample, but the data has 10 classes")
    #expect(
      try message(["dense 1000000", "dense 1000000", "dense 10"])?.contains(
        "'dense 1000000' makes more than 2147483647") == true)
    #expect(
      try message(["conv 16 3x3 same", "flatten", "conv 8 3x3"])
        == "layer 3 'conv 8 3x3' needs images (channels×height×width), but layer 2 'flatten' gives 1024"
    )
    #expect(
      try message(["max_pool 9"])
        == "layer 1 'max_pool 9x9' needs images of at least 9×9 pixels, but the data have 1×8×8"
    )
    #expect(
      try message(["dense 50", "reshape 1x7x7"])
        == "layer 2 'reshape 1x7x7' needs 49 numbers, but layer 1 'dense 50' gives 50")
    #expect(
      try message(["dense 5", "maxout 2"])
        == "layer 2 'maxout 2' needs a multiple of 2 numbers, but layer 1 'dense 5' gives 5")
    #expect(throws: NetworkError.tooManyParameters(layer: "dense \(Double(Int.max))")) {
      try count([.dense(units: .max)])
    }
    let block = LayerSpecification.residual([.dense(units: 9)])
    let error = #expect(throws: NetworkError.self) { try count([.dense(units: 8), block]) }
    #expect(
      error?.description
        == "a residual block must keep the shape: 'dense 8' gives it 8, but layer 2 'dense 9', its last, gives 9"
    )
  }

  @Test(arguments: [
    ("28", "conv 4 5x5 same", "4×28×28"), ("28", "conv 4 4x4 same stride 2", "4×14×14"),
    ("7", "conv 4 4x4 same stride 2", "4×4×4"), ("8", "conv 4 3x3", "4×6×6"),
    ("8", "conv 4 3x5 padding 2 stride 3", "4×4×3"), ("8", "max_pool 2", "1×4×4"),
    ("7", "max_pool 3 same stride 2", "1×4×4"), ("7", "max_pool 2", "1×3×3"),
    ("7", "average_pool 2 same", "1×4×4"), ("7", "conv_transpose 4 4x4 same stride 2", "4×14×14"),
    ("7", "conv_transpose 4 4x4 stride 2", "4×16×16"),
    ("7", "conv_transpose 4 4x4 padding 1 stride 2", "4×14×14"),
  ])
  func `windows give the sizes of TensorFlow and PyTorch`(
    side: String, text: String, expected: String
  ) throws {
    let side = try #require(Int(side))
    let plan = try NetworkPlan(
      NetworkSpecification(layers: [
        LayerSpecification(parsing: text), .dense(units: 2),
      ]), featureCount: side * side, classCount: 2)
    #expect(plan.nodes[0].output.description == expected)
  }

  @Test func `a batch whose outputs nothing could hold is refused`() {
    let specification = NetworkSpecification(layers: [.dense(units: 1_000_000), .dense(units: 10)])
    let error = NetworkError.batchTooLarge(layer: "dense 1000000", batchSize: 1_000_000)
    #expect(throws: error) {
      try Network<Float>(
        specification, featureCount: 1, classCount: 10, capacity: 1_000_000)
    }
  }

  /// Counted by hand from the definitions: inputs times outputs and a bias each, layer by layer.
  @Test(arguments: [
    ("fmnist_logreg", 7850), ("fmnist_mlp", 1_336_610), ("fmnist_2c2d", 3_274_634),
    ("fmnist_vae", 10_151_489), ("mnist_vae", 10_151_489), ("digits_2c2d", 325_514),
    ("digits_plain_20", 21_418), ("digits_residual_20", 21_418), ("digits_plain_56", 59_434),
    ("digits_residual_56", 59_434), ("digits_deep_sigmoid", 6634),
  ])
  func `named networks have the parameters of their definitions`(name: String, count: Int) throws {
    let entry = try #require(NetworkCatalogue.entry(named: name))
    let data = try #require(DatasetCatalogue.entries.first { $0.name == entry.dataset })
    let found = try entry.specification.parameterCount(
      featureCount: data.featureCount, classCount: data.classCount)
    #expect(found == count)
  }

  @Test func `every named network fits its data`() throws {
    for entry in NetworkCatalogue.entries {
      let data = try #require(DatasetCatalogue.entries.first { $0.name == entry.dataset })
      #expect(throws: Never.self) {
        try entry.specification.parameterCount(
          featureCount: data.featureCount, classCount: data.classCount)
      }
    }
    #expect(Set(NetworkCatalogue.entries.map(\.name)).count == NetworkCatalogue.entries.count)
  }

  /// As many numbers as 8×8 pixels have.
  @Test func `images have the rows and columns of their data`() throws {
    let form = DataForm(
      featureCount: 64, image: ImageSize(height: 4, width: 16), classCount: 2)
    func layers(_ texts: [String]) throws -> NetworkSpecification {
      NetworkSpecification(layers: try texts.map { try LayerSpecification(parsing: $0) })
    }
    let error = #expect(throws: NetworkError.self) {
      try layers(["conv 4 5x5", "relu", "flatten", "dense 2"]).parameterCount(form)
    }
    #expect(error?.description.contains("1×4×16") == true)
    // 4 filters of 4 weights and a bias; 4·1·16 inputs of two outputs.
    #expect(try layers(["conv 4 4x1", "relu", "flatten", "dense 2"]).parameterCount(form) == 150)
    let colors = DataForm(
      featureCount: 60, image: ImageSize(channels: 3, height: 5, width: 4), classCount: 2)
    #expect(try layers(["conv 2 5x4 no_bias", "flatten", "dense 2"]).parameterCount(colors) == 126)
    // Without a size, the length decides as before.
    let square = DataForm(featureCount: 64, classCount: 2)
    #expect(try layers(["conv 4 4x1", "relu", "flatten", "dense 2"]).parameterCount(square) == 342)
  }
}
