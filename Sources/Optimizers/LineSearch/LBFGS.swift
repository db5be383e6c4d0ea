public import Parameters

/// L-BFGS: quasi-Newton directions from the last steps and gradient changes, with or without a line search.
///
/// d = −H·g by the two-loop recursion with H₀ = y·s/y·y (Liu and Nocedal 1989; Nocedal and Wright 2006, Algorithm 7.4). A step is
/// up to `max_iterations` of these, as in PyTorch: pairs are kept if y·s > 10⁻¹⁰, the first step is min(1, 1/‖g‖₁) times the
/// rate long, and iterating ends when gradient or change is below its tolerance or the evaluations are used up.
public struct LBFGS: Optimizer {
  public static let name = "lbfgs"
  public static let summary = "quasi-Newton steps from stored gradient changes"
  public static let equation =
    "d = −H·g with H from the last pairs s = Δθ, y = Δg (two-loop recursion), θ ← θ + t·d"
  public static let source = "Liu and Nocedal 1989; Nocedal and Wright 2006, Algorithm 7.4"
  public static let hyperparameters: [Parameter<LBFGS>] = [
    .learningRate(1e-3...1, "step along the direction, or the first one that a line search tries"),
    Parameter("max_iterations", \.maximumIterations, .whole(atLeast: 1), "directions per step"),
    Parameter(
      "max_evaluations", \.maximumEvaluations, .whole(atLeast: 0),
      "evaluations after which a step ends; 0 for 5/4 of its iterations"),
    Parameter(
      "history_size", \.historySize, .whole(atLeast: 1),
      "stored pairs, each as large as two gradients"),
    Parameter(
      "line_search", \.lineSearch, "strong_wolfe, or none: the learning rate is the step"),
    Parameter(
      "gradient_tolerance", \.gradientTolerance, .nonNegative,
      "stops when no entry of the gradient is larger"),
    Parameter(
      "change_tolerance", \.changeTolerance, .nonNegative, "stops when a step changes less"),
  ]

  public enum LineSearch: String, CaseIterable, Sendable {
    case none
    case strongWolfe = "strong_wolfe"
  }

  public var learningRate = 1.0
  public var maximumIterations = 20
  public var maximumEvaluations = 0
  public var historySize = 100
  public var lineSearch = LineSearch.none
  public var gradientTolerance = 1e-7
  public var changeTolerance = 1e-9

  public init() {}

  public var comparesLosses: Bool { true }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let history = CurvatureHistory<Scalar>(count: layout.count, capacity: historySize)
    return Stepper(
      storage: SlotStorage(
        count: layout.count,
        slots: [
          "direction", "gradient", "previous_gradient", "origin", "trial0", "trial1", "trial2",
        ],
        quantities: [("iterations", 0), ("step_length", 0)]),
      bytesBeside: { history.bytes },
      body: .objective { context, parameters, objective, storage in
        run(parameters, objective, storage, history, rate: context.learningRate)
      })
  }

  private func run<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ objective: @escaping Stepper<Scalar>.Objective,
    _ storage: SlotStorage<Scalar>, _ history: CurvatureHistory<Scalar>, rate: Double
  ) {
    typealias Vectors = VectorPrimitives
    let count = storage.count
    let (direction, gradient, previous) = (storage[0], storage[1], storage[2])
    let line = SearchLine(
      parameters, along: direction, from: storage[3], count: count, objective: objective)
    let buffers = [storage[4], storage[5], storage[6]]
    let quantities = storage.quantities
    let evaluationLimit =
      maximumEvaluations == 0 ? maximumIterations * 5 / 4 : maximumEvaluations
    var loss = objective(parameters, gradient)
    var evaluations = 1
    if Vectors.absoluteMaximum(gradient, count) <= gradientTolerance { return }
    for iteration in 1...maximumIterations {
      quantities[0] += 1
      let isFirst = quantities[0] == 1
      if !isFirst {
        history.remember(
          gradient: gradient, previous: previous, direction: direction, step: quantities[1])
      }
      history.newtonDirection(of: gradient, into: direction)
      previous.update(from: gradient, count: count)
      let previousLoss = loss
      var step = isFirst ? min(1, Vectors.inverseAbsoluteSum(gradient, count)) * rate : rate
      quantities[1] = step
      let slope = Vectors.dot(gradient, direction, count)
      if slope > -changeTolerance { return }
      if lineSearch == .strongWolfe {
        let search = StrongWolfe(
          changeTolerance: changeTolerance, maximumEvaluations: evaluationLimit - evaluations)
        let found = line.search(
          search, loss: loss, slope: slope, gradient: gradient, first: step, buffers: buffers,
          evaluations: &evaluations, isCancelled: storage.isCancelled)
        (loss, step) = (found.loss, found.step)
        quantities[1] = step
        if found.gradient != gradient { gradient.update(from: found.gradient, count: count) }
      } else {
        Vectors.add(step, times: direction, to: parameters, count)
        // The next step evaluates the result of the last iteration.
        if iteration == maximumIterations { return }
        loss = objective(parameters, gradient)
        evaluations += 1
      }
      if iteration == maximumIterations || evaluations >= evaluationLimit { return }
      if storage.isCancelled() { return }
      if Vectors.absoluteMaximum(gradient, count) <= gradientTolerance { return }
      if abs(step) * Vectors.absoluteMaximum(direction, count) <= changeTolerance { return }
      if abs(loss - previousLoss) < changeTolerance { return }
      // A non-finite loss ends the step; the parameters show it.
      if !loss.isFinite { return }
    }
  }
}
