import Foundation
import Networks
import Randomness
import Testing

/// Every kind of layer, in `Double`, by central differences and by what it promises.
@Suite struct NetworksLayerTests {
  /// On 1×6×6 images, to three outputs. Each kind of layer, with paddings and strides that leave borders.
  static let networks: [[String]] = [
    ["conv 2 3x3", "dense 3"], ["conv 3 3x3 same", "conv 2 3x3 same stride 2", "dense 3"],
    ["conv 2 4x4 same stride 2", "tanh", "conv 3 2x3 padding 1 no_bias", "dense 3"],
    ["conv 2 3x3 same", "max_pool 2", "dense 3"],
    ["conv 2 3x3", "max_pool 3 same stride 2", "dense 3"],
    ["conv 2 3x3 same", "max_pool 3 stride 1 padding 1", "dense 3"],
    ["conv 2 3x3 same", "average_pool 2", "dense 3"],
    ["conv 2 3x3", "average_pool 3 same stride 2", "dense 3"],
    ["dense 9", "reshape 1x3x3", "conv_transpose 2 4x4 same stride 2", "dense 3"],
    [
      "conv 2 3x3 stride 3", "conv_transpose 3 3x3 stride 2 padding 1", "tanh", "flatten",
      "dense 3",
    ],
    ["conv 2 3x3", "batch_norm", "tanh", "dense 3"], ["dense 5", "batch_norm", "dense 3"],
    ["dense 5", "layer_norm", "tanh", "dense 3"], ["conv 2 3x3", "layer_norm", "dense 3"],
    ["dense 6", "dropout 0.5", "dense 3"],
    ["dense 6", "sigmoid", "dropout 0.3", "tanh", "dense 3"],
    ["dense 5", "sigmoid", "dense 3"], ["dense 5", "tanh", "dense 3"],
    ["dense 5", "softplus", "dense 3"],
    ["dense 5", "gelu", "dense 3"], ["dense 5", "leaky_relu 0.2", "dense 3"],
    ["dense 6", "maxout 3", "dense 3"], ["conv 4 3x3", "maxout 2", "dense 3"],
    ["identity", "flatten", "dense 5", "identity", "tanh", "dense 3"],
    ["dense 5 no_bias", "tanh", "dense 3 no_bias"],
    ["gaussian_latent 2", "dense 4", "tanh", "dense 3"],
    ["dense 4", "tanh", "gaussian_latent 3"],
  ]

  static func layers(_ texts: [String]) throws -> [LayerSpecification] {
    try texts.map { try LayerSpecification(parsing: $0) }
  }

  /// The largest deviation between the gradient by parameters and data, and central differences.
  static func gradientError(
    _ specification: NetworkSpecification, rows: Int, features: Int = 36, outputs: Int = 3
  ) throws -> Double {
    let network = try Network<Double>(
      specification, featureCount: features, classCount: outputs, capacity: rows,
      withInputGradient: true)
    var input = NetworksGradientTests.normals(rows * features, step: 0)
    let labels = (0..<rows).map { Int32($0 % outputs) }
    var parameters = NetworksGradientTests.normals(network.parameterCount, step: 1).map { 0.5 * $0 }
    func loss(_ gradient: inout [Double]) -> Double {
      network.lossAndGradient(
        rows: rows, input: input, labels: labels, parameters: parameters, gradient: &gradient)
    }
    var gradient = [Double](repeating: .nan, count: network.parameterCount)
    var unused = gradient
    _ = loss(&gradient)
    let byInput = try #require(network.inputGradient)
    let inputGradient = Array(UnsafeBufferPointer(start: byInput, count: rows * features))
    var worst = 0.0
    let step = 0x1p-17
    for index in parameters.indices {
      let center = parameters[index]
      parameters[index] = center + step
      let above = loss(&unused)
      parameters[index] = center - step
      let below = loss(&unused)
      parameters[index] = center
      let error = abs((above - below) / (2 * step) - gradient[index])
      worst = error <= worst ? worst : error.isNaN ? .infinity : error
    }
    // A reconstruction's target is the data themselves, which the gradient by the input leaves out.
    guard specification.loss.tellsClasses else { return worst }
    for index in input.indices {
      let center = input[index]
      input[index] = center + step
      let above = loss(&unused)
      input[index] = center - step
      let below = loss(&unused)
      input[index] = center
      let error = abs((above - below) / (2 * step) - inputGradient[index])
      worst = error <= worst ? worst : error.isNaN ? .infinity : error
    }
    return worst
  }

  /// As in `NetworksGradientTests`: truncation and rounding are some 10⁻¹⁰ each where losses and third derivatives stay below 100;
  /// normalization over few numbers sharpens curvature by up to a hundred.
  @Test(arguments: networks)
  func `gradients by parameters and data are those of central differences`(texts: [String]) throws {
    let specification = NetworkSpecification(layers: try Self.layers(texts))
    #expect(try Self.gradientError(specification, rows: 5) <= 1e-7)
  }

  @Test(arguments: LossFunction.allCases, [1, 0.5])
  func `losses have the gradients of central differences`(loss: LossFunction, hardest: Double)
    throws
  {
    let outputs = loss == .reconstruction ? 36 : 3
    var penalty = Penalty()
    (penalty.l1, penalty.l2) = (0.01, 0.02)
    (penalty.isHalved, penalty.includesBiases) = (hardest < 1, hardest < 1)
    let specification = NetworkSpecification(
      layers: try Self.layers(["dense 4", "tanh", "dense \(outputs)"]), loss: loss,
      hardestRatio: hardest, penalty: penalty)
    #expect(try Self.gradientError(specification, rows: 6) <= 1e-7)
  }

  @Test
  func `residual blocks, nested and at either end, have the gradients of central differences`()
    throws
  {
    func dense(_ units: Int) -> LayerSpecification { .dense(units: units) }
    let tanh = try LayerSpecification(parsing: "tanh")
    let inner = LayerSpecification.residual([dense(4), tanh, dense(5)])
    let stacks: [[LayerSpecification]] = [
      [dense(5), .residual([dense(5)]), dense(3)],
      [dense(5), tanh, .residual([tanh, dense(6), tanh, dense(5)]), tanh, dense(3)],
      [dense(5), .residual([inner, tanh, inner]), inner, dense(3)],
      [.residual([dense(36), tanh]), dense(3)],
      [.residual([tanh]), dense(3), .residual([dense(3)])],
      [
        try LayerSpecification(parsing: "conv 2 3x3 same"),
        .residual(try Self.layers(["tanh", "conv 2 3x3 same"])), dense(3),
      ],
    ]
    for layers in stacks {
      #expect(
        try Self.gradientError(NetworkSpecification(layers: layers), rows: 4) <= 1e-7,
        "\(layers)")
    }
  }

  /// Sharing buffers must change nothing: with every output in a buffer of its own the numbers are the same.
  @Test(
    arguments: networks + [
      ["dense 8", "relu", "dropout 0.5", "relu", "identity", "relu", "dense 3"]
    ])
  func `layers in place compute what they compute apart`(texts: [String]) throws {
    let layers = try Self.layers(texts)
    let block = LayerSpecification.residual(try Self.layers(["relu", "dense 3", "relu"]))
    let specification = NetworkSpecification(layers: layers + [.relu, block, .relu])
    let input = NetworksGradientTests.normals(4 * 36, step: 2)
    var results: [[Double]] = []
    for keepsAll in [false, true] {
      let network = try Network<Double>(
        specification, featureCount: 36, classCount: 3, capacity: 4, keepsAll: keepsAll)
      let parameters = NetworksGradientTests.normals(network.parameterCount, step: 3)
      var gradient = [Double](repeating: .nan, count: network.parameterCount)
      let loss = network.lossAndGradient(
        rows: 4, input: input, labels: [0, 1, 2, 0], parameters: parameters, gradient: &gradient)
      results.append([loss] + gradient)
    }
    #expect(results[0] == results[1])
  }

  @Test
  func `dropout keeps its share, scales it up, repeats itself by key and rests at evaluation`()
    throws
  {
    let network = try Network<Double>(
      NetworkSpecification(
        layers: try Self.layers(["dropout 0.3", "dense 1 no_bias init constant 1"]),
        loss: .meanSquaredError),
      featureCount: 10_000, classCount: 1, capacity: 1)
    let ones = [Double](repeating: 1, count: 10_000)
    func output(_ key: RandomKey, training: Bool) -> Double {
      var context = PassContext.evaluation
      context.isTraining = training
      context.keeps = true
      context.key = key
      return network.forward(rows: 1, input: ones, parameters: ones, context: context)[0]
    }
    let key = RandomKey(masterSeed: 1, purpose: .layerNoise, seedIndex: 3, epoch: 2, step: 7)
    #expect(output(key, training: false) == 10_000)
    let sum = output(key, training: true)
    // Kept ones count 1/0.7 each: a binomial deviation is 100·√(0.3/0.7) = 65; five of them.
    #expect(abs(sum - 10_000) < 330 && sum != 10_000)
    #expect(output(key, training: true) == sum)
    var others = [key, key, key]
    others[0].step = 8
    others[1].epoch = 3
    others[2].seedIndex = 4
    for other in others { #expect(output(other, training: true) != sum) }
  }

  @Test func `a maximum passes a NaN on and sends its gradient to the first of equals`() throws {
    let network = try Network<Double>(
      NetworkSpecification(
        layers: try Self.layers(["max_pool 2"]) + [.dense(units: 1)], loss: .meanSquaredError),
      featureCount: 16, classCount: 1, capacity: 1, keepsAll: true, withInputGradient: true)
    var gradient = [Double](repeating: 0, count: 5)
    let parameters: [Double] = [1, 1, 1, 1, 0]
    func pooled(_ input: [Double]) -> [Double] {
      _ = network.lossAndGradient(
        rows: 1, input: input, labels: [0], parameters: parameters, gradient: &gradient)
      return Array(UnsafeBufferPointer(start: network.output(ofNode: 0), count: 4))
    }
    #expect(pooled([0, 2, 1, 1, 2, 1, 1, 1, 0, 0, -1, -3, 0, 0, -2, -5]) == [2, 1, 0, -1])
    // 2·(2 − 1) at each winner.
    let expected: [Double] = [0, 2, 2, 0, 0, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0]
    #expect(Array(UnsafeBufferPointer(start: network.inputGradient, count: 16)) == expected)
    for place in 0..<16 {
      var input = [Double](repeating: 1, count: 16)
      input[place] = .nan
      #expect(pooled(input).count { $0.isNaN } == 1)
    }
  }

  @Test func `logits of a thousand neither overflow nor vanish under sigmoids`() throws {
    let network = try Network<Float>(
      NetworkSpecification(layers: [.dense(units: 2)], loss: .sigmoidCrossEntropy), featureCount: 1,
      classCount: 2, capacity: 1)
    var gradient = [Float](repeating: .nan, count: 4)
    let loss = network.lossAndGradient(
      rows: 1, input: [1], labels: [0], parameters: [-1000, 1000, 0, 0], gradient: &gradient)
    #expect(loss == 1000)
    #expect(gradient == [-0.5, 0.5, -0.5, 0.5])
  }

  @Test func `float exponentials are within a few units of the last place, everywhere`() {
    func units(_ found: Float, _ exact: Double) -> Double {
      abs(Double(found) - exact) / Double(max(Float(exact).ulp, Float.leastNonzeroMagnitude))
    }
    var worst = (exponential: 0.0, logistic: 0.0, tangent: 0.0)
    for x in stride(from: Float(-103), through: 88.7, by: 0.0037) {
      worst.exponential = max(worst.exponential, units(Float.exponential(x), exp(Double(x))))
      // Below the smallest normal number it is 0.
      let logistic = 1 / (1 + exp(-Double(x)))
      if logistic >= Double(Float.leastNormalMagnitude) {
        worst.logistic = max(worst.logistic, units(Float.logistic(x), logistic))
      } else {
        #expect((0...Float.leastNormalMagnitude).contains(Float.logistic(x)))
      }
      let small = x / 8
      worst.tangent = max(worst.tangent, units(Float.hyperbolicTangent(small), tanh(Double(small))))
    }
    #expect(worst.exponential <= 2 && worst.logistic <= 4 && worst.tangent <= 2, "\(worst)")
    #expect(
      Float.exponential(.nan).isNaN && Float.logistic(.nan).isNaN
        && Float.hyperbolicTangent(.nan).isNaN)
    #expect(Float.exponential(.infinity) == .infinity && Float.exponential(-.infinity) == 0)
    #expect(Float.exponential(0) == 1 && Float.exponential(89) == .infinity)
    #expect(Float.logistic(-.infinity) == 0 && Float.logistic(.infinity) == 1)
    #expect(Float.hyperbolicTangent(-.infinity) == -1 && Float.hyperbolicTangent(0) == 0)
  }
}
