public import Parameters

/// AdaMuon: Muon's orthogonal step, divided by the root of its own second moment.
///
/// m ← β₁m + (1−β₁)g, O = NewtonSchulz(m), v ← β₂v + (1−β₂)O², u = O/(√(v/(1−β₂ᵗ)) + ε),
/// θ ← θ(1 − αλ) − α·k·√min(rows, columns)·u/(‖u‖ + ε) (Si et al. 2025). k = 0.2·√max(rows, columns), or
/// √max(1, rows/columns). A vector is a matrix of one row, or takes AdamW's steps; further dimensions count as columns.
public struct AdaMuon: DirectedRule {
  public static let name = "adamuon"
  public static let summary = "Muon with a second moment of the orthogonal step"
  public static let equation =
    "m ← β₁m + (1−β₁)g, O = NewtonSchulz(m), v ← β₂v + (1−β₂)O², u = O/(√v̂ + ε), θ ← θ(1 − αλ) − α·k·√min(r, c)·u/‖u‖"
  public static let source = "Si et al. 2025, Algorithm 1"
  public static let hyperparameters: [Parameter<AdaMuon>] = [
    .learningRate(1e-4...1, "size of a step relative to an orthogonal matrix"),
    .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    .newtonSchulzIterations(\.iterations), .newtonSchulzPolynomials(\.coefficients),
    Parameter(
      "match_adamw", \.matchAdamW,
      "steps as large as AdamW's, 0.2·√max(rows, columns) instead of √max(1, rows/columns)"),
    .eitherDecay(\.weightDecay, decoupledByDefault: true), .decoupled(\.decoupled),
    Parameter("vectors", \.vectors, "a vector is a matrix of one row, or takes AdamW's steps"),
    Parameter("adamw_learning_rate", \.adamwLearningRate, .positive, "AdamW's, for vectors"),
    Parameter("adamw_beta1", \.adamwBeta1, .fraction, "AdamW's, for vectors"),
    Parameter("adamw_beta2", \.adamwBeta2, .fraction, "AdamW's, for vectors"),
    Parameter("adamw_weight_decay", \.adamwWeightDecay, .nonNegative, "AdamW's, for vectors"),
  ]

  public var learningRate = 0.02
  public var beta1 = 0.9
  public var beta2 = 0.95
  public var epsilon = 1e-10
  public var iterations = 5
  public var coefficients = NewtonSchulzPolynomials.original
  public var matchAdamW = true
  public var weightDecay = 0.0
  public var decoupled = true
  public var vectors = VectorForm.row
  /// A schedule changes it as it changes the other one.
  public var adamwLearningRate = 3e-4
  public var adamwBeta1 = 0.9
  public var adamwBeta2 = 0.999
  public var adamwWeightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] { Parameter<AdaMuon>.triples(coefficients) }

  public static var momentumPath: WritableKeyPath<AdaMuon, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let shapes = layout.tensors.map { MatrixShape($0.shape) }
    let scratch = shapes.map { $0.count + NewtonSchulz<Scalar>.scratchCount($0) }.max() ?? 0
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean", "mean_square"]),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          for (tensor, shape) in zip(layout.tensors, shapes) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            let (mean, meanSquare) = (storage[0] + start, storage[1] + start)
            if vectors == .adamw, tensor.shape.count < 2 {
              rule.updateVector(
                parameters + start, gradients + start, mean, meanSquare, count: shape.count,
                at: context)
            } else {
              rule.update(
                parameters + start, gradients + start, mean, meanSquare, shape: shape,
                scratch: scratch, at: context)
            }
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ mean: UnsafeMutablePointer<Scalar>, _ meanSquare: UnsafeMutablePointer<Scalar>,
    shape: MatrixShape, scratch direction: UnsafeMutablePointer<Scalar>, at context: StepContext
  ) {
    let count = shape.count
    let sign: Scalar = maximize ? -1 : 1
    let decay = DecayAtRate<Scalar>(
      weightDecay, decoupled: decoupled, rate: context.learningRate)
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    for index in 0..<count {
      let gradient = sign * gradients[index] + decay.penalty * parameters[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      direction[index] = mean[index]
    }
    NewtonSchulz(shape: shape, polynomials: coefficients, iterations: iterations)
      .orthogonalize(direction, scratch: direction + count)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let denominator = RootDenominator<Scalar>(beta: beta2, epsilon: epsilon, at: context)
    for index in 0..<count {
      let entry = direction[index]
      meanSquare[index] = second.next(after: meanSquare[index], value: entry * entry)
      direction[index] = entry / denominator.of(meanSquare[index])
    }
    let length = VectorPrimitives.norm(direction, count) + epsilon
    let size = Double(min(shape.rows, shape.columns)).squareRoot()
    let step = Scalar(
      context.learningRate * shape.scale(matchingAdamW: matchAdamW) * size / length)
    for index in 0..<count {
      parameters[index] = parameters[index] * decay.kept - step * direction[index]
    }
  }

  @inline(__always)
  private func updateVector<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ mean: UnsafeMutablePointer<Scalar>, _ meanSquare: UnsafeMutablePointer<Scalar>, count: Int,
    at context: StepContext
  ) {
    let rate = context.learningRate * (adamwLearningRate / learningRate)
    let decay = DecayAtRate<Scalar>(adamwWeightDecay, decoupled: decoupled, rate: rate)
    let sign: Scalar = maximize ? -1 : 1
    VectorAdamW(rate: rate, beta1: adamwBeta1, beta2: adamwBeta2, epsilon: epsilon).update(
      parameters, mean: mean, meanSquare: meanSquare, count: count, decay: decay,
      step: context.step
    ) { sign * gradients[$0] + decay.penalty * parameters[$0] }
  }
}
