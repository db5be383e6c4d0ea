/// y = x. Moves no numbers.
package struct Identity: Layer {
  package static let name = "identity"
  package static let form = "identity"
  package static let summary = "nothing: y = x"

  package init(reading words: inout LayerWords) throws(NetworkError) {}
  package var description: String { Self.name }
  package func output(for input: SampleShape) -> SampleShape { input }
  package var traits: LayerTraits { LayerTraits(isView: true) }
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {}
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {}
}
