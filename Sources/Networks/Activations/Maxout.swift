package import Parameters

/// The largest of k numbers: inputs [pieces][units], y = max over pieces, of equal ones the first
/// (Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, "Maxout networks", section 3).
///
/// After `dense 256`, `maxout 2` makes 128 units with two pieces each. Images are taken by channels.
package struct Maxout: Layer {
  package static let name = "maxout"
  package static let summary =
    "the largest of several numbers: 'dense 256, maxout 2' makes 128 units"
  package static let equation = "y = max over pieces of x"
  package static let source =
    "Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, Maxout networks, section 3"
  package static let parameters: [Parameter<Maxout>] = [
    Parameter("pieces", \.pieces, .whole(2...1024), "numbers that each unit chooses from")
      .required()
  ]

  var pieces = 2

  package init() {}

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    guard input.channels.isMultiple(of: pieces) else {
      throw ShapeMismatch(
        need: "needs a multiple of \(pieces) \(input.isImage ? "channels" : "numbers")")
    }
    var output = input
    output.channels /= pieces
    return output
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let units = pass.outputShape.count
    for row in 0..<pass.rows {
      let input = pass.input + row * pass.inputShape.count
      let output = pass.output + row * units
      output.update(from: input, count: units)
      for piece in 1..<pieces {
        let candidates = input + piece * units
        // A NaN wins: a diverged network must show.
        for unit in 0..<units {
          let (former, next) = (output[unit], candidates[unit])
          output[unit] = former >= next || former != former ? former : next
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    let units = pass.outputShape.count
    for row in 0..<pass.rows {
      let input = pass.input + row * pass.inputShape.count
      let target = inputGradient + row * pass.inputShape.count
      for unit in 0..<units {
        var winner = unit
        for piece in 1..<pieces where input[piece * units + unit] > input[winner] {
          winner = piece * units + unit
        }
        for piece in 0..<pieces { target[piece * units + unit] = 0 }
        target[winner] = gradients.output[row * units + unit]
      }
    }
  }
}
