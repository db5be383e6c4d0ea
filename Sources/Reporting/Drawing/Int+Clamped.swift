extension Int {
  /// The number without its fraction, within ±`limit`; 0 for NaN. For positions on axes and sizes of pictures, which stored
  /// numbers of any size lead to.
  init(clamped number: Double, to limit: Double) {
    self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, -limit), limit))
  }

  /// A power of ten of a `Double`.
  init(decade number: Double) { self.init(clamped: number, to: 400) }

  /// A length in pixels.
  init(pixels number: Double) { self.init(clamped: number, to: 10_000) }
}
