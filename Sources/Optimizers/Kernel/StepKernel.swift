import Dispatch

/// The one loop that runs every element-wise rule: a single fused pass that reads each stream once.
enum StepKernel {
  /// Updates the parameters in `range`, of `count`, in place from their gradients.
  ///
  /// Memory is loaded into a local value whose fields live in registers, so a rule sees named fields while
  /// the storage stays one array per slot.
  ///
  /// - Complexity: linear, one pass.
  @inline(__always)
  static func run<Update: CoordinateUpdate>(
    _ update: Update,
    parameters: UnsafeMutablePointer<Update.Scalar>,
    gradients: UnsafePointer<Update.Scalar>,
    slots: UnsafeMutablePointer<Update.Scalar>,
    count: Int,
    range: Range<Int>
  ) {
    typealias Scalar = Update.Scalar
    let slotCount = SlotStorage<Scalar>.slotCount(of: Update.Memory.self)
    let scalarSize = MemoryLayout<Scalar>.size
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      var memory = update.initialMemory
      withUnsafeMutableBytes(of: &memory) { bytes in
        for slot in 0..<slotCount {
          bytes.storeBytes(
            of: slots[slot &* count &+ index], toByteOffset: slot &* scalarSize, as: Scalar.self)
        }
      }
      var parameter = parameters[index]
      update.update(&parameter, gradient: gradients[index], memory: &memory)
      parameters[index] = parameter
      withUnsafeBytes(of: &memory) { bytes in
        for slot in 0..<slotCount {
          slots[slot &* count &+ index] = bytes.load(
            fromByteOffset: slot &* scalarSize, as: Scalar.self)
        }
      }
      index &+= 1
    }
  }

  /// Updates all parameters, on the storage's threads where there are enough of them.
  @inline(__always)
  static func run<Update: CoordinateUpdate>(
    _ update: Update,
    parameters: UnsafeMutablePointer<Update.Scalar>,
    gradients: UnsafePointer<Update.Scalar>,
    storage: SlotStorage<Update.Scalar>
  ) {
    let (slots, count) = (storage.base, storage.count)
    if storage.threads > 1, count >= 2 * leastShare {
      runShared(
        update, parameters: parameters, gradients: gradients, slots: slots, count: count,
        threads: storage.threads)
    } else {
      run(
        update, parameters: parameters, gradients: gradients, slots: slots, count: count,
        range: 0..<count)
    }
  }

  /// Least work per thread, in coordinates: for less, waking a thread takes longer than the work.
  static var leastShare: Int { 1 << 17 }

  /// The same on up to `threads` threads; every coordinate gets the same bits.
  @inline(never)
  static func runShared<Update: CoordinateUpdate>(
    _ update: Update,
    parameters: UnsafeMutablePointer<Update.Scalar>,
    gradients: UnsafePointer<Update.Scalar>,
    slots: UnsafeMutablePointer<Update.Scalar>,
    count: Int,
    threads: Int
  ) {
    let shares = min(threads, count / leastShare)
    // Whole cache lines, so that no two threads write one.
    let length = (count / shares + 63) & ~63
    nonisolated(unsafe) let (parameters, gradients, slots) = (parameters, gradients, slots)
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let begin = min(count, share * length)
      let end = share == shares - 1 ? count : min(count, begin + length)
      run(
        update, parameters: parameters, gradients: gradients, slots: slots, count: count,
        range: begin..<end)
    }
  }
}

extension Stepper {
  /// The stepper of a rule that treats all coordinates alike.
  ///
  /// - Parameters:
  ///   - count: number of parameters.
  ///   - evaluationPoint: see `evaluationParameters(_:)`.
  ///   - prepare: makes the update of a step; called once per step.
  @inline(__always)
  static func elementwise<Update: CoordinateUpdate>(
    count: Int, evaluationPoint: EvaluationPoint? = nil,
    prepare: @escaping (StepContext) -> Update
  ) -> Stepper<Scalar> where Update.Scalar == Scalar {
    precondition(count >= 0, "a parameter vector has no negative length")
    // The first memory does not depend on the step; any context will do.
    let initial = prepare(StepContext(step: 1, learningRate: 0)).initialMemory
    return Stepper(
      storage: SlotStorage(count: count, initial: initial), evaluationPoint: evaluationPoint,
      isElementwise: true,
      body: .gradient { context, parameters, gradients, storage in
        StepKernel.run(
          prepare(context), parameters: parameters, gradients: gradients, storage: storage)
      })
  }

  /// The stepper of a rule that treats all coordinates alike, and that sees gradients in `form`.
  @inline(__always)
  static func elementwise<Update: CoordinateUpdate>(
    count: Int, form: GradientForm, evaluationPoint: EvaluationPoint? = nil,
    prepare: @escaping (StepContext) -> Update
  ) -> Stepper<Scalar> where Update.Scalar == Scalar {
    precondition(count >= 0, "a parameter vector has no negative length")
    let initial = prepare(StepContext(step: 1, learningRate: 0)).initialMemory
    return Stepper(
      storage: SlotStorage(count: count, initial: initial), evaluationPoint: evaluationPoint,
      isElementwise: true,
      // Not by way of the function above: a closure in a closure costs as much as a step in two dimensions.
      body: .gradient { context, parameters, gradients, storage in
        StepKernel.run(
          FormedUpdate(prepare(context), form), parameters: parameters, gradients: gradients,
          storage: storage)
      })
  }
}
