/// Coefficients that rules compute once per step, in `Double` and rounded once.
extension StepContext {
  /// 1/(1 − βᵗ): corrects an average that started at zero.
  @inline(__always)
  func correction<Scalar: KernelScalar>(of beta: Double) -> Scalar {
    Scalar(1 / ExponentialMovingAverage<Double>.totalWeight(beta: beta, step: step))
  }

  /// α/(1 − βᵗ): the learning rate along an average that is not corrected itself.
  @inline(__always)
  func rate<Scalar: KernelScalar>(correcting beta: Double) -> Scalar {
    Scalar(learningRate / ExponentialMovingAverage<Double>.totalWeight(beta: beta, step: step))
  }

  /// 1 − αλ: what decoupled decay leaves of a parameter.
  @inline(__always)
  func remainder<Scalar: KernelScalar>(ofDecay decay: Double) -> Scalar {
    Scalar(1 - learningRate * decay)
  }

  /// 1 − αλ, or 1 − λ if the decay is fixed.
  @inline(__always)
  func remainder<Scalar: KernelScalar>(ofDecay decay: Double, fixed: Bool) -> Scalar {
    Scalar(1 - (fixed ? 1 : learningRate) * decay)
  }

  /// Epsilon inside and outside the root; one of them is 0.
  @inline(__always)
  func epsilons<Scalar: KernelScalar>(
    _ epsilon: Double, insideRoot: Bool
  ) -> (insideRoot: Scalar, outsideRoot: Scalar) {
    insideRoot ? (Scalar(epsilon), 0) : (0, Scalar(epsilon))
  }
}

/// √v̂ + ε of a mean square v: the root is corrected instead of the mean square.
struct RootDenominator<Scalar: KernelScalar>: Sendable {
  /// 1/√(1 − βᵗ), or 1 without bias correction.
  let scale: Scalar
  let epsilon: Scalar

  /// - Parameter beta: `nil` for a mean square that is not to be corrected.
  init(beta: Double?, epsilon: Double, at context: StepContext) {
    typealias Average = ExponentialMovingAverage<Double>
    scale =
      beta.map { Scalar(1 / Average.totalWeight(beta: $0, step: context.step).squareRoot()) } ?? 1
    self.epsilon = Scalar(epsilon)
  }

  @inline(__always)
  func of(_ meanSquare: Scalar) -> Scalar { meanSquare.vectorSquareRoot * scale + epsilon }
}
