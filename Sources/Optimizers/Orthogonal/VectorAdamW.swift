import Parameters

/// What rules for matrices do with a vector.
public enum VectorForm: String, CaseIterable, Sendable {
  /// It is a matrix of one row.
  case row
  /// It takes AdamW's steps.
  case adamw
}

/// AdamW's hyperparameters inside a rule for matrices.
struct VectorAdamW: Sendable {
  var rate: Double
  var beta1: Double
  var beta2: Double
  var epsilon: Double

  /// θ ← kept·θ − α·m̂/(√v̂ + ε) for a vector, with the gradient that `gradient` says.
  @inline(__always)
  func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, mean: UnsafeMutablePointer<Scalar>,
    meanSquare: UnsafeMutablePointer<Scalar>, count: Int, decay: DecayAtRate<Scalar>, step: Int,
    gradient: (Int) -> Scalar
  ) {
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let context = StepContext(step: step, learningRate: rate)
    let denominator = RootDenominator<Scalar>(beta: beta2, epsilon: epsilon, at: context)
    let rate: Scalar = context.rate(correcting: beta1)
    for index in 0..<count {
      let gradient = gradient(index)
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
      parameters[index] =
        decay.kept * parameters[index] - rate * mean[index] / denominator.of(meanSquare[index])
    }
  }
}
