/// The numbers of a sample as images of another shape. Moves no numbers.
package struct Reshape: Layer {
  package static let name = "reshape"
  package static let form = "reshape CHANNELSxHEIGHTxWIDTH"
  package static let summary = "numbers as images, such as 'reshape 1x7x7'"

  let channels: Int
  let height: Int
  let width: Int

  package init(reading words: inout LayerWords) throws(NetworkError) {
    let sizes = try words.word().split(separator: "x", omittingEmptySubsequences: false)
      .compactMap { Int($0) }.filter { (1...65_536).contains($0) }
    guard sizes.count == 3 else { throw words.malformed }
    (channels, height, width) = (sizes[0], sizes[1], sizes[2])
  }

  package var description: String { "reshape \(channels)x\(height)x\(width)" }

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    let output = SampleShape.image(channels: channels, height: height, width: width)
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
