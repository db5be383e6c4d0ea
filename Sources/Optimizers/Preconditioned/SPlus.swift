import Foundation
public import Parameters

/// SPlus: signs of the momentum in the eigenbasis of its Shampoo statistics, and an average of the iterates.
///
/// m ← β₁m + (1−β₁)g, θ ← θ − α'·Q_L·sign(Q_Lᵀ m Q_R)·Q_Rᵀ, L ← β₂L + (1−β₂)ggᵀ, R ← β₂R + (1−β₂)gᵀg, where Q_L and Q_R
/// are eigenvectors of L and R, computed at the first step and then at every n-th; θ̄ ← ρθ̄ + (1−ρ)θ is evaluated, divided by 1 − ρᵗ;
/// θ ← θ(1 − α'λ) (Frans et al. 2025, Algorithm 1). α' = 2α/(rows + columns), and α times a constant where the tensor is no matrix.
public struct SPlus: DirectedRule {
  public static let name = "splus"
  public static let summary = "signs in Shampoo's eigenbasis; evaluates an average of the iterates"
  public static let equation =
    "m ← β₁m + (1−β₁)g, θ ← θ − 2α/(r + c)·Q_L·sign(Q_Lᵀ m Q_R)·Q_Rᵀ, θ̄ ← ρθ̄ + (1−ρ)θ"
  public static let source = "Frans et al. 2025, Algorithm 1"
  public static let hyperparameters: [Parameter<SPlus>] = [
    .learningRate(1e-3...100, "size of a step, per mean side of a matrix"),
    .beta1(\.beta1),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the statistics L and R, β₂"),
    .eitherDecay(\.weightDecay, decoupledByDefault: true), .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decoupled decay shrinks by λ instead of α'·λ"),
    Parameter("average_decay", \.averageDecay, .fraction, "decay rate of the average iterate, ρ"),
    Parameter(
      "basis_period", \.basisPeriod, .whole(atLeast: 1), "steps between new eigenvectors, n"),
    Parameter(
      "vector_scale", \.vectorScale, .nonNegative,
      "factor on the learning rate of tensors that are no matrices"),
    Parameter(
      "max_dimension", \.maxDimension, .whole(atLeast: 1),
      "sides as long as this have no eigenvectors"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the diagonal of L and R"),
  ]

  public var learningRate = 0.1
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var weightDecay = 0.01
  public var decoupled = true
  public var fixedDecay = false
  public var averageDecay = 0.999
  public var basisPeriod = 100
  public var vectorScale = 1e-3
  public var maxDimension = 10_000
  public var epsilon = 1e-30
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<SPlus, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let axes = layout.tensors.map { tensor in
      TensorAxes(tensor.shape) { tensor.shape.count == 2 && $0 < maxDimension }
    }
    let scratch = axes.filter { $0.matrixCount > 0 }.map { 3 * $0.count }.max() ?? 0
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "average"], quantities: [("average_weight", 0)],
        extra: axes.reduce(0) { $0 + 2 * $1.matrixCount }),
      evaluationPoint: { _, point, storage in
        let scale = Scalar(1 / storage.quantities[0])
        for index in 0..<storage.count { point[index] = storage[1][index] * scale }
      },
      body: .gradient { context, parameters, gradients, storage in
        storage.quantities[0] = 1 - pow(averageDecay, Double(context.step))
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          var statistics = storage.extra
          for (tensor, axes) in zip(layout.tensors, axes) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            rule.update(
              parameters + start, gradients + start, mean: storage[0] + start,
              average: storage[1] + start, statistics: statistics, axes, scratch: scratch,
              at: context)
            statistics += 2 * axes.matrixCount
          }
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, average: UnsafeMutablePointer<Scalar>,
    statistics: UnsafeMutablePointer<Scalar>, _ axes: TensorAxes,
    scratch: UnsafeMutablePointer<Scalar>, at context: StepContext
  ) {
    let count = axes.count
    let rate = context.learningRate * scale(axes)
    let sign: Scalar = maximize ? -1 : 1
    let decay = DecayAtRate<Scalar>(
      weightDecay, decoupled: decoupled, fixed: fixedDecay, rate: rate)
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    let isMatrix = axes.matrixCount > 0
    // The gradient, which the statistics take after the momentum; a vector has none.
    let formed = scratch + 2 * count
    for index in 0..<count {
      let gradient = sign * gradients[index] + decay.penalty * parameters[index]
      if isMatrix { formed[index] = gradient }
      mean[index] = first.next(after: mean[index], value: gradient)
    }
    var direction = UnsafePointer(mean)
    let bases = statistics + axes.matrixCount
    // Before the first eigenvectors, the basis is that of the entries.
    let isRotated = isMatrix && context.step > 1
    if isRotated {
      direction = axes.multiply(direction, with: bases, transposed: false, scratch: scratch)
      let signs = UnsafeMutablePointer(mutating: direction)
      for index in 0..<count { signs[index] = signs[index].visibleSign }
      direction = axes.multiply(signs, with: bases, transposed: true, scratch: scratch)
    }
    let step = Scalar(rate)
    let mixing = ExponentialMovingAverage<Scalar>(beta: averageDecay)
    for index in 0..<count {
      let unit = isRotated ? direction[index] : direction[index].visibleSign
      let next = parameters[index] - step * unit
      average[index] = mixing.next(after: average[index], value: next)
      parameters[index] = next * decay.kept
    }
    guard isMatrix else { return }
    axes.addGrams(of: formed, alpha: 1 - beta2, beta: beta2, to: statistics)
    if context.step == 1 || context.step.isMultiple(of: basisPeriod) {
      axes.diagonalize(statistics, epsilon: epsilon, into: bases, descending: false)
    }
  }

  private func scale(_ axes: TensorAxes) -> Double {
    let sides = axes.axes.map(\.length)
    return sides.count == 2 && sides.allSatisfy { $0 <= maxDimension }
      ? 2 / Double(sides[0] + sides[1]) : vectorScale
  }
}
