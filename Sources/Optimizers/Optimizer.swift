public import Parameters

/// An update rule with its hyperparameters.
///
/// Adding one takes one file in Rules/ and one line in `OptimizerCatalogue`.
public protocol Optimizer: Parameterized {
  /// What it does, in one line.
  static var summary: String { get }
  /// Where the equation was published.
  static var source: String { get }
  /// All hyperparameters, the learning rate first.
  static var hyperparameters: [Parameter<Self>] { get }

  var learningRate: Double { get set }

  /// The share of the past in the velocity or mean gradient, which a schedule may change; `nil` for rules without one.
  static var momentumPath: WritableKeyPath<Self, Double>? { get }
  /// Whether a schedule's momentum changes the rule's steps.
  var hasMomentum: Bool { get }
  /// Whether steps compare losses, so that these and the gradients must be those of one function.
  var comparesLosses: Bool { get }
  /// Whether learning rates after that of the first step change anything.
  var followsRates: Bool { get }

  /// The rule at work on parameters laid out as `layout`.
  ///
  /// Conforming types mark it `@specialized` for `Float` and `Double`: without, the kernel's loop runs unspecialised.
  func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as: Scalar.Type
  ) -> Stepper<Scalar>
}

extension Optimizer {
  public static var parameters: [Parameter<Self>] { hyperparameters }
  public static var momentumPath: WritableKeyPath<Self, Double>? { nil }
  public var hasMomentum: Bool { Self.momentumPath != nil }
  public var comparesLosses: Bool { false }
  public var followsRates: Bool { true }

  /// The rule with the momentum that the step's schedule asks for, if it asks for one.
  @inline(__always)
  func scheduled(by context: StepContext) -> Self {
    guard let momentum = context.momentum, hasMomentum, let path = Self.momentumPath else {
      return self
    }
    var rule = self
    rule[keyPath: path] = momentum
    return rule
  }

  /// The rule at work on one vector of `count` parameters.
  public func stepper<Scalar: KernelScalar>(
    count: Int, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    stepper(for: ParameterLayout(count: count), as: scalar)
  }

  /// Bytes of state that one more parameter of a long vector costs before the first step, scratch included; what is kept once,
  /// whatever the length, does not count.
  public func bytesPerParameter<Scalar: KernelScalar>(as scalar: Scalar.Type) -> Int {
    let bytes = [1024, 2048].map { stepper(count: $0, as: scalar).stateBytes }
    return (bytes[1] - bytes[0]) / 1024
  }
}
