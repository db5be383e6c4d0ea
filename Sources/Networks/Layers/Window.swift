/// How a window moves over an image: its size, its stride and the zeros around the image.
struct Window: Hashable, Sendable {
  enum Padding: Hashable, Sendable {
    /// So many pixels on each side.
    case pixels(Int)
    /// As many as make the output ⌈input / stride⌉ in size; of an odd number the larger half stands right and below,
    /// as in TensorFlow and PyTorch.
    case same
  }

  var height: Int
  var width: Int
  var stride: Int
  var padding: Padding

  static let sizes = 1...1024

  /// A window on images of one size.
  struct Fit: Hashable, Sendable {
    var height: Int
    var width: Int
    var stride: Int
    var top: Int
    var left: Int
    var inputHeight: Int
    var inputWidth: Int
    var outputHeight: Int
    var outputWidth: Int

    /// The image with zeros around it, as far as windows of stride 1 reach.
    var paddedHeight: Int { max(outputHeight + height - 1, inputHeight + top) }
    var paddedWidth: Int { max(outputWidth + width - 1, inputWidth + left) }
  }

  /// Reads `same`, `padding N` and `stride N` in any order.
  init(
    height: Int, width: Int, defaultStride: Int, reading words: inout LayerWords,
    flags: inout Set<String>
  ) throws(NetworkError) {
    self.height = height
    self.width = width
    stride = defaultStride
    padding = .pixels(0)
    while let option = words.option(among: ["same", "padding", "stride", "no_bias"]) {
      switch option {
      case "same": padding = .same
      case "padding": padding = .pixels(try words.whole(in: 0...1024))
      case "stride": stride = try words.whole(in: 1...1024)
      default: flags.insert(option)
      }
    }
  }

  init(height: Int, width: Int, stride: Int, padding: Padding) {
    self.height = height
    self.width = width
    self.stride = stride
    self.padding = padding
  }

  /// As it is written, `same` and `stride` only where they are not the default.
  func text(defaultStride: Int) -> String {
    var text = "\(height)x\(width)"
    switch padding {
    case .same: text += " same"
    case .pixels(0): break
    case .pixels(let pixels): text += " padding \(pixels)"
    }
    return stride == defaultStride ? text : text + " stride \(stride)"
  }

  func fit(_ input: SampleShape) throws(ShapeMismatch) -> Fit {
    guard input.isImage else { throw ShapeMismatch(need: "needs images (channels×height×width)") }
    let (outputHeight, top) = place(window: height, on: input.height)
    let (outputWidth, left) = place(window: width, on: input.width)
    guard outputHeight > 0, outputWidth > 0 else {
      let isPadded = padding != .pixels(0)
      throw ShapeMismatch(
        need: "needs images of at least \(height)×\(width) pixels\(isPadded ? " with padding" : "")"
      )
    }
    return Fit(
      height: height, width: width, stride: stride, top: top, left: left,
      inputHeight: input.height, inputWidth: input.width, outputHeight: outputHeight,
      outputWidth: outputWidth)
  }

  /// The size of the output along one axis, and the zeros before the first pixel.
  private func place(window: Int, on size: Int) -> (output: Int, before: Int) {
    switch padding {
    case .pixels(let pixels):
      let room = size + 2 * pixels - window
      return (room < 0 ? 0 : room / stride + 1, pixels)
    case .same:
      let output = (size - 1) / stride + 1
      return (output, max(0, (output - 1) * stride + window - size) / 2)
    }
  }
}
