public import Parameters

/// Nonlinear conjugate gradients with a strong-Wolfe line search.
///
/// d ← −g + βd with β = g·g/g₋·g₋ (Fletcher and Reeves 1964), max(0, g·y/g₋·g₋) (Polak and Ribière 1969, Powell 1984) or
/// g·y/d·y (Hestenes and Stiefel 1952), y = g − g₋ (Nocedal and Wright 2006, section 5.2); −g again where d would not
/// descend or the last search found nothing. Along −g the first step tried is min(1, 1/‖g‖₁) long, along others t₋·(g₋·d₋)/(g·d)
/// (there, equation 3.60), both times the rate. One step is one line search.
public struct ConjugateGradient: Optimizer {
  public static let name = "conjugate_gradient"
  public static let summary = "conjugate search directions, with a line search"
  public static let equation = "d ← −g + βd, θ ← θ + t·d with t from a strong-Wolfe line search"
  public static let source = "Nocedal and Wright 2006, section 5.2"
  public static let hyperparameters: [Parameter<ConjugateGradient>] = [
    .learningRate(1e-3...10, "factor on the step tried first"),
    Parameter("form", \.form, "formula of β, the weight of the last direction"),
    Parameter("decrease", \.decrease, .fraction, "c₁, required fraction of the predicted decrease"),
    Parameter("curvature", \.curvature, .fraction, "c₂, largest remaining fraction of the slope"),
    Parameter(
      "max_evaluations", \.maximumEvaluations, .whole(atLeast: 1), "evaluations per line search"),
    Parameter(
      "change_tolerance", \.changeTolerance, .nonNegative, "smallest bracket that is searched"),
  ]

  public enum Form: String, CaseIterable, Sendable {
    case polakRibiere = "polak_ribiere"
    case fletcherReeves = "fletcher_reeves"
    case hestenesStiefel = "hestenes_stiefel"
  }

  public var learningRate = 1.0
  public var form = Form.polakRibiere
  public var decrease = 1e-4
  public var curvature = 0.1
  public var maximumEvaluations = 25
  public var changeTolerance = 1e-12

  public init() {}

  public var comparesLosses: Bool { true }

  public var conflicts: [Conflict] {
    [Conflict](
      (decrease >= curvature, "decrease", "must be below curvature, or no step need satisfy both"))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count,
        slots: [
          "direction", "gradient", "previous_gradient", "origin", "trial0", "trial1", "trial2",
        ],
        quantities: [("step_length", 0), ("slope", 0)]),
      body: .objective { context, parameters, objective, storage in
        run(parameters, objective, storage, rate: context.learningRate)
      })
  }

  private func run<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ objective: @escaping Stepper<Scalar>.Objective,
    _ storage: SlotStorage<Scalar>, rate: Double
  ) {
    typealias Vectors = VectorPrimitives
    let count = storage.count
    let (direction, gradient, previous) = (storage[0], storage[1], storage[2])
    let quantities = storage.quantities
    let loss = objective(parameters, gradient)
    if Vectors.absoluteMaximum(gradient, count) == 0 { return }
    let squaredNorm = Vectors.squaredNorm(gradient, count)
    var slope = -squaredNorm
    let cautious = min(1, Vectors.inverseAbsoluteSum(gradient, count))
    var first = cautious
    // No step length: there was no step yet, or none that moved.
    let share = quantities[0] == 0 ? 0 : kept(direction, gradient, previous, count)
    let factor = Scalar(share)
    for index in 0..<count { direction[index] = factor * direction[index] - gradient[index] }
    if share != 0 {
      slope = Vectors.dot(gradient, direction, count)
      if slope < 0 {
        first = quantities[0] * quantities[1] / slope
        // Slopes that overflow or vanish say nothing of their ratio.
        if !(first > 0 && first.isFinite) { first = cautious }
      } else {
        slope = -squaredNorm
        for index in 0..<count { direction[index] = -gradient[index] }
      }
    }
    previous.update(from: gradient, count: count)
    var search = StrongWolfe()
    (search.decrease, search.curvature) = (decrease, curvature)
    (search.changeTolerance, search.maximumEvaluations) = (changeTolerance, maximumEvaluations - 1)
    let line = SearchLine(
      parameters, along: direction, from: storage[3], count: count, objective: objective)
    var evaluations = 0
    let found = line.search(
      search, loss: loss, slope: slope, gradient: gradient, first: first * rate,
      buffers: [storage[4], storage[5], storage[6]], evaluations: &evaluations,
      isCancelled: storage.isCancelled)
    (quantities[0], quantities[1]) = (found.step, slope)
  }

  /// β: the share of the last direction that the next one keeps; 0 where it is no number.
  private func kept<Scalar: KernelScalar>(
    _ direction: UnsafePointer<Scalar>, _ gradient: UnsafePointer<Scalar>,
    _ previous: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    typealias Vectors = VectorPrimitives
    let squares = Vectors.squaredNorm(previous, count)
    // Products that overflow or vanish have a ratio all the same.
    let unit = Vectors.holdsSquares(squares) ? 1 : Vectors.absoluteMaximum(previous, count)
    @inline(__always) func square(_ value: Double) -> Double { value * value }
    @inline(__always) func now(_ index: Int) -> Double { Double(gradient[index]) / unit }
    @inline(__always) func change(_ index: Int) -> Double {
      now(index) - Double(previous[index]) / unit
    }
    let former = unit == 1 ? squares : Vectors.sum(count) { square(Double(previous[$0]) / unit) }
    let share =
      switch form {
      case .fletcherReeves: Vectors.sum(count) { square(now($0)) } / former
      case .polakRibiere:
        max(0, Vectors.sum(count) { now($0) * change($0) } / former)
      case .hestenesStiefel:
        Vectors.sum(count) { now($0) * change($0) }
          / Vectors.sum(count) { Double(direction[$0]) / unit * change($0) }
      }
    return share.isFinite ? share : 0
  }
}
