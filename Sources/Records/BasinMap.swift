/// Which minimum each start of a grid reaches, and how soon.
public struct BasinMap: Sendable, Equatable {
  /// A minimum that starts may reach.
  public struct Minimum: Sendable, Equatable {
    public var point: Landscape.Point
    public var value: Double
    /// Whether the surface names it; others were found from where starts ended.
    public var isDeclared: Bool

    public init(point: Landscape.Point, value: Double, isDeclared: Bool) {
      self.point = point
      self.value = value
      self.isDeclared = isDeclared
    }
  }

  /// What became of a start.
  public enum Outcome: Sendable, Equatable {
    /// It stays within the radius of a minimum (its index) after this many steps.
    case reached(minimum: Int, steps: Int)
    /// It ended at no minimum: on the way, on a plateau, or swinging around one.
    case elsewhere
    /// It left the finite numbers.
    case diverged
  }

  /// Title of the surface.
  public var surface: String
  /// The formula, in a line.
  public var problem: String
  public var optimizer: String
  /// Hyperparameters, in a line.
  public var settings: String
  /// That every start was given.
  public var steps: Int
  /// Closer than this to a minimum is there.
  public var radius: Double
  public var x: Landscape.Axis
  public var y: Landscape.Axis
  public var minima: [Minimum]
  /// Row by row from the lowest y; `x.count` per row.
  public var outcomes: [Outcome]

  public init(
    surface: String, problem: String, optimizer: String, settings: String, steps: Int,
    radius: Double, x: Landscape.Axis, y: Landscape.Axis, minima: [Minimum], outcomes: [Outcome]
  ) {
    precondition(outcomes.count == x.count * y.count, "a map has one outcome per start")
    self.surface = surface
    self.problem = problem
    self.optimizer = optimizer
    self.settings = settings
    self.steps = steps
    self.radius = radius
    self.x = x
    self.y = y
    self.minima = minima
    self.outcomes = outcomes
  }

  /// How a minimum fared.
  public struct Share: Sendable, Equatable {
    /// Index into `minima`.
    public var minimum: Int
    /// Share of all starts that reach it.
    public var share: Double
    /// Steps of the starts that reach it, ascending.
    public var steps: [Int]

    /// The steps that half of them need at most.
    public var medianSteps: Int { steps[(steps.count - 1) / 2] }
  }

  /// Minima that some start reaches, the largest basin first.
  public var shares: [Share] {
    var steps = [[Int]](repeating: [], count: minima.count)
    for case .reached(let minimum, let count) in outcomes { steps[minimum].append(count) }
    return steps.indices.filter { !steps[$0].isEmpty }
      .map {
        Share(
          minimum: $0, share: Double(steps[$0].count) / Double(outcomes.count),
          steps: steps[$0].sorted())
      }
      .sorted { ($1.share, $0.minimum) < ($0.share, $1.minimum) }
  }

  /// Share of the starts with an outcome other than a minimum.
  public func share(of outcome: Outcome) -> Double {
    Double(outcomes.count { $0 == outcome }) / Double(outcomes.count)
  }
}
