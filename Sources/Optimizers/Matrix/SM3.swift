public import Parameters

/// SM3: the largest squares of each row, column or slice of a tensor instead of a second moment per parameter.
///
/// ν = β·minₐ μₐ + (1−β)g² over the slices a that hold the parameter (without the factor for β = 0), μₐ ← max ν over the slice, and never less than before
/// if β > 0; u = g/√(ν + ε), m ← ηm + (1−η)u, θ ← θ − α·m (Anil et al. 2019, SM3-II). A vector has one slice per entry.
public struct SM3: DirectedRule {
  public static let name = "sm3"
  public static let summary = "Adagrad with one number for each row and column"
  public static let equation =
    "ν = minₐ μₐ + g², μₐ ← max ν over slice a, m ← ηm + (1−η)g/√(ν + ε), θ ← θ − α·m"
  public static let source = "Anil et al. 2019, Algorithm SM3-II"
  public static let hyperparameters: [Parameter<SM3>] = [
    .learningRate(1e-3...1),
    Parameter("momentum", \.momentum, .fraction, "decay rate of the average step, η; 0 for none"),
    Parameter(
      "beta", \.beta, .number(in: 0...1), "decay rate of squares, β; 0 to add them up"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the squares inside the root"),
  ]

  public var learningRate = 0.1
  public var momentum = 0.9
  public var beta = 0.0
  public var epsilon = 1e-30
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<SM3, Double>? { \.momentum }
  /// Without momentum, the rule keeps no average that a schedule could change.
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let keepsMean = momentum > 0
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: keepsMean ? ["mean"] : [],
        extra: layout.tensors.reduce(0) { $0 + $1.shape.reduce(0, +) }),
      body: .gradient { context, parameters, gradients, storage in
        let rule = scheduled(by: context)
        var accumulators = storage.extra
        for tensor in layout.tensors {
          let start = tensor.range.lowerBound
          let step = Step<Scalar>(rule, tensor.shape, at: context)
          if !tensor.range.isEmpty {
            step.run(
              parameters + start, gradients + start,
              mean: keepsMean ? storage[0] + start : nil, accumulators: accumulators)
          }
          accumulators += step.accumulatorCount
        }
      })
  }
}
