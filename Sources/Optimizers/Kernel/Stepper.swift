/// An optimizer at work on one parameter vector: its state, and the step it makes.
///
/// Erases which rule it runs once per step, never per coordinate. Not to be used from two threads at once.
public final class Stepper<Scalar: KernelScalar> {
  /// The loss at `point` and, written to `gradient`, its derivatives; as many values each as there are parameters.
  public typealias Objective = (
    _ point: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) -> Double

  /// A step from the gradient at the parameters.
  typealias GradientBody = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ gradients: UnsafePointer<Scalar>, _ storage: SlotStorage<Scalar>
  ) -> Void

  /// A step of a method that asks for losses and gradients where it likes, but first at the parameters.
  typealias ObjectiveBody = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ objective: @escaping Objective, _ storage: SlotStorage<Scalar>
  ) -> Void

  enum Body {
    case gradient(GradientBody)
    case objective(ObjectiveBody)
  }

  /// Where to evaluate, if not at the parameters: writes that point from parameters and state.
  typealias EvaluationPoint = (
    _ parameters: UnsafePointer<Scalar>, _ point: UnsafeMutablePointer<Scalar>,
    _ storage: SlotStorage<Scalar>
  ) -> Void

  /// Steps made so far.
  public private(set) var steps = 0
  /// Losses and gradients that steps asked for themselves; 0 for rules that are handed their gradient.
  public private(set) var ownEvaluations = 0
  /// Whether coordinates are treated alike and apart, so that many vectors laid end to end may share a step.
  public let isElementwise: Bool
  /// Takes the place of the rule's own momentum in the steps to come, of rules that have one; `nil` leaves it.
  public var momentum: Double? { didSet { inner?.momentum = momentum } }
  /// Threads that a step may use, 1 unless set; element-wise rules use them on large vectors, and the result is the same.
  public var threads: Int {
    get { storage.threads }
    set {
      precondition(newValue >= 1, "a step needs a thread")
      storage.threads = newValue
      inner?.threads = newValue
    }
  }
  let storage: SlotStorage<Scalar>
  private let body: Body
  private let evaluationPoint: EvaluationPoint?
  /// The rule that a wrapper wraps.
  private let inner: Stepper?
  /// Bytes of state outside `storage`, which may grow.
  private let bytesBeside: () -> Int

  init(
    storage: SlotStorage<Scalar>, evaluationPoint: EvaluationPoint? = nil, inner: Stepper? = nil,
    isElementwise: Bool = false, bytesBeside: @escaping () -> Int = { 0 }, body: Body
  ) {
    self.isElementwise = isElementwise
    self.storage = storage
    self.evaluationPoint = evaluationPoint
    self.inner = inner
    self.bytesBeside = bytesBeside
    self.body = body
  }

  /// Number of parameters.
  public var count: Int { storage.count }

  /// Memory kept between steps: slots × parameters × size of a scalar, and what a rule keeps beside.
  public var stateBytes: Int { storage.bytes + bytesBeside() + (inner?.stateBytes ?? 0) }

  /// Names of the state's slots, in snake_case; those of a wrapped rule come last.
  public var slotNames: [String] { storage.names + (inner?.slotNames ?? []) }

  /// Whether steps ask for losses and gradients themselves, so that `step(_:learningRate:objective:)` must be used.
  public var needsObjective: Bool {
    if case .objective = body { true } else { false }
  }

  /// A number that the rule keeps of the whole vector, such as Prodigy's `d`, or `nil` if there is none of that name.
  public func quantity(named name: String) -> Double? {
    storage.quantityNames.firstIndex(of: name).map { storage.quantities[$0] }
      ?? inner?.quantity(named: name)
  }

  /// A copy of one slot, one value per parameter.
  public func values(ofSlot slot: Int) -> [Scalar] {
    precondition(slotNames.indices.contains(slot), "there is no slot \(slot)")
    if slot >= storage.names.count, let inner {
      return inner.values(ofSlot: slot - storage.names.count)
    }
    return Array(UnsafeBufferPointer(start: storage[slot], count: count))
  }

  /// Whether the parameters to evaluate at are others than those that steps change: the rule averages.
  public var evaluatesElsewhere: Bool { evaluationPoint != nil }

  /// The parameters to evaluate at: of averaging methods the average, of all others and before the first step
  /// `parameters` themselves.
  public func evaluationParameters(_ parameters: [Scalar]) -> [Scalar] {
    guard let evaluationPoint, steps > 0 else { return parameters }
    precondition(parameters.count == count, "parameters and state must have one length")
    var point = parameters
    parameters.withUnsafeBufferPointer { parameters in
      point.withUnsafeMutableBufferPointer { point in
        guard let parameters = parameters.baseAddress, let point = point.baseAddress else { return }
        evaluationPoint(parameters, point, storage)
      }
    }
    return point
  }

  /// Makes one step in place. A non-finite gradient makes its own parameter non-finite and, for element-wise rules, no
  /// other one.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - gradients: the gradient at `parameters`, `count` values.
  ///   - learningRate: the rate of this step.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func step(
    _ parameters: inout MutableSpan<Scalar>, gradients: Span<Scalar>, learningRate: Double
  ) {
    precondition(
      parameters.count == storage.count && gradients.count == storage.count,
      "parameters, gradients and state must have one length")
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        // An empty vector has no address, and nothing to do.
        guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else {
          steps += 1
          return
        }
        advance(parameters, gradients: gradients, learningRate: learningRate)
      }
    }
  }

  /// Makes one step in place, asking `objective` for the losses and gradients it needs. Suits every rule.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - learningRate: the rate of this step.
  ///   - objective: evaluated at least once, first at `parameters`; each time counts in `ownEvaluations`.
  public func step(
    _ parameters: inout MutableSpan<Scalar>, learningRate: Double, objective: Objective
  ) {
    precondition(parameters.count == storage.count, "parameters and state must have one length")
    parameters.withUnsafeMutableBufferPointer { buffer in
      guard let parameters = buffer.baseAddress else {
        steps += 1
        return
      }
      advance(parameters, learningRate: learningRate, objective: objective)
    }
  }

  /// The step from a gradient on bare memory, for wrappers.
  @inline(__always)
  func advance(
    _ parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    learningRate: Double
  ) {
    guard case .gradient(let body) = body else {
      preconditionFailure("this method asks for gradients itself; hand it the objective")
    }
    steps += 1
    body(
      StepContext(step: steps, learningRate: learningRate, momentum: momentum), parameters,
      gradients, storage)
  }

  /// The step with an objective on bare memory, for wrappers.
  func advance(
    _ parameters: UnsafeMutablePointer<Scalar>, learningRate: Double, objective: Objective
  ) {
    steps += 1
    let context = StepContext(step: steps, learningRate: learningRate, momentum: momentum)
    withoutActuallyEscaping(objective) { objective in
      let counted: Objective = { point, gradient in
        self.ownEvaluations += 1
        return objective(point, gradient)
      }
      switch body {
      case .objective(let body): body(context, parameters, counted, storage)
      case .gradient(let body):
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) { gradients in
          guard let gradients = gradients.baseAddress else { return }
          gradients.initialize(repeating: 0, count: count)
          _ = counted(parameters, gradients)
          body(context, parameters, gradients, storage)
        }
      }
    }
  }
}

/// What a rule may compute its coefficients from.
public struct StepContext: Sendable {
  /// Counted from 1.
  public var step: Int
  public var learningRate: Double
  /// What a schedule puts in the place of the rule's momentum.
  public var momentum: Double?

  public init(step: Int, learningRate: Double, momentum: Double? = nil) {
    self.step = step
    self.learningRate = learningRate
    self.momentum = momentum
  }
}
