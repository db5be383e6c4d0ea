package import Parameters
package import Surfaces

/// A surface and where to start on it.
package struct SurfaceProblem: Sendable {
  package var surface: any Surface
  package var start: [Double]
  /// Standard deviation of the normal noise on each derivative, 0 for none. The loss that is recorded has no noise.
  package var gradientNoise: Double
  /// The part that charts show, where not the surface's own.
  package var domain: SurfaceDomain?
  /// What differs between seeds, before `replicate(masterSeed:seedIndex:)` settles it.
  package var replicates = SurfaceReplicates()
  /// The surface of one seed, where it differs between seeds.
  package var instance: SurfaceInstance?

  /// - Parameter start: used where `options` have none.
  package init(surface: any Surface, start: [Double], options: SurfaceOptions = SurfaceOptions()) {
    self.surface = surface
    self.start = options.start ?? start
    gradientNoise = options.gradientNoise ?? surface.gradientNoise
    domain = options.domain
  }

  /// Whether seeds make a difference.
  package var isRandom: Bool {
    gradientNoise > 0 || surface.batchNoise != nil || replicates.isRandom
  }

  /// What is minimized.
  package var function: any Surface { instance ?? surface }

  /// What is added to the gradients of one seed.
  package func gradientTerms(masterSeed: UInt64, seedIndex: Int) -> [any GradientTerm] {
    var terms: [any GradientTerm] = []
    if let batches = function.batchNoise {
      terms.append(batches.term(masterSeed: masterSeed, seedIndex: seedIndex))
    }
    if gradientNoise > 0 {
      terms.append(
        GradientNoise(
          deviation: gradientNoise, masterSeed: masterSeed, seedIndex: seedIndex))
    }
    return terms
  }
}

/// The keys that every surface has beside its own parameters.
package struct SurfaceOptions: Parameterized {
  package static let name = "problem"
  package static let parameters: [Parameter<SurfaceOptions>] = [
    Parameter(
      "start", \.start,
      .phrased(
        "a list of numbers up to 1e100 in size, such as [0.5, 1]",
        .list(of: coordinate, counts: 1...1_000_000)), absent: "the surface's own",
      "initial parameters, one number per coordinate"),
    Parameter(
      "gradient_noise", \.gradientNoise,
      .phrased("a standard deviation of at least 0", .nonNegative), absent: "the surface's own",
      "standard deviation of the normal noise on each derivative"),
    Parameter(
      "domain",
      .phrased(
        "two intervals such as [[-2, 2], [-1, 3]]",
        .list(of: .list(of: coordinate, counts: 2...2, isIncreasing: true), counts: 2...2)),
      absent: "the surface's own", "part of a surface of two coordinates that charts show",
      get: { $0.domain?.parameterValue ?? .absent },
      set: { $0.domain = SurfaceDomain($1) }),
  ]

  /// Distances between two of them, and their squares, are finite.
  private static let coordinate = ParameterDomain.number(in: -1e100...1e100)

  package var start: [Double]?
  package var gradientNoise: Double?
  package var domain: SurfaceDomain?

  package init() {}
}

extension SurfaceDomain {
  fileprivate var parameterValue: ParameterValue {
    [[x.lowerBound, x.upperBound], [y.lowerBound, y.upperBound]].parameterValue
  }

  fileprivate init?(_ value: ParameterValue) {
    guard let bounds = [[Double]](parameterValue: value), bounds.count == 2 else { return nil }
    self.init(x: bounds[0][0]...bounds[0][1], y: bounds[1][0]...bounds[1][1])
  }
}

/// The key of a surface that the scenario defines itself.
package struct ExpressionOptions: Parameterized {
  package static let name = "surface"
  package static let parameters: [Parameter<ExpressionOptions>] = [
    Parameter(
      "expression", \.expression, .text("a formula of one line, such as x^2 + 10*y^2"),
      "formula of x and y, or of x1, x2, …; functions: \(Expression.functionNames.joined(separator: " "))"
    ).required()
  ]

  package var expression = ""

  package init() {}
}

/// A measured series and the averages to take of it.
package struct SeriesSmoothing: Parameterized {
  package static let name = "problem"
  package static let parameters: [Parameter<SeriesSmoothing>] = [
    Parameter(
      "series", .choice(SeriesCatalogue.names), "measured series",
      get: { .choice($0.series) },
      set: { if case .choice(let name) = $1 { $0.series = name } }
    ).required(),
    Parameter(
      "betas", \.betas, .list(of: .fraction, counts: 1...1000),
      "decay rates of the moving averages, each different"
    ).required(),
  ]

  package var series = ""
  package var betas: [Double] = []

  package init() {}

  package var conflicts: [Conflict] {
    [Conflict]((Set(betas).count != betas.count, "betas", "must be different numbers"))
  }
}
