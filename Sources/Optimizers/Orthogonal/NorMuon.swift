public import Parameters

/// NorMuon: Muon's orthogonal step, each row divided by the root of its mean square over time.
///
/// B ← μB + (1−μ)g, O = NewtonSchulz((1−μ)g + μB), s ← β₂s + (1−β₂)·rowmean(O²), u = O/(√s + ε),
/// θ ← θ(1 − αλ) − α·k·u·‖O‖/(‖u‖ + ε), or with 0.2·√(rows·columns) in place of k·‖O‖ (Li et al. 2025, Algorithm 1). A vector is a
/// matrix of one row, or takes AdamW's steps; further dimensions count as columns.
public struct NorMuon: DirectedRule {
  public static let name = "normuon"
  public static let summary = "Muon with rows of the orthogonal step normalized over time"
  public static let equation =
    "B ← μB + (1−μ)g, O = NewtonSchulz((1−μ)g + μB), s ← β₂s + (1−β₂)rowmean(O²), u = O/√s, θ ← θ(1 − αλ) − α·k·‖O‖·u/‖u‖"
  public static let source = "Li et al. 2025, Algorithm 1"
  public static let hyperparameters: [Parameter<NorMuon>] = [
    .learningRate(1e-4...1, "size of a step relative to an orthogonal matrix"),
    Parameter("momentum", \.momentum, .fraction, "decay rate of the average gradient, μ"),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the mean squares of rows, β₂"),
    .nesterov(\.nesterov), .epsilon(\.epsilon),
    .newtonSchulzIterations(\.iterations), .newtonSchulzPolynomials(\.coefficients),
    Parameter(
      "update_scale", \.updateScale,
      "norm of a step: that of the orthogonal matrix, or 0.2·√(rows·columns)"),
    Parameter(
      "match_adamw", \.matchAdamW,
      "steps as large as AdamW's, 0.2·√max(rows, columns) instead of √max(1, rows/columns); not with match_rms"
    ),
    .eitherDecay(\.weightDecay, decoupledByDefault: true), .decoupled(\.decoupled),
    Parameter("vectors", \.vectors, "a vector is a matrix of one row, or takes AdamW's steps"),
    Parameter("adamw_learning_rate", \.adamwLearningRate, .positive, "AdamW's, for vectors"),
    Parameter("adamw_beta1", \.adamwBeta1, .fraction, "AdamW's, for vectors"),
    Parameter("adamw_beta2", \.adamwBeta2, .fraction, "AdamW's, for vectors"),
    Parameter("adamw_weight_decay", \.adamwWeightDecay, .nonNegative, "AdamW's, for vectors"),
    Parameter("adamw_epsilon", \.adamwEpsilon, .nonNegative, "AdamW's, for vectors"),
  ]

  public enum UpdateScale: String, CaseIterable, Sendable {
    case preserveNorm = "preserve_norm"
    case matchRMS = "match_rms"
  }

  public var learningRate = 0.02
  public var momentum = 0.95
  public var beta2 = 0.95
  public var nesterov = true
  public var epsilon = 1e-10
  public var iterations = 5
  public var coefficients = NewtonSchulzPolynomials.original
  public var updateScale = UpdateScale.preserveNorm
  public var matchAdamW = false
  public var weightDecay = 0.0
  public var decoupled = true
  public var vectors = VectorForm.row
  /// A schedule changes it as it changes the other one.
  public var adamwLearningRate = 3e-4
  public var adamwBeta1 = 0.9
  public var adamwBeta2 = 0.95
  public var adamwWeightDecay = 0.0
  public var adamwEpsilon = 1e-10
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] { Parameter<NorMuon>.triples(coefficients) }

  public static var momentumPath: WritableKeyPath<NorMuon, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let shapes = layout.tensors.map { MatrixShape($0.shape) }
    let isAdamW = layout.tensors.map { vectors == .adamw && $0.shape.count < 2 }
    // A second moment for each row of a matrix, or for each entry of AdamW's vectors.
    let moments = zip(shapes, isAdamW).map { $1 ? $0.count : $0.rows }
    let scratch = shapes.map { $0.count + NewtonSchulz<Scalar>.scratchCount($0) }.max() ?? 0
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean"], extra: moments.reduce(0, +)),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          var moment = storage.extra
          for (index, tensor) in layout.tensors.enumerated() where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            let mean = storage[0] + start
            if isAdamW[index] {
              rule.updateVector(
                parameters + start, gradients + start, mean, moment, count: tensor.range.count,
                at: context)
            } else {
              rule.update(
                parameters + start, gradients + start, mean, moment, shape: shapes[index],
                scratch: scratch, rate: context.learningRate)
            }
            moment += moments[index]
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ mean: UnsafeMutablePointer<Scalar>, _ rowMoments: UnsafeMutablePointer<Scalar>,
    shape: MatrixShape, scratch direction: UnsafeMutablePointer<Scalar>, rate: Double
  ) {
    let (count, columns) = (shape.count, shape.columns)
    let sign: Scalar = maximize ? -1 : 1
    let decay = DecayAtRate<Scalar>(weightDecay, decoupled: decoupled, rate: rate)
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    let (kept, new): (Scalar, Scalar) = nesterov ? (average.beta, average.newWeight) : (1, 0)
    for index in 0..<count {
      let gradient = sign * gradients[index] + decay.penalty * parameters[index]
      mean[index] = average.next(after: mean[index], value: gradient)
      direction[index] = new * gradient + kept * mean[index]
    }
    NewtonSchulz(shape: shape, polynomials: coefficients, iterations: iterations)
      .orthogonalize(direction, scratch: direction + count)
    let norm = VectorPrimitives.norm(direction, count)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    for row in 0..<shape.rows {
      let entries = direction + row &* columns
      let square = VectorPrimitives.squaredNorm(entries, columns) / Double(columns)
      rowMoments[row] = second.next(after: rowMoments[row], value: Scalar(square))
      let divisor = rowMoments[row].vectorSquareRoot + Scalar(epsilon)
      for column in 0..<columns { entries[column] /= divisor }
    }
    let length = VectorPrimitives.norm(direction, count) + epsilon
    let size =
      switch updateScale {
      case .preserveNorm: norm * shape.scale(matchingAdamW: matchAdamW)
      case .matchRMS: 0.2 * Double(count).squareRoot()
      }
    let step = Scalar(rate * size / length)
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
    VectorAdamW(rate: rate, beta1: adamwBeta1, beta2: adamwBeta2, epsilon: adamwEpsilon).update(
      parameters, mean: mean, meanSquare: meanSquare, count: count, decay: decay,
      step: context.step
    ) { sign * gradients[$0] + decay.penalty * parameters[$0] }
  }
}
