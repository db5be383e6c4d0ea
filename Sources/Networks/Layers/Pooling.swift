/// What both kinds of pooling have.
enum Pooling {
  static func window(reading words: inout LayerWords) throws(NetworkError) -> Window {
    let size = try words.size(in: Window.sizes)
    var flags: Set<String> = []
    let window = try Window(
      height: size.height, width: size.width, defaultStride: size.height, reading: &words,
      flags: &flags)
    guard flags.isEmpty else { throw words.malformed }
    if case .pixels(let pixels) = window.padding, 2 * pixels > min(size.height, size.width) {
      throw .malformedLayer(
        words.text, expected: "'\(words.form)' with padding of at most half the window")
    }
    return window
  }

  static func output(
    _ window: Window, _ input: SampleShape
  ) throws(ShapeMismatch) -> SampleShape {
    let fit = try window.fit(input)
    guard input.plane < 1 << 24 else { throw ShapeMismatch(need: "needs images below 2^24 pixels") }
    return .image(channels: input.channels, height: fit.outputHeight, width: fit.outputWidth)
  }
}

extension Window.Fit {
  /// The rows of the image under the window at an output row; none are left over, because padding is at most half a window.
  @inline(__always)
  func rows(_ output: Int) -> Range<Int> {
    let first = output * stride - top
    return max(0, first)..<min(inputHeight, first + height)
  }

  @inline(__always)
  func columns(_ output: Int) -> Range<Int> {
    let first = output * stride - left
    return max(0, first)..<min(inputWidth, first + width)
  }
}
