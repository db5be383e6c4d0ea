package import Parameters

/// A dense layer: y = x·Wᵀ + b, on the numbers of a sample in their order whatever its shape.
///
/// Parameters: W as [units][inputs], row-major, then b as [units]. With G = ∂L/∂y, ∂L/∂W = Gᵀ·x, ∂L/∂b = Σ rows
/// of G and ∂L/∂x = G·W (Goodfellow, Bengio and Courville 2016, "Deep Learning", section 6.5).
package struct Dense: Layer {
  package static let name = "dense"
  package static let summary = "fully connected: every unit sees every number"
  package static let equation = "y = x·Wᵀ + b"
  package static let source =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, section 6.5"
  package static let parameters: [Parameter<Dense>] = [
    Parameter("units", \.units, .whole(1...1_048_576), "outputs").required(),
    Parameter("no_bias", \.hasNoBias, "leaves b out"),
  ]

  var units = 1
  var hasNoBias = false
  var hasBias: Bool { !hasNoBias }

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { .vector(units) }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    [.weight([units, input.count], fanIn: input.count, fanOut: units)]
      + (hasBias ? [.bias(units)] : [])
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let width = pass.inputShape.count
    if hasBias {
      // The product adds to rows that hold the bias already, in place of the zeros that it would have to write.
      let bias = pass.parameters + units * width
      for row in 0..<pass.rows { (pass.output + row * units).update(from: bias, count: units) }
    }
    Scalar.multiply(
      rows: pass.rows, columns: units, inner: width, pass.input, transposed: false,
      pass.parameters, transposed: true, beta: hasBias ? 1 : 0, into: pass.output)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let width = pass.inputShape.count
    Scalar.multiply(
      rows: units, columns: width, inner: pass.rows, gradients.output, transposed: true,
      pass.input, transposed: false, beta: 0, into: gradients.parameters)
    if hasBias {
      Self.sumRows(
        gradients.output, rows: pass.rows, columns: units,
        into: gradients.parameters + units * width)
    }
    if let inputGradient = gradients.input {
      Scalar.multiply(
        rows: pass.rows, columns: width, inner: units, gradients.output, transposed: false,
        pass.parameters, transposed: false, beta: 0, into: inputGradient)
    }
  }

  @inline(__always)
  static func sumRows<Scalar: BLASScalar>(
    _ matrix: UnsafePointer<Scalar>, rows: Int, columns: Int, into sum: UnsafeMutablePointer<Scalar>
  ) {
    sum.update(from: matrix, count: columns)
    for row in 1..<max(rows, 1) {
      let entries = matrix + row * columns
      for column in 0..<columns { sum[column] += entries[column] }
    }
  }
}
