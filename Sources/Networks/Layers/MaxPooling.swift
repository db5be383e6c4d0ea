package import Parameters

/// The largest value under a window, channel by channel; of equal ones the first (row by row), and a NaN before all.
///
/// Pixels outside the image never win. The gradient goes to the pixel that won.
package struct MaxPooling: Layer {
  package static let name = "max_pool"
  package static let summary = "the largest value under a window"
  package static let equation = "y = max of x under the window"
  package static let source =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, section 9.3"
  package static let parameters = Window.parameters(
    at: \MaxPooling.window, strideAbsence: "the size")

  var window = Window(defaultStride: nil)

  package init() {}
  package var conflicts: [Conflict] { window.poolingConflicts }

  package func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape {
    try Pooling.output(window, input)
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    // The place in its plane of each pixel that won; planes are below 2²⁴ pixels, so a Float holds it exactly.
    LayerWorkspace(keptPerSample: (try? output(for: input).count) ?? 0)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    guard let fit = try? window.fit(pass.inputShape) else { return }
    let isSimple =
      fit.height == 2 && fit.width == 2 && fit.stride == 2 && fit.top == 0 && fit.left == 0
      && 2 * fit.outputHeight <= fit.inputHeight && 2 * fit.outputWidth <= fit.inputWidth
    let size = fit.outputHeight * fit.outputWidth
    for plane in 0..<(pass.rows * pass.inputShape.channels) {
      let input = pass.input + plane * pass.inputShape.plane
      let output = pass.output + plane * size
      let winners = pass.context.keeps ? pass.kept + plane * size : nil
      if isSimple {
        Self.poolPairs(input, fit, output, winners)
      } else {
        Self.pool(input, fit, output, winners)
      }
    }
  }

  @inline(__always)
  private static func pool<Scalar: BLASScalar>(
    _ input: UnsafePointer<Scalar>, _ fit: Window.Fit, _ output: UnsafeMutablePointer<Scalar>,
    _ winners: UnsafeMutablePointer<Scalar>?
  ) {
    var next = 0
    for outputY in 0..<fit.outputHeight {
      let rows = fit.rows(outputY)
      for outputX in 0..<fit.outputWidth {
        let columns = fit.columns(outputX)
        var winner = rows.lowerBound * fit.inputWidth + columns.lowerBound
        var largest = input[winner]
        for y in rows {
          for x in columns {
            let value = input[y * fit.inputWidth + x]
            if value > largest || (value.isNaN && !largest.isNaN) {
              largest = value
              winner = y * fit.inputWidth + x
            }
          }
        }
        output[next] = largest
        if let winners { winners[next] = Scalar(winner) }
        next += 1
      }
    }
  }

  /// Windows of 2×2 that touch and do not overlap: four comparisons and no inner loop.
  @inline(__always)
  private static func poolPairs<Scalar: BLASScalar>(
    _ input: UnsafePointer<Scalar>, _ fit: Window.Fit, _ output: UnsafeMutablePointer<Scalar>,
    _ winners: UnsafeMutablePointer<Scalar>?
  ) {
    for outputY in 0..<fit.outputHeight {
      let corner = 2 * outputY * fit.inputWidth
      let upper = input + corner
      let lower = upper + fit.inputWidth
      let output = output + outputY * fit.outputWidth
      guard let winners else {
        for x in 0..<fit.outputWidth {
          let top = first(upper[2 &* x], upper[2 &* x &+ 1])
          let bottom = first(lower[2 &* x], lower[2 &* x &+ 1])
          output[x] = first(top, bottom)
        }
        continue
      }
      let places = winners + outputY * fit.outputWidth
      for x in 0..<fit.outputWidth {
        let place = Scalar(Int32(truncatingIfNeeded: corner &+ 2 &* x))
        let top = first(upper[2 &* x], upper[2 &* x &+ 1])
        let bottom = first(lower[2 &* x], lower[2 &* x &+ 1])
        let largest = first(top, bottom)
        let below = place + Scalar(Int32(truncatingIfNeeded: fit.inputWidth))
        // Compared with what was taken; a NaN equals nothing and is looked for by what it beats.
        let topPlace = takesFirst(upper[2 &* x], upper[2 &* x &+ 1]) ? place : place + 1
        let bottomPlace = takesFirst(lower[2 &* x], lower[2 &* x &+ 1]) ? below : below + 1
        places[x] = takesFirst(top, bottom) ? topPlace : bottomPlace
        output[x] = largest
      }
    }
  }

  /// Whether the first of two wins: it is at least as large, or a NaN.
  @inline(__always)
  private static func takesFirst<Scalar: BLASScalar>(_ first: Scalar, _ second: Scalar) -> Bool {
    first >= second || first != first
  }

  @inline(__always)
  private static func first<Scalar: BLASScalar>(_ first: Scalar, _ second: Scalar) -> Scalar {
    takesFirst(first, second) ? first : second
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    inputGradient.update(repeating: 0, count: pass.inputCount)
    let size = pass.outputShape.plane
    for plane in 0..<(pass.rows * pass.inputShape.channels) {
      let target = inputGradient + plane * pass.inputShape.plane
      let winners = pass.kept + plane * size
      let gradient = gradients.output + plane * size
      for index in 0..<size { target[winners[index].index] += gradient[index] }
    }
  }
}
