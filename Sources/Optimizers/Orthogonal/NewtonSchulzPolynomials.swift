public import Parameters

/// The polynomials aσ + bσ³ + cσ⁵ of successive Newton–Schulz iterations; the last one is used for all that follow.
public struct NewtonSchulzPolynomials: Hashable, Sendable, ParameterConvertible {
  /// Of a published schedule; `nil` for numbers of one's own.
  public let name: String?
  /// a, b and c of the first iteration, then of the second, …
  public let coefficients: [Double]

  /// A published schedule, or `nil` for an unknown name.
  public init?(named name: String) {
    guard let coefficients = Self.published.first(where: { $0.name == name })?.coefficients else {
      return nil
    }
    self.name = name
    self.coefficients = coefficients
  }

  /// - Parameter coefficients: three for each iteration, at least for one.
  public init(coefficients: [Double]) {
    precondition(!coefficients.isEmpty, "a polynomial has coefficients")
    name = nil
    self.coefficients = coefficients
  }

  public init?(parameterValue value: ParameterValue) {
    switch value {
    case .choice(let name): self.init(named: name)
    default:
      guard let numbers = [Double](parameterValue: value), !numbers.isEmpty else { return nil }
      self.init(coefficients: numbers)
    }
  }

  public var parameterValue: ParameterValue {
    name.map { .choice($0) } ?? coefficients.parameterValue
  }

  /// Of one iteration, counted from 0.
  func polynomial(at iteration: Int) -> (a: Double, b: Double, c: Double) {
    let start = 3 * min(iteration, coefficients.count / 3 - 1)
    return (coefficients[start], coefficients[start + 1], coefficients[start + 2])
  }

  /// That of Jordan et al. 2024.
  public static let original = NewtonSchulzPolynomials(
    name: "original", coefficients: published[0].coefficients)

  private init(name: String, coefficients: [Double]) {
    self.name = name
    self.coefficients = coefficients
  }

  static var domain: ParameterDomain {
    .either([.choice(published.map(\.name)), .list(of: .real, counts: 3...300)])
  }

  /// Jordan et al. 2024; the schedule of the speed runs of modded-nanogpt; Amsel et al. 2025 with safety factors 1.01 and 1.02.
  private static let published: [(name: String, coefficients: [Double])] = [
    ("original", [3.4445, -4.7750, 2.0315]),
    (
      "quintic",
      [
        4.0848, -6.8946, 2.9270, 3.9505, -6.3029, 2.6377, 3.7418, -5.5913, 2.3037,
        2.8769, -3.1427, 1.2046, 2.8366, -3.0525, 1.2012,
      ]
    ),
    (
      "polar_express",
      [
        8.237312490495555, -23.157747414558198, 16.680568411445915,
        4.082441999064835, -2.893047735332586, 0.5252849256975648,
        3.9263479922546582, -2.8547468034765298, 0.5318022422894988,
        3.2982187133085143, -2.424541981026706, 0.48632008358844075,
        2.2970369434552573, -1.63662558125903, 0.4002628455953627,
        1.8763805351440397, -1.2347896577722228, 0.35891887501668385,
        1.8564423485617974, -1.2132449880935525, 0.3568003487825883,
        1.8749994008682747, -1.2499988017229169, 0.3749994008546422,
      ]
    ),
    (
      "polar_express_safer",
      [
        8.156554524902461, -22.48329292557795, 15.878769915207462,
        4.0429299351667245, -2.808917465908704, 0.5000178451051299,
        3.8916678022926563, -2.7724841532176825, 0.5060648178503389,
        3.285753657755658, -2.3681294933425394, 0.46449024233003117,
        2.3005307116270983, -1.6111665557258408, 0.3833374427545273,
        1.8631210546382593, -1.2042160621002727, 0.3421879560523383,
        1.8382572152247512, -1.1779263289537742, 0.3396513038637379,
        1.8749999923301852, -1.2499999836060613, 0.374999991275876,
      ]
    ),
  ]
}

extension Parameter where Owner: Optimizer {
  static func newtonSchulzIterations(_ path: Path<Int>) -> Self {
    Parameter("iterations", path, .whole(atLeast: 0), "Newton–Schulz iterations per step")
  }

  static func newtonSchulzPolynomials(_ path: Path<NewtonSchulzPolynomials>) -> Self {
    Parameter(
      "coefficients", path, NewtonSchulzPolynomials.domain,
      "a, b and c of the Newton–Schulz polynomials, one iteration after the other, or the name of a published schedule"
    )
  }

  /// The conflict of coefficients that are no triples.
  static func triples(_ polynomials: NewtonSchulzPolynomials) -> [Conflict] {
    [Conflict](
      (
        !polynomials.coefficients.count.isMultiple(of: 3), "coefficients",
        "must be three numbers for each iteration"
      ))
  }
}
