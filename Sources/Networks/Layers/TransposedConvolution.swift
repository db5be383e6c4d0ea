package import Parameters

/// A transposed convolution: what `Convolution` does to gradients, done to images (Zeiler, Krishnan, Taylor and Fergus 2010,
/// "Deconvolutional networks"; Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning", section 4).
///
/// Parameters: kernel [channels][filters][height][width], then bias [filters]. An input X of a sample spreads as Kᵀ·X into the
/// patches of an output image; `same` makes it stride times as large as the input.
package struct TransposedConvolution: Layer {
  package static let name = "conv_transpose"
  package static let summary =
    "transposed convolution into larger images, such as 'conv_transpose 64 4x4 same stride 2'"
  package static let equation = "patches of y: P = Kᵀ·x, summed where they overlap, plus b"
  package static let source =
    "Dumoulin and Visin 2016, A guide to convolution arithmetic for deep learning, section 4"
  package static let parameters: [Parameter<TransposedConvolution>] =
    [Parameter("filters", \.filters, .whole(1...65_536), "output channels").required()]
    + Window.parameters(at: \.window)
    + [Parameter("no_bias", \.hasNoBias, "leaves the bias out")]

  var filters = 1
  var window = Window(defaultStride: 1)
  var hasNoBias = false
  var hasBias: Bool { !hasNoBias }

  package init() {}

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    guard input.isImage else { throw ShapeMismatch(need: "needs images (channels×height×width)") }
    let height = size(window.height, of: input.height)
    let width = size(window.width, of: input.width)
    guard height > 0, width > 0 else {
      throw ShapeMismatch(need: "needs less padding or larger images")
    }
    return .image(channels: filters, height: height, width: width)
  }

  private func size(_ side: Int, of input: Int) -> Int {
    switch window.padding {
    case .same: input * window.stride
    case .pixels(let pixels): (input - 1) * window.stride + side - 2 * pixels
    }
  }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    let area = window.height * window.width
    return [
      .weight(
        [input.channels, filters, window.height, window.width], fanIn: input.channels * area,
        fanOut: filters * area)
    ] + (hasBias ? [.bias(filters)] : [])
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    guard let output = try? output(for: input), let fit = try? window.fit(output) else {
      return LayerWorkspace()
    }
    return LayerWorkspace(scratch: Patches.scratchCount(channels: filters, fit))
  }

  private var patchSize: Int { filters * window.height * window.width }

  /// The window of the convolution whose gradient this is: from the output's images to the input's.
  private func fit<Scalar>(_ pass: LayerPass<Scalar>) -> Window.Fit {
    guard let fit = try? window.fit(pass.outputShape) else {
      preconditionFailure("a shape that does not fit was refused before")
    }
    return fit
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let fit = fit(pass)
    let channels = pass.inputShape.channels
    let plane = pass.inputShape.plane
    let bias = pass.parameters + channels * patchSize
    for row in 0..<pass.rows {
      Scalar.multiply(
        rows: patchSize, columns: plane, inner: channels, pass.parameters, transposed: true,
        pass.input + row * pass.inputShape.count, transposed: false, beta: 0, into: pass.scratch)
      let output = pass.output + row * pass.outputShape.count
      Patches.scatter(pass.scratch, channels: filters, fit, into: output)
      if hasBias {
        for filter in 0..<filters {
          let image = output + filter * pass.outputShape.plane
          for index in 0..<pass.outputShape.plane { image[index] += bias[filter] }
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let fit = fit(pass)
    let channels = pass.inputShape.channels
    let plane = pass.inputShape.plane
    for row in 0..<pass.rows {
      Patches.gather(
        gradients.output + row * pass.outputShape.count, channels: filters, fit,
        into: pass.scratch, isFirst: row == 0)
      Scalar.multiply(
        rows: channels, columns: patchSize, inner: plane,
        pass.input + row * pass.inputShape.count, transposed: false, pass.scratch,
        transposed: true, beta: row == 0 ? 0 : 1, into: gradients.parameters)
      if let inputGradient = gradients.input {
        Scalar.multiply(
          rows: channels, columns: plane, inner: patchSize, pass.parameters, transposed: false,
          pass.scratch, transposed: false, beta: 0,
          into: inputGradient + row * pass.inputShape.count)
      }
    }
    if hasBias {
      ChannelSums.sum(
        gradients.output, rows: pass.rows, channels: filters, plane: pass.outputShape.plane,
        into: gradients.parameters + channels * patchSize)
    }
  }
}
