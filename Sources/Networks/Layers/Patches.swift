/// Between images and matrices whose columns are the patches under a window ("im2col": Chellapilla, Puri and Simard 2006,
/// "High performance convolutional neural networks for document processing").
///
/// Row (channel, y, x) of the matrix holds the pixel at (y, x) of every patch; pixels outside the image are 0. Convolution becomes one
/// matrix product per sample. Measured against oneDNN 2.6 on one core with AVX-512 and batches of 128, milliseconds for forward, gradient
/// by the weights and gradient by the input: 5×5, 1 to 32 channels of 28×28: 1.1, 1.2, 1.0 here against 1.3, 1.2, 11; 5×5, 32 to 64
/// channels of 14×14: 17, 18, 15 against 9, 10, 9. Products win in what else they give: the code that trains in `Float` is certified
/// in `Double`, which oneDNN does not convolve, there is no second pool of threads (OpenMP) to hold to one per trial, and no further
/// library. Beside PyTorch, which calls oneDNN, a whole training step of two such convolutions is not slower.
enum Patches {
  /// Numbers that whole vectors may touch after the last one.
  private static let slack = 16

  /// Scratch numbers for the patches of one sample: the matrix, and the image with its border of zeros.
  static func scratchCount(channels: Int, _ fit: Window.Fit) -> Int {
    matrixCount(channels: channels, fit) + channels * fit.paddedHeight * fit.paddedWidth + slack
  }

  private static func matrixCount(channels: Int, _ fit: Window.Fit) -> Int {
    channels * fit.height * fit.width * fit.outputHeight * fit.outputWidth + slack
  }

  /// Columns of the patches of one sample: [channels·height·width][output pixels] at the beginning of `scratch`.
  ///
  /// - Parameter isFirst: Whether something else was in `scratch` before; the border is then made zero.
  @inline(__always)
  static func gather<Scalar: BLASScalar>(
    _ image: UnsafePointer<Scalar>, channels: Int, _ fit: Window.Fit,
    into scratch: UnsafeMutablePointer<Scalar>, isFirst: Bool
  ) {
    let plane = fit.outputHeight * fit.outputWidth
    guard fit.stride == 1 else {
      var row = scratch
      forEachRow(channels: channels, fit) { channel, y, x in
        gatherRow(
          image + channel * fit.inputHeight * fit.inputWidth, fit, y: y, x: x, into: row)
        row += plane
      }
      return
    }
    let padded = scratch + matrixCount(channels: channels, fit)
    let paddedPlane = fit.paddedHeight * fit.paddedWidth
    if isFirst { padded.update(repeating: 0, count: channels * paddedPlane + slack) }
    for channel in 0..<channels {
      for y in 0..<fit.inputHeight {
        (padded + channel * paddedPlane + (y + fit.top) * fit.paddedWidth + fit.left).update(
          from: image + (channel * fit.inputHeight + y) * fit.inputWidth, count: fit.inputWidth)
      }
    }
    var row = scratch
    forEachRow(channels: channels, fit) { channel, y, x in
      Scalar.gatherRows(
        padded + channel * paddedPlane + y * fit.paddedWidth + x, stride: fit.paddedWidth,
        into: row, width: fit.outputWidth, rows: fit.outputHeight)
      row += plane
    }
  }

  /// The reverse of `gather`: adds every entry of the matrix in `scratch` to the pixel that it came from, in an image that starts at 0.
  @inline(__always)
  static func scatter<Scalar: BLASScalar>(
    _ scratch: UnsafeMutablePointer<Scalar>, channels: Int, _ fit: Window.Fit,
    into image: UnsafeMutablePointer<Scalar>
  ) {
    let plane = fit.outputHeight * fit.outputWidth
    guard fit.stride == 1 else {
      image.update(repeating: 0, count: channels * fit.inputHeight * fit.inputWidth)
      var row = UnsafePointer(scratch)
      forEachRow(channels: channels, fit) { channel, y, x in
        scatterRow(
          row, fit, y: y, x: x, into: image + channel * fit.inputHeight * fit.inputWidth)
        row += plane
      }
      return
    }
    let padded = scratch + matrixCount(channels: channels, fit)
    let paddedPlane = fit.paddedHeight * fit.paddedWidth
    padded.update(repeating: 0, count: channels * paddedPlane)
    var row = UnsafePointer(scratch)
    forEachRow(channels: channels, fit) { channel, y, x in
      Scalar.addRows(
        row, to: padded + channel * paddedPlane + y * fit.paddedWidth + x,
        stride: fit.paddedWidth, width: fit.outputWidth, rows: fit.outputHeight)
      row += plane
    }
    for channel in 0..<channels {
      for y in 0..<fit.inputHeight {
        (image + (channel * fit.inputHeight + y) * fit.inputWidth).update(
          from: padded + channel * paddedPlane + (y + fit.top) * fit.paddedWidth + fit.left,
          count: fit.inputWidth)
      }
    }
  }

  /// The rows of the matrix in their order.
  @inline(__always)
  private static func forEachRow(
    channels: Int, _ fit: Window.Fit, _ body: (_ channel: Int, _ y: Int, _ x: Int) -> Void
  ) {
    for channel in 0..<channels {
      for y in 0..<fit.height {
        for x in 0..<fit.width { body(channel, y, x) }
      }
    }
  }

  /// The output positions along one axis whose pixel is inside the image: those with
  /// 0 ≤ position·stride + offset < size.
  @inline(__always)
  private static func inside(offset: Int, stride: Int, size: Int, outputs: Int) -> Range<Int> {
    let first = offset >= 0 ? 0 : (-offset + stride - 1) / stride
    let end = offset >= size ? 0 : (size - offset - 1) / stride + 1
    let clampedFirst = min(first, outputs)
    return clampedFirst..<max(clampedFirst, min(end, outputs))
  }

  @inline(__always)
  private static func gatherRow<Scalar: BLASScalar>(
    _ plane: UnsafePointer<Scalar>, _ fit: Window.Fit, y: Int, x: Int,
    into row: UnsafeMutablePointer<Scalar>
  ) {
    let columns = inside(
      offset: x - fit.left, stride: fit.stride, size: fit.inputWidth, outputs: fit.outputWidth)
    for outputY in 0..<fit.outputHeight {
      let target = row + outputY * fit.outputWidth
      let inputY = outputY * fit.stride + y - fit.top
      guard inputY >= 0, inputY < fit.inputHeight else {
        target.update(repeating: 0, count: fit.outputWidth)
        continue
      }
      let source = plane + inputY * fit.inputWidth + (x - fit.left)
      for index in 0..<columns.lowerBound { target[index] = 0 }
      if fit.stride == 1 {
        for index in columns { target[index] = source[index] }
      } else {
        for index in columns { target[index] = source[index * fit.stride] }
      }
      for index in columns.upperBound..<fit.outputWidth { target[index] = 0 }
    }
  }

  @inline(__always)
  private static func scatterRow<Scalar: BLASScalar>(
    _ row: UnsafePointer<Scalar>, _ fit: Window.Fit, y: Int, x: Int,
    into plane: UnsafeMutablePointer<Scalar>
  ) {
    let columns = inside(
      offset: x - fit.left, stride: fit.stride, size: fit.inputWidth, outputs: fit.outputWidth)
    for outputY in 0..<fit.outputHeight {
      let inputY = outputY * fit.stride + y - fit.top
      guard inputY >= 0, inputY < fit.inputHeight else { continue }
      let source = row + outputY * fit.outputWidth
      let target = plane + inputY * fit.inputWidth + (x - fit.left)
      if fit.stride == 1 {
        for index in columns { target[index] += source[index] }
      } else {
        for index in columns { target[index * fit.stride] += source[index] }
      }
    }
  }
}
