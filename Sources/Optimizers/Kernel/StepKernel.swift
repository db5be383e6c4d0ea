/// The one loop that runs every element-wise rule: a single fused pass that reads each stream once.
enum StepKernel {
  /// Updates `count` parameters in place from their gradients.
  ///
  /// Memory is loaded into a local value whose fields live in registers, so a rule sees named fields while
  /// the storage stays one array per slot.
  ///
  /// - Complexity: O(*count*), one pass.
  @inline(__always)
  static func run<Update: CoordinateUpdate>(
    _ update: Update,
    parameters: UnsafeMutablePointer<Update.Scalar>,
    gradients: UnsafePointer<Update.Scalar>,
    slots: UnsafeMutablePointer<Update.Scalar>,
    count: Int
  ) {
    typealias Scalar = Update.Scalar
    let slotCount = SlotStorage<Scalar>.slotCount(of: Update.Memory.self)
    let scalarSize = MemoryLayout<Scalar>.size
    var index = 0
    while index < count {
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
}

extension Stepper {
  /// The stepper of a rule that treats coordinates alike and apart.
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
          prepare(context), parameters: parameters, gradients: gradients, slots: storage.base,
          count: storage.count)
      })
  }
}
