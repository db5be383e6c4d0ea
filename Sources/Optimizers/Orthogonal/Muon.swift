public import Parameters

/// Muon: momentum of a matrix, orthogonalized by Newton–Schulz iterations.
///
/// B ← μB + (1−μ)g, X = B or (1−μ)g + μB (Nesterov), X ← X/max(‖X‖, ε), then several times A = XXᵀ,
/// X ← aX + (bA + cA²)X; θ ← θ(1 − αλ) − α·k·X (Jordan et al. 2024). k = √max(1, rows/columns), or
/// 0.2·√max(rows, columns). The iteration runs in the parameter's precision; PyTorch's runs in bfloat16. A vector is a matrix
/// of one row, so that its step is its normalized momentum; further dimensions count as columns.
public struct Muon: Optimizer {
  public static let name = "muon"
  public static let summary = "momentum of each matrix, orthogonalized by Newton–Schulz iterations"
  public static let equation =
    "B ← μB + (1−μ)g, X = NewtonSchulz((1−μ)g + μB), θ ← θ(1 − αλ) − α·k·X"
  public static let source = "Jordan et al. 2024, kellerjordan.github.io/posts/muon"
  public static let hyperparameters: [Parameter<Muon>] = [
    .learningRate(1e-4...1, "length of a step in every direction"),
    Parameter("momentum", \.momentum, .fraction, "decay rate of the average gradient, μ"),
    .nesterov(\.nesterov),
    Parameter("coefficient_a", \.coefficientA, .real, "a of the Newton–Schulz polynomial"),
    Parameter("coefficient_b", \.coefficientB, .real, "b of the Newton–Schulz polynomial"),
    Parameter("coefficient_c", \.coefficientC, .real, "c of the Newton–Schulz polynomial"),
    Parameter(
      "iterations", \.iterations, .whole(atLeast: 0), "Newton–Schulz iterations per step"),
    Parameter("epsilon", \.epsilon, .nonNegative, "smallest norm to divide by"),
    Parameter(
      "scaling", \.scaling, "scale of a step, k: by shape (original) or as large as AdamW's"),
    .decoupledDecay(\.weightDecay),
  ]

  public enum Scaling: String, CaseIterable, Sendable {
    case original
    case matchAdamW = "match_rms_adamw"
  }

  public var learningRate = 0.001
  public var momentum = 0.95
  public var nesterov = true
  public var coefficientA = 3.4445
  public var coefficientB = -4.775
  public var coefficientC = 2.0315
  public var iterations = 5
  public var epsilon = 1e-7
  public var scaling = Scaling.original
  public var weightDecay = 0.1

  public init() {}

  public static var momentumPath: WritableKeyPath<Muon, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let shapes = layout.tensors.map { MatrixShape($0.shape) }
    let scratch = shapes.map { $0.count + NewtonSchulz<Scalar>.scratchCount($0) }.max() ?? 0
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean"]),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          for (tensor, shape) in zip(layout.tensors, shapes) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            rule.update(
              parameters + start, gradients + start, mean: storage[0] + start, shape: shape,
              scratch: scratch, rate: context.learningRate)
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, shape: MatrixShape,
    scratch direction: UnsafeMutablePointer<Scalar>, rate: Double
  ) {
    let count = shape.count
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    let (kept, new): (Scalar, Scalar) = nesterov ? (average.beta, average.newWeight) : (1, 0)
    for index in 0..<count {
      mean[index] = average.next(after: mean[index], value: gradients[index])
      direction[index] = new * gradients[index] + kept * mean[index]
    }
    let polynomials = NewtonSchulzPolynomials(
      coefficients: [coefficientA, coefficientB, coefficientC])
    NewtonSchulz(shape: shape, polynomials: polynomials, iterations: iterations, epsilon: epsilon)
      .orthogonalize(direction, scratch: direction + count)
    let step = Scalar(rate * shape.scale(matchingAdamW: scaling == .matchAdamW))
    let remaining = Scalar(1 - rate * weightDecay)
    for index in 0..<count {
      parameters[index] = parameters[index] * remaining - step * direction[index]
    }
  }
}
