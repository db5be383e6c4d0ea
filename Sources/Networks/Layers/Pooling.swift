import Parameters

/// What both kinds of pooling have in common.
enum Pooling {
  static func output(
    _ window: Window, _ input: SampleShape
  ) throws(ShapeMismatch) -> SampleShape {
    let fit = try window.fit(input)
    guard input.plane < 1 << 24 else { throw ShapeMismatch(need: "needs images below 2^24 pixels") }
    return .image(channels: input.channels, height: fit.outputHeight, width: fit.outputWidth)
  }
}

extension Window {
  /// A window of pooling always has a pixel of the image under it.
  var poolingConflicts: [Conflict] {
    guard case .pixels(let pixels) = padding else { return [] }
    return [Conflict](
      (2 * pixels > min(height, width), "padding", "must be at most half of the window"))
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
