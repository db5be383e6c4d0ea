/// An optimizer applied to one parameter vector: its state and its step.
///
/// Dispatches to its rule once per step, never per coordinate. Not safe for use from two threads at once.
public final class Stepper<Scalar: KernelScalar> {
  /// The loss at `point` and, written to `gradient`, its derivatives; one value per parameter each.
  public typealias Objective = (
    _ point: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) -> Double

  /// A step from the gradient at the parameters.
  typealias GradientBody = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ gradients: UnsafePointer<Scalar>, _ storage: SlotStorage<Scalar>
  ) -> Void

  /// A step of a method that evaluates losses and gradients at points of its choice, first at the parameters.
  typealias ObjectiveBody = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ objective: @escaping Objective, _ storage: SlotStorage<Scalar>
  ) -> Void

  enum Body {
    case gradient(GradientBody)
    case objective(ObjectiveBody)
  }

  /// Writes the point to evaluate, if it differs from the parameters.
  typealias EvaluationPoint = (
    _ parameters: UnsafePointer<Scalar>, _ point: UnsafeMutablePointer<Scalar>,
    _ storage: SlotStorage<Scalar>
  ) -> Void

  /// Steps so far.
  public private(set) var steps = 0
  /// Losses and gradients that steps evaluated themselves; 0 for rules that receive their gradient.
  public private(set) var ownEvaluations = 0
  /// Whether all coordinates are treated alike and independently, so that many concatenated vectors can share a step.
  package let isElementwise: Bool
  /// Replaces the momentum of the rule in the next steps, if it has one; `nil` keeps it.
  public var momentum: Double? { didSet { inner?.momentum = momentum } }
  /// Threads that a step may use, 1 by default; element-wise rules use them on large vectors, with the same result.
  public var threads: Int {
    get { storage.threads }
    set {
      precondition(newValue >= 1, "a step needs a thread")
      storage.threads = newValue
      inner?.threads = newValue
    }
  }
  /// Asked between the evaluations of a step that makes several itself: whether to end it early, at the best point so far.
  public var isCancelled: () -> Bool {
    get { storage.isCancelled }
    set {
      storage.isCancelled = newValue
      inner?.isCancelled = newValue
    }
  }
  let storage: SlotStorage<Scalar>
  private let body: Body
  private let evaluationPoint: EvaluationPoint?
  /// The stepper of a wrapped rule.
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

  /// Memory kept between steps: slots × parameters × size of a scalar, and other state of the rule.
  public var stateBytes: Int { storage.bytes + bytesBeside() + (inner?.stateBytes ?? 0) }

  /// Names of the state's slots, in snake_case; those of a wrapped rule last.
  public var slotNames: [String] { storage.names + (inner?.slotNames ?? []) }

  /// Whether steps evaluate losses and gradients themselves, so that `step(_:learningRate:objective:)` must be used.
  public var needsObjective: Bool {
    if case .objective = body { true } else { false }
  }

  /// A number that the rule keeps of the whole vector, such as Prodigy's `d`, or `nil` if no number has that name.
  package func quantity(named name: String) -> Double? {
    storage.quantityNames.firstIndex(of: name).map { storage.quantities[$0] }
      ?? inner?.quantity(named: name)
  }

  /// A copy of one slot, one value per parameter.
  package func values(ofSlot slot: Int) -> [Scalar] {
    precondition(slotNames.indices.contains(slot), "no slot \(slot)")
    if slot >= storage.names.count, let inner {
      return inner.values(ofSlot: slot - storage.names.count)
    }
    return Array(UnsafeBufferPointer(start: storage[slot], count: count))
  }

  /// Whether the parameters to evaluate differ from those that steps change, as in averaging methods.
  public var evaluatesElsewhere: Bool { evaluationPoint != nil }

  /// The parameters to evaluate: the average in averaging methods, otherwise and before the first step `parameters`.
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
  /// other.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - gradients: the gradient at `parameters`, `count` values.
  ///   - learningRate: the learning rate of this step.
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
        // An empty vector has no address.
        guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else {
          steps += 1
          return
        }
        advance(parameters, gradients: gradients, learningRate: learningRate)
      }
    }
  }

  /// Makes one step in place and evaluates `objective` where it needs losses and gradients. Works with every rule.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - learningRate: the learning rate of this step.
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
      preconditionFailure(
        "this method evaluates gradients itself; call step(_:learningRate:objective:)")
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
