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

  /// A step of a method that asks for losses and gradients where it likes.
  typealias ObjectiveBody = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ objective: Objective, _ storage: SlotStorage<Scalar>
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
  let storage: SlotStorage<Scalar>
  private let body: Body
  private let evaluationPoint: EvaluationPoint?

  init(
    storage: SlotStorage<Scalar>, evaluationPoint: EvaluationPoint? = nil, body: Body
  ) {
    self.storage = storage
    self.evaluationPoint = evaluationPoint
    self.body = body
  }

  /// Number of parameters.
  public var count: Int { storage.count }

  /// Memory kept between steps: slots × parameters × size of a scalar, and what a rule keeps beside.
  public var stateBytes: Int { storage.bytes }

  /// Names of the state's slots, in snake_case.
  public var slotNames: [String] { storage.names }

  /// Whether steps ask for losses and gradients themselves, so that `step(_:learningRate:objective:)` must be used.
  public var needsObjective: Bool {
    if case .objective = body { true } else { false }
  }

  /// A copy of one slot, one value per parameter.
  public func values(ofSlot slot: Int) -> [Scalar] {
    precondition(slotNames.indices.contains(slot), "there is no slot \(slot)")
    return Array(UnsafeBufferPointer(start: storage.base + slot * count, count: count))
  }

  /// The parameters to evaluate at: of averaging methods the average, of all others `parameters` themselves.
  public func evaluationParameters(_ parameters: [Scalar]) -> [Scalar] {
    guard let evaluationPoint else { return parameters }
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
    guard case .gradient(let body) = body else {
      preconditionFailure("this method asks for gradients itself; hand it the objective")
    }
    steps += 1
    let context = StepContext(step: steps, learningRate: learningRate)
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        // An empty vector has no address, and nothing to do.
        guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else {
          return
        }
        body(context, parameters, gradients, storage)
      }
    }
  }

  /// Makes one step in place, asking `objective` for the losses and gradients it needs. Suits every rule.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - learningRate: the rate of this step.
  ///   - objective: evaluated at least once; each time counts in `ownEvaluations`.
  public func step(
    _ parameters: inout MutableSpan<Scalar>, learningRate: Double, objective: Objective
  ) {
    precondition(parameters.count == storage.count, "parameters and state must have one length")
    steps += 1
    let context = StepContext(step: steps, learningRate: learningRate)
    parameters.withUnsafeMutableBufferPointer { buffer in
      guard let parameters = buffer.baseAddress else { return }
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
}

/// What a rule may compute its coefficients from.
public struct StepContext: Sendable {
  /// Counted from 1.
  public var step: Int
  public var learningRate: Double

  public init(step: Int, learningRate: Double) {
    self.step = step
    self.learningRate = learningRate
  }
}
