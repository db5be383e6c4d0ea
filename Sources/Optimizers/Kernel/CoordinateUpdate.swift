/// The arithmetic of an update rule at one step, on one coordinate.
///
/// A value of a conforming type is made once per step and holds that step's coefficients, computed in
/// `Double` and converted once. `update` is pure arithmetic: no branches but shallow selects, no calls into
/// libm, so that the compiler turns the kernel's loop over it into vector instructions.
protocol CoordinateUpdate<Scalar>: Sendable {
  associatedtype Scalar: KernelScalar

  /// What the rule remembers of a coordinate: a struct whose fields are all `Scalar`, each of which the kernel keeps
  /// in an array of its own. Field names become slot names.
  associatedtype Memory: BitwiseCopyable, Sendable

  /// The memory before the first step.
  var initialMemory: Memory { get }

  func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory)
}

/// A memory with the same values before the first step, whatever the hyperparameters.
protocol RuleMemory: BitwiseCopyable, Sendable {
  init()
}

extension CoordinateUpdate where Memory: RuleMemory {
  @inline(__always)
  var initialMemory: Memory { Memory() }
}

/// The memory of a rule that remembers nothing.
struct NoMemory: RuleMemory {}
