/// Weight decay as it acts on parameters and gradient before a step: θ ← `kept`·θ, g ← g + `penalty`·θ.
struct DecayAtRate<Scalar: KernelScalar>: Sendable {
  let kept: Scalar
  let penalty: Scalar

  /// - Parameter fixed: whether decoupled decay is λ instead of α·λ.
  init(_ weightDecay: Double, decoupled: Bool = true, fixed: Bool = false, rate: Double) {
    kept = Scalar(decoupled ? 1 - weightDecay * (fixed ? 1 : rate) : 1)
    penalty = Scalar(decoupled ? 0 : weightDecay)
  }
}
