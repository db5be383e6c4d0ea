import Foundation
import Problems
import Testing

@Suite struct NetworksSpecificationTests {
  @Test func `a layer reads back what it writes`() throws {
    for layer: LayerSpecification in [.dense(units: 1), .dense(units: 128), .relu] {
      #expect(try LayerSpecification(parsing: layer.description) == layer)
    }
    #expect(try LayerSpecification(parsing: "  dense   10 ") == .dense(units: 10))
  }

  @Test(arguments: [
    "dense", "dense 0", "dense -3", "dense ten", "dense 1.5", "dense 1 2", "relu 3",
    "dense 99999999999", "dense 99999999999999999999999",
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
    #expect(NetworkError.unknownLayer(text).description.contains("dense UNITS, relu"))
  }

  @Test func `a specification survives JSON, its layers as scenarios write them`() throws {
    let specification = NetworkSpecification(layers: [.dense(units: 128), .relu, .dense(units: 10)])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(specification)
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"{"initialization":"he","layers":["dense 128","relu","dense 10"],"loss":"softmax_cross_entropy"}"#
    )
    #expect(try JSONDecoder().decode(NetworkSpecification.self, from: json) == specification)
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
    #expect(
      throws: NetworkError.outputMismatch(layer: .relu, width: 128, classCount: 10)
    ) { try count([.dense(units: 128), .relu]) }
    #expect(
      throws: NetworkError.tooManyParameters(layer: .dense(units: 1_000_000), inputWidth: 1_000_000)
    ) { try count([.dense(units: 1_000_000), .dense(units: 1_000_000), .dense(units: 10)]) }
    #expect(
      throws: NetworkError.tooManyParameters(layer: .dense(units: .max), inputWidth: 64)
    ) { try count([.dense(units: .max)]) }
  }

  @Test func `a batch whose outputs nothing could hold is refused`() {
    let specification = NetworkSpecification(layers: [.dense(units: 1_000_000), .dense(units: 10)])
    let error = NetworkError.batchTooLarge(layer: .dense(units: 1_000_000), batchSize: 1_000_000)
    #expect(throws: error) {
      try Network<Float>(
        specification, featureCount: 1, classCount: 10, capacity: 1_000_000)
    }
  }
}
