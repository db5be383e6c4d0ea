extension KernelScalar {
  /// −1, 0 or 1 by the sign; NaN for what is not finite, so that divergence is not hidden by a sign.
  @inline(__always)
  var visibleSign: Self { vectorSign + 0 * self }
}

extension KernelScalar {
  /// The larger of two numbers; `self` where it is NaN, so that divergence stays visible.
  @inline(__always)
  func visibleMaximum(with former: Self) -> Self { former >= self ? former : self }

  /// `self` within bounds; NaN stays.
  @inline(__always)
  func clamped(_ lower: Self, _ upper: Self) -> Self {
    let raised = self < lower ? lower : self
    return raised > upper ? upper : raised
  }
}
