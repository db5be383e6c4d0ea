extension KernelScalar {
  /// −1, 0 or 1 by the sign; NaN for what is not finite, so that divergence is not hidden by a sign.
  @inline(__always)
  var visibleSign: Self { vectorSign + 0 * self }
}
