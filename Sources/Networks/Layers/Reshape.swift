package import Parameters

/// The numbers of a sample as images of another shape. Moves no numbers.
package struct Reshape: Layer {
  package static let name = "reshape"
  package static let summary = "numbers as images, such as 'reshape 1x7x7'"
  package static let equation = "y = x, read as channels×height×width"
  package static let source = "elementary"
  package static let parameters: [Parameter<Reshape>] = [
    Parameter(
      "shape", \.shape,
      .phrased(
        "channels, height and width such as 1x7x7, each from 1 to 65536",
        .list(of: .whole(1...65_536), counts: 3...3)), "channels, height and width"
    ).required()
  ]

  private var shape = [1, 1, 1]

  package init() {}

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    let output = SampleShape.image(channels: shape[0], height: shape[1], width: shape[2])
    guard output.count == input.count else {
      throw ShapeMismatch(need: "needs \(output.count) numbers")
    }
    return output
  }

  package var traits: LayerTraits { LayerTraits(isView: true) }
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {}
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {}
}
