import Parameters

/// Images as vectors: channel, row, column. Moves no numbers.
package struct Flatten: Layer {
  package static let name = "flatten"
  package static let summary = "images as vectors"
  package static let equation = "y = x, read as one vector: channel, row, column"
  package static let source = "elementary"

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { .vector(input.count) }
  package var traits: LayerTraits { LayerTraits(isView: true) }
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {}
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {}
}
