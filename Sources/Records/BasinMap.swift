/// Which minimum each start of a grid reaches, and how soon.
package struct BasinMap: Sendable, Equatable {
  /// A minimum that starts may reach.
  package struct Minimum: Sendable, Equatable {
    package var point: Landscape.Point
    package var value: Double
    /// Whether the surface names it; others were found from where starts ended.
    package var isDeclared: Bool

    package init(point: Landscape.Point, value: Double, isDeclared: Bool) {
      self.point = point
      self.value = value
      self.isDeclared = isDeclared
    }
  }

  /// What became of a start.
  package enum Outcome: Sendable, Equatable {
    /// It stays within the radius of a minimum (its index) after this many steps.
    case reached(minimum: Int, steps: Int)
    /// It ended at no minimum: on the way, on a plateau, or swinging around one.
    case elsewhere
    /// It left the finite numbers.
    case diverged
  }

  package var surface: SurfaceRecord
  package var optimizer: String
  package var hyperparameters: [String: Setting]
  /// That every start was given.
  package var steps: Int
  /// Closer than this to a minimum is there.
  package var radius: Double
  package var x: Landscape.Axis
  package var y: Landscape.Axis
  package var minima: [Minimum]
  /// Row by row from the lowest y; `x.count` per row.
  package var outcomes: [Outcome]

  package init(
    surface: SurfaceRecord, optimizer: String, hyperparameters: [String: Setting], steps: Int,
    radius: Double, x: Landscape.Axis, y: Landscape.Axis, minima: [Minimum], outcomes: [Outcome]
  ) {
    precondition(outcomes.count == x.count * y.count, "a map has one outcome per start")
    self.surface = surface
    self.optimizer = optimizer
    self.hyperparameters = hyperparameters
    self.steps = steps
    self.radius = radius
    self.x = x
    self.y = y
    self.minima = minima
    self.outcomes = outcomes
  }

  /// How a minimum fared.
  package struct Share: Sendable, Equatable {
    /// Index into `minima`.
    package var minimum: Int
    /// Share of all starts that reach it.
    package var share: Double
    /// Steps of the starts that reach it, ascending.
    package var steps: [Int]

    /// The steps that half of them need at most.
    package var medianSteps: Int { steps[(steps.count - 1) / 2] }
  }

  /// Minima that some start reaches, the largest basin first.
  package var shares: [Share] {
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
  package func share(of outcome: Outcome) -> Double {
    Double(outcomes.count { $0 == outcome }) / Double(outcomes.count)
  }
}
