extension KernelScalar {
  /// −1, 0 or 1 by the sign; NaN stays NaN, so that divergence is not hidden by a sign.
  @inline(__always)
  var signOrSelf: Self { self > 0 ? 1 : self < 0 ? -1 : self }
}
