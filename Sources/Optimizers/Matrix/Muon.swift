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
    let shapes = layout.tensors.map { tensor in
      let rows = tensor.shape.count > 1 ? tensor.shape[0] : 1
      return (rows: rows, columns: tensor.range.count / max(rows, 1))
    }
    let scratch = shapes.map { NewtonSchulz<Scalar>.scratchCount($0.rows, $0.columns) }.max() ?? 0
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean"], extra: scratch),
      body: .gradient { context, parameters, gradients, storage in
        for (tensor, shape) in zip(layout.tensors, shapes) where !tensor.range.isEmpty {
          let start = tensor.range.lowerBound
          scheduled(by: context).update(
            parameters + start, gradients + start, mean: storage[0] + start,
            rows: shape.rows, columns: shape.columns, scratch: storage.extra,
            rate: context.learningRate)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int,
    scratch: UnsafeMutablePointer<Scalar>, rate: Double
  ) {
    let count = rows * columns
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    for index in 0..<count {
      mean[index] = average.next(after: mean[index], value: gradients[index])
    }
    let newtonSchulz = NewtonSchulz(rows: rows, columns: columns, scratch: scratch)
    let (kept, new) = nesterov ? (average.beta, average.newWeight) : (1, 0)
    let direction = newtonSchulz.orthogonalized(
      a: Scalar(coefficientA), b: Scalar(coefficientB), c: Scalar(coefficientC),
      iterations: iterations, epsilon: epsilon
    ) { new * gradients[$0] + kept * mean[$0] }
    let shape =
      switch scaling {
      case .original: max(1, Double(rows) / Double(columns)).squareRoot()
      case .matchAdamW: 0.2 * Double(max(rows, columns)).squareRoot()
      }
    let step = Scalar(rate * shape)
    let remaining = Scalar(1 - rate * weightDecay)
    if newtonSchulz.isTransposed {
      for row in 0..<rows {
        for column in 0..<columns {
          let index = row &* columns &+ column
          parameters[index] =
            parameters[index] * remaining - step * direction[column &* rows &+ row]
        }
      }
    } else {
      for index in 0..<count {
        parameters[index] = parameters[index] * remaining - step * direction[index]
      }
    }
  }
}
