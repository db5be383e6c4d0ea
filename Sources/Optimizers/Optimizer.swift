/// An update rule with its hyperparameters.
///
/// Adding one is one file in Rules/ and one line in `OptimizerCatalogue`.
public protocol Optimizer: Hashable, Sendable {
  /// As scenarios call it.
  static var name: String { get }
  /// What it does, in one line.
  static var summary: String { get }
  /// Where the equation stands.
  static var source: String { get }
  /// All hyperparameters, the learning rate first.
  static var hyperparameters: [Hyperparameter<Self>] { get }

  /// The hyperparameters at the published defaults.
  init()

  var learningRate: Double { get set }

  /// The rule at work on parameters laid out as `layout`.
  ///
  /// Conforming types mark it `@specialized` for `Float` and `Double`: without, the kernel's loop runs unspecialised.
  func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as: Scalar.Type
  ) -> Stepper<Scalar>
}

extension Optimizer {
  /// The rule at work on one vector of `count` parameters.
  public func stepper<Scalar: KernelScalar>(
    count: Int, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    stepper(for: ParameterLayout(count: count), as: scalar)
  }
}
