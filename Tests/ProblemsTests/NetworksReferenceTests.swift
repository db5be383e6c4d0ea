import Foundation
import Problems
import Testing

/// The network in `Double` against PyTorch.
@Suite struct NetworksReferenceTests {
  struct File<Case: Decodable>: Decodable { let cases: [Case] }

  struct Perceptron: Decodable {
    let activation: String
    let input: [[Double]]
    let output: [[Double]]
    let labels: [Int32]
    let loss: Double
    let weights: Tensors?
    let gradients: Tensors?

    struct Tensors: Decodable {
      let w1, w2: [[Double]]
      let b1, b2: [Double]
      /// In the order of the flat buffer.
      var flat: [Double] { Array(w1.joined()) + b1 + Array(w2.joined()) + b2 }
    }

    enum Key: String, CodingKey { case activation, input, output, labels, loss, weights, gradients }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      activation = try values.decode(String.self, forKey: .activation)
      input = try values.decode([[Double]].self, forKey: .input)
      output = try values.decode([[Double]].self, forKey: .output)
      labels = try values.decode([Int32].self, forKey: .labels)
      loss = try values.decode(Double.self, forKey: .loss)
      // Maxout has its weights in another shape.
      weights = try? values.decode(Tensors.self, forKey: .weights)
      gradients = try? values.decode(Tensors.self, forKey: .gradients)
    }
  }

  static func load<Case: Decodable>(_ name: String) throws -> [Case] {
    let url = Bundle.module.bundleURL.appendingPathComponent("References/nn/\(name).json")
    return try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: url)).cases
  }

  @Test func `a perceptron gives PyTorch's outputs, loss and gradients`() throws {
    let cases: [Perceptron] = try Self.load("mlp_softmax_cross_entropy")
    let reference = try #require(cases.first { $0.activation == "relu" })
    let parameters = try #require(reference.weights).flat
    let expected = try #require(reference.gradients).flat
    let network = try Network<Double>(
      NetworkSpecification(layers: [.dense(units: 5), .relu, .dense(units: 3)]),
      featureCount: 7, classCount: 3, capacity: 4)
    #expect(network.parameterCount == parameters.count)
    let input = Array(reference.input.joined())
    let logits = network.forward(rows: 4, input: input, parameters: parameters)
    // A sum has at most 8 terms here, two layers and a softmax follow each other and no term exceeds 3 in size:
    // some 30 roundings of half of 2⁻⁵² each on numbers up to 10, within 64·2⁻⁵² · max(1, |x|).
    func agrees(_ found: Double, _ wanted: Double) -> Bool {
      abs(found - wanted) <= 64 * Double.ulpOfOne * max(1, abs(wanted))
    }
    for (index, wanted) in reference.output.joined().enumerated() {
      #expect(agrees(logits[index], wanted))
    }
    var gradient = [Double](repeating: .nan, count: parameters.count)
    let loss = network.lossAndGradient(
      rows: 4, input: input, labels: reference.labels, parameters: parameters,
      gradient: &gradient)
    #expect(agrees(loss, reference.loss))
    for (found, wanted) in zip(gradient, expected) { #expect(agrees(found, wanted)) }
  }

  struct Variance: Decodable {
    let fanIn: Int
    let heVariance: Double
    enum CodingKeys: String, CodingKey {
      case fanIn = "fan_in"
      case heVariance = "he_variance"
    }
  }

  @Test func `He's deviation squared is the published variance`() throws {
    for reference: Variance in try Self.load("initialization") {
      let deviation = Initialization.he.weightDeviation(fanIn: reference.fanIn)
      // One rounding of the root, one of the square: each half an ulp, the first counted twice.
      #expect(
        abs(deviation * deviation - reference.heVariance) <= 2 * reference.heVariance.ulp)
    }
  }
}
