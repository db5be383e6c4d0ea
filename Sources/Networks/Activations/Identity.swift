import Parameters

/// y = x. Moves no numbers.
package struct Identity: Layer {
  package static let name = "identity"
  package static let summary = "leaves numbers as they are"
  package static let equation = "y = x"
  package static let source = "elementary"

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }
  package var traits: LayerTraits { LayerTraits(isView: true) }
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {}
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {}
}
