/// An optimizer at work on one parameter vector: its state, and the step it makes.
///
/// Erases which rule it runs once per step, never per coordinate. Not to be used from two threads at once.
public final class Stepper<Scalar: KernelScalar> {
  @usableFromInline
  typealias Body = (
    _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
    _ gradients: UnsafePointer<Scalar>, _ storage: SlotStorage<Scalar>
  ) -> Void

  /// Steps made so far.
  public private(set) var steps = 0
  @usableFromInline let storage: SlotStorage<Scalar>
  @usableFromInline let body: Body

  init(storage: SlotStorage<Scalar>, body: @escaping Body) {
    self.storage = storage
    self.body = body
  }

  /// Number of parameters.
  public var count: Int { storage.count }

  /// Memory kept between steps: slots × parameters × size of a scalar.
  public var stateBytes: Int { storage.bytes }

  /// Names of the state's slots, in snake_case.
  public var slotNames: [String] { storage.names }

  /// A copy of one slot, one value per parameter.
  public func values(ofSlot slot: Int) -> [Scalar] {
    precondition(slotNames.indices.contains(slot), "there is no slot \(slot)")
    return Array(UnsafeBufferPointer(start: storage.base + slot * count, count: count))
  }

  /// Makes one step in place. A non-finite gradient makes its own parameter non-finite and no other one.
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
