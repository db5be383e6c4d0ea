/// A rule that treats every coordinate alike and on its own, so that the step kernel runs it in one fused pass.
///
/// Such a rule is its equation: a struct `Update` with a step's coefficients and the arithmetic of one coordinate.
protocol ElementwiseRule: Optimizer {
  associatedtype FloatUpdate: RuleUpdate<Self, Float>
  associatedtype DoubleUpdate: RuleUpdate<Self, Double>

  /// The gradient that the kernel hands to the update.
  var gradientForm: GradientForm { get }

  // Without a generic scalar, so that the compiler specializes the kernel's loop for each rule.
  func floatStepper(for layout: ParameterLayout) -> Stepper<Float>
  func doubleStepper(for layout: ParameterLayout) -> Stepper<Double>
}

/// The update of one step of `Rule`.
protocol RuleUpdate<Rule, Scalar>: CoordinateUpdate {
  associatedtype Rule: Optimizer

  /// - Parameter rule: with the momentum of the step's schedule.
  init(_ rule: Rule, at context: StepContext)
}

extension ElementwiseRule {
  func floatStepper(for layout: ParameterLayout) -> Stepper<Float> {
    .elementwise(self, FloatUpdate.self, layout)
  }

  func doubleStepper(for layout: ParameterLayout) -> Stepper<Double> {
    .elementwise(self, DoubleUpdate.self, layout)
  }

  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    if Scalar.self == Float.self, let stepper = floatStepper(for: layout) as? Stepper<Scalar> {
      return stepper
    }
    if Scalar.self == Double.self, let stepper = doubleStepper(for: layout) as? Stepper<Scalar> {
      return stepper
    }
    preconditionFailure("the kernel runs in Float and in Double")
  }
}

extension ElementwiseRule where Self: DirectedRule {
  var gradientForm: GradientForm { gradient }
}

extension Stepper {
  /// The stepper of an element-wise rule.
  @inline(__always)
  static func elementwise<Rule: ElementwiseRule, Update: RuleUpdate<Rule, Scalar>>(
    _ rule: Rule, _: Update.Type, _ layout: ParameterLayout
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count, form: rule.gradientForm) {
      Update(rule.scheduled(by: $0), at: $0)
    }
  }
}
