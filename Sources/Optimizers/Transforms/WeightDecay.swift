/// Weight decay around any rule, in three forms that can be combined.
///
/// L2 in the gradient: g ← g + λ₂θ, the gradient of ½λ₂‖θ‖² (Krogh and Hertz 1991). L1: g ← g + λ₁·sign(θ) with sign(0) = 0, a
/// subgradient of λ₁‖θ‖₁ (Tibshirani 1996). Decoupled: the rule steps first, then θ ← θ − αλθ with the θ from before the step and the step's
/// learning rate α (Loshchilov and Hutter 2019, Algorithm 2), so that the decay enters neither moments nor norms.
public struct WeightDecay: Hashable, Sendable {
  /// λ₁, at least 0.
  public var l1: Double
  /// λ₂, at least 0.
  public var l2: Double
  /// λ of the decoupled decay, at least 0.
  public var decoupled: Double

  public init(l1: Double = 0, l2: Double = 0, decoupled: Double = 0) {
    precondition(l1 >= 0 && l2 >= 0 && decoupled >= 0, "weight decay is not negative")
    (self.l1, self.l2, self.decoupled) = (l1, l2, decoupled)
  }

  /// Whether the gradient changes.
  var isPenalty: Bool { l1 > 0 || l2 > 0 }
  var isNone: Bool { !isPenalty && decoupled == 0 }

  /// Adds the penalties' gradient.
  ///
  /// - Complexity: O(*n*), one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func addGradient<Scalar: KernelScalar>(
    to gradients: UnsafeMutablePointer<Scalar>, at parameters: UnsafePointer<Scalar>, count: Int
  ) {
    guard isPenalty else { return }
    let (l1, l2) = (Scalar(l1), Scalar(l2))
    for index in 0..<count {
      let parameter = parameters[index]
      let pull = parameter > 0 ? l1 : (parameter < 0 ? -l1 : 0)
      gradients[index] += pull + l2 * parameter
    }
  }

  /// λ₁‖θ‖₁ + ½λ₂‖θ‖², the penalty on the loss.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func penalty<Scalar: KernelScalar>(at parameters: UnsafePointer<Scalar>, count: Int)
    -> Double
  {
    guard isPenalty else { return 0 }
    return l1 * VectorPrimitives.absoluteSum(parameters, count)
      + 0.5 * l2 * VectorPrimitives.squaredNorm(parameters, count)
  }

  /// θ ← θ − αλ·`former`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func shrink<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, from former: UnsafePointer<Scalar>, count: Int,
    learningRate: Double
  ) {
    guard decoupled > 0 else { return }
    let share = Scalar(learningRate * decoupled)
    for index in 0..<count { parameters[index] -= share * former[index] }
  }
}
