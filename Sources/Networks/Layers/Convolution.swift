package import Parameters

/// A convolution over images, as cross-correlation: the kernel is not flipped.
///
/// Parameters: kernel [filters][channels][height][width], then bias [filters]. With the patches of a sample as the columns of P
/// (`Patches`), its output is K·P + b, and for G = ∂L/∂output: ∂L/∂K = Σ G·Pᵀ, ∂L/∂P = Kᵀ·G (Goodfellow, Bengio and
/// Courville 2016, section 9.5).
package struct Convolution: Layer {
  package static let name = "conv"
  package static let summary = "convolution over images, such as 'conv 32 5x5 same'"
  package static let equation = "y = K·P + b, the patches of the image being the columns of P"
  package static let source =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, section 9.5"
  package static let parameters: [Parameter<Convolution>] =
    [Parameter("filters", \.filters, .whole(1...65_536), "output channels").required()]
    + Window.parameters(at: \.window)
    + [Parameter("no_bias", \.hasNoBias, "leaves the bias out")]

  var filters = 1
  var window = Window(defaultStride: 1)
  var hasNoBias = false
  var hasBias: Bool { !hasNoBias }

  package init() {}

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    let fit = try window.fit(input)
    return .image(channels: filters, height: fit.outputHeight, width: fit.outputWidth)
  }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    let area = window.height * window.width
    return [
      .weight(
        [filters, input.channels, window.height, window.width], fanIn: input.channels * area,
        fanOut: filters * area)
    ] + (hasBias ? [.bias(filters)] : [])
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    guard let fit = try? window.fit(input) else { return LayerWorkspace() }
    return LayerWorkspace(scratch: Patches.scratchCount(channels: input.channels, fit))
  }

  /// Pixels of a patch.
  private func patchSize(_ input: SampleShape) -> Int {
    input.channels * window.height * window.width
  }

  private func fit<Scalar>(_ pass: LayerPass<Scalar>) -> Window.Fit {
    guard let fit = try? window.fit(pass.inputShape) else {
      preconditionFailure("a shape that does not fit was refused before")
    }
    return fit
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let fit = fit(pass)
    let size = patchSize(pass.inputShape)
    let plane = pass.outputShape.plane
    let bias = pass.parameters + filters * size
    for row in 0..<pass.rows {
      Patches.gather(
        pass.input + row * pass.inputShape.count, channels: pass.inputShape.channels, fit,
        into: pass.scratch, isFirst: row == 0)
      let output = pass.output + row * pass.outputShape.count
      if hasBias {
        for filter in 0..<filters {
          (output + filter * plane).update(repeating: bias[filter], count: plane)
        }
      }
      Scalar.multiply(
        rows: filters, columns: plane, inner: size, pass.parameters, transposed: false,
        pass.scratch, transposed: false, beta: hasBias ? 1 : 0, into: output)
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let fit = fit(pass)
    let size = patchSize(pass.inputShape)
    let plane = pass.outputShape.plane
    for row in 0..<pass.rows {
      let gradient = gradients.output + row * pass.outputShape.count
      Patches.gather(
        pass.input + row * pass.inputShape.count, channels: pass.inputShape.channels, fit,
        into: pass.scratch, isFirst: row == 0 || gradients.input != nil)
      Scalar.multiply(
        rows: filters, columns: size, inner: plane, gradient, transposed: false, pass.scratch,
        transposed: true, beta: row == 0 ? 0 : 1, into: gradients.parameters)
      if let inputGradient = gradients.input {
        Scalar.multiply(
          rows: size, columns: plane, inner: filters, pass.parameters, transposed: true,
          gradient, transposed: false, beta: 0, into: pass.scratch)
        Patches.scatter(
          pass.scratch, channels: pass.inputShape.channels, fit,
          into: inputGradient + row * pass.inputShape.count)
      }
    }
    if hasBias {
      ChannelSums.sum(
        gradients.output, rows: pass.rows, channels: filters, plane: plane,
        into: gradients.parameters + filters * size)
    }
  }
}
