package import Parameters

/// The mean of the pixels under a window, channel by channel. Pixels outside the image do not count, as in TensorFlow; PyTorch
/// counts them as zeros unless `count_include_pad` is false.
package struct AveragePooling: Layer {
  package static let name = "average_pool"
  package static let summary = "the mean value under a window"
  package static let equation = "y = mean of x under the window, without pixels outside the image"
  package static let source =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, section 9.3"
  package static let parameters = Window.parameters(
    at: \AveragePooling.window, strideAbsence: "the size")

  var window = Window(defaultStride: nil)

  package init() {}
  package var conflicts: [Conflict] { window.poolingConflicts }

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    try Pooling.output(window, input)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    guard let fit = try? window.fit(pass.inputShape) else { return }
    var next = 0
    for plane in 0..<(pass.rows * pass.inputShape.channels) {
      let input = pass.input + plane * pass.inputShape.plane
      for outputY in 0..<fit.outputHeight {
        let rows = fit.rows(outputY)
        for outputX in 0..<fit.outputWidth {
          let columns = fit.columns(outputX)
          var sum: Scalar = 0
          for y in rows { for x in columns { sum += input[y * fit.inputWidth + x] } }
          pass.output[next] = sum / Scalar(rows.count * columns.count)
          next += 1
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input, let fit = try? window.fit(pass.inputShape) else {
      return
    }
    inputGradient.update(repeating: 0, count: pass.inputCount)
    var next = 0
    for plane in 0..<(pass.rows * pass.inputShape.channels) {
      let target = inputGradient + plane * pass.inputShape.plane
      for outputY in 0..<fit.outputHeight {
        let rows = fit.rows(outputY)
        for outputX in 0..<fit.outputWidth {
          let columns = fit.columns(outputX)
          let share = gradients.output[next] / Scalar(rows.count * columns.count)
          for y in rows { for x in columns { target[y * fit.inputWidth + x] += share } }
          next += 1
        }
      }
    }
  }
}
