extension KernelScalar {
  /// −1, 0 or 1 by the sign; NaN for what is not finite, so that divergence is not hidden by a sign.
  @inline(__always)
  var visibleSign: Self { (self > 0 ? 1 : self < 0 ? -1 : 0) + 0 * self }
}
