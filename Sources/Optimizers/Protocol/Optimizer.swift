public import Parameters

/// An update rule with its hyperparameters. Its equation is one step, with θ the parameters, g the gradient, α the learning
/// rate and t the step, counted from 1.
///
/// Adding one takes one file in Rules/ and one line in `OptimizerCatalogue`.
public protocol Optimizer: CatalogueEntry {
  /// Hyperparameters, the learning rate first; without those that `DirectedRule` and `PenalizedRule` add.
  static var hyperparameters: [Parameter<Self>] { get }

  var learningRate: Double { get set }

  /// The decay rate of the velocity or the first moment, which a schedule may change; `nil` for rules without one.
  static var momentumPath: WritableKeyPath<Self, Double>? { get }
  /// Whether a schedule's momentum changes the rule's steps.
  var hasMomentum: Bool { get }
  /// Whether steps compare losses, so that losses and gradients must belong to the same function.
  var comparesLosses: Bool { get }
  /// Whether learning rates after the first step have an effect.
  var followsRates: Bool { get }

  /// A stepper for parameters laid out as `layout`.
  ///
  /// Element-wise rules get it from `ElementwiseRule`; others mark it `@specialized` for `Float` and `Double`, without which the
  /// kernel's loop runs unspecialized.
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

  /// The rule with the momentum of the step's schedule, if the schedule changes it.
  @inline(__always)
  func scheduled(by context: StepContext) -> Self {
    guard let momentum = context.momentum, hasMomentum, let path = Self.momentumPath else {
      return self
    }
    var rule = self
    rule[keyPath: path] = momentum
    return rule
  }

  /// A stepper for one vector of `count` parameters.
  public func stepper<Scalar: KernelScalar>(
    count: Int, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    stepper(for: ParameterLayout(count: count), as: scalar)
  }

  /// Bytes of state per parameter of a long vector before the first step, scratch included, without state of constant size.
  package func bytesPerParameter<Scalar: KernelScalar>(as scalar: Scalar.Type) -> Int {
    let bytes = [1024, 2048].map { stepper(count: $0, as: scalar).stateBytes }
    return (bytes[1] - bytes[0]) / 1024
  }
}
