import Datasets
import Networks
import Testing

/// How deep residual networks start.
@Suite struct ResidualStartTests {
  private static let width = 32

  /// With blocks that start as the identity, what is left of the network is its first and its last layer: x + 0 is x, and rectifying
  /// a second time changes nothing, so that the losses are equal and not only close.
  @Test(arguments: ["digits_residual_20", "digits_residual_56"])
  func `a residual network starts as the layers outside its blocks`(name: String) throws {
    let digits = try DatasetCatalogue.load("digits", directory: nil)
    let entry = try #require(NetworkCatalogue.entry(named: name))
    let deep = try NetworkProblem(
      entry.specification, dataset: digits, batchSize: entry.batchSize)
    var shallow = entry.specification
    shallow.layers = [shallow.layers[0], .relu, shallow.layers[shallow.layers.count - 1]]
    let flat = try NetworkProblem(shallow, dataset: digits, batchSize: entry.batchSize)
    let parameters = deep.initialParameters(masterSeed: 1, seedIndex: 0)
    let first = digits.featureCount * Self.width + Self.width
    let last = Self.width * digits.classCount + digits.classCount
    let outer = Array(parameters.prefix(first) + parameters.suffix(last))
    #expect(outer.count == flat.parameterCount)
    let start = deep.evaluate(.train, parameters: parameters.span)
    #expect(start == flat.evaluate(.train, parameters: outer.span))
  }

  @Test func `plain and residual networks differ only in the blocks and their start`() throws {
    let plain = try #require(NetworkCatalogue.entry(named: "digits_plain_56"))
    let residual = try #require(NetworkCatalogue.entry(named: "digits_residual_56"))
    let texts = residual.specification.layers.compactMap { layer -> String? in
      guard case .residual = layer.content else { return nil }
      return layer.description
    }
    #expect(texts.count == 27)
    #expect(Set(texts) == ["residual [dense 32, relu, dense 32 init zeros]"])
    #expect(plain.batchSize == residual.batchSize && plain.epochs == residual.epochs)
  }
}
