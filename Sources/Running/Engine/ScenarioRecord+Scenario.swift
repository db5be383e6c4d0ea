import Datasets
import Optimizers
import Parameters
import Records
import Scenarios
import Surfaces

extension ScenarioRecord {
  /// The record of a scenario, from which reports are made without the problem's code.
  init(_ scenario: Scenario, trials: [Trial]) throws(DatasetError) {
    self.init(
      name: scenario.name, title: scenario.title,
      problem: scenario.problemRecord, budget: scenario.budgetRecord, kind: scenario.kind,
      rankedBy: scenario.rankingMetric, target: scenario.target,
      optimizers: scenario.entrants.map {
        Participant(
          label: $0.label, rule: $0.rule, hyperparameters: $0.settings,
          variant: $0.variant.map {
            Participant.Variant(
              label: $0.label, optimizer: $0.optimizer, changes: $0.changes,
              values: $0.values, labelParts: $0.labelParts)
          }, tuning: $0.tuning, chosenSettings: $0.chosenSettings,
          lowestValue: scenario.otherLowestValue(of: $0))
      },
      trials: trials.map {
        TrialReference(optimizer: $0.entrant.label, seed: $0.seedIndex, key: $0.key)
      },
      charts: scenario.charts, about: scenario.about, command: scenario.command,
      changes: scenario.madeChanges.isEmpty ? nil : scenario.madeChanges,
      isRandom: scenario.kind == .smoothing ? nil : scenario.isRandom)
    switch scenario.problem {
    case .surface(let problem):
      landscape = Landscape(problem, of: trials)
      if !problem.surface.isBoundedBelow { isUnbounded = true }
      lowestValue = scenario.problem.lowestValue
    case .network: break
    case .series(let smoothing): self.smoothing = try Smoothing(smoothing)
    }
  }
}

extension Entrant {
  /// A choice may fall on the default; settings around the rule, such as a schedule, are choices too.
  fileprivate var chosenSettings: SettingsKind {
    hasWrittenSettings || !extras.isEmpty ? .handPicked : .defaults
  }
}

extension Scenario {
  /// Known lowest value of the surface that an entrant's variant runs on, if it is not the scenario's own.
  fileprivate func otherLowestValue(of entrant: Entrant) -> Double? {
    let own = problem(of: entrant).lowestValue
    return own == problem.lowestValue ? nil : own
  }
}

extension Scenario.Problem {
  /// Known lowest value of a surface.
  fileprivate var lowestValue: Double? {
    guard case .surface(let problem) = self, problem.surface.isBoundedBelow else { return nil }
    return problem.surface.criticalPoints.filter { $0.kind == .minimum }.map(\.value).min()
  }
}

extension Landscape {
  private static let samplesPerAxis = 201

  /// Samples the surface of the first seed over its domain; `nil` unless it has two coordinates.
  ///
  /// - Parameter trials: of the scenario; the starts of those that charts draw are in the picture.
  init?(_ problem: SurfaceProblem, of trials: [Trial]) {
    guard problem.surface.dimension == 2 else { return nil }
    let seeds = (trials.map(\.seedIndex).max() ?? 0) + 1
    let drawn = min(seeds, SurfaceRecord(problem).drawnSeeds)
    let replicates = (0..<drawn).map { seed in
      trials.first.map { problem.replicate(masterSeed: $0.masterSeed, seedIndex: seed) } ?? problem
    }
    let problem = replicates[0]
    let surface = problem.function
    let samples = Self.samplesPerAxis
    let domain = replicates.reduce(problem.region) { $0.extended(toHold: $1.start) }
    let x = Axis(lower: domain.x.lowerBound, upper: domain.x.upperBound, count: samples)
    let y = Axis(lower: domain.y.lowerBound, upper: domain.y.upperBound, count: samples)
    let values = (0..<samples).flatMap { row in
      (0..<samples).map { column in
        let point = [x.position(column), y.position(row)]
        return surface.value(at: point.span)
      }
    }
    self.init(
      x: x, y: y, values: values, start: Point(x: problem.start[0], y: problem.start[1]),
      landmarks: surface.criticalPoints.map {
        Landmark(
          kind: $0.kind == .minimum ? .minimum : .saddle,
          point: Point(x: $0.point[0], y: $0.point[1]))
      })
  }
}

extension SurfaceDomain {
  /// The same rectangle, widened where `point` lies outside, with a twentieth of the width to spare.
  fileprivate func extended(toHold point: [Double]) -> SurfaceDomain {
    func extended(_ range: ClosedRange<Double>, _ value: Double) -> ClosedRange<Double> {
      guard !range.contains(value) else { return range }
      let lower = min(range.lowerBound, value)
      let upper = max(range.upperBound, value)
      let margin = (upper - lower) / 20
      return value < range.lowerBound ? (lower - margin)...upper : lower...(upper + margin)
    }
    return SurfaceDomain(x: extended(x, point[0]), y: extended(y, point[1]))
  }
}

extension Smoothing {
  init(_ smoothing: SeriesSmoothing) throws(DatasetError) {
    let series = try SeriesCatalogue.load(smoothing.series)
    self.init(
      quantity: series.quantity, firstDay: series.firstDay, values: series.values,
      averages: smoothing.betas.map { beta in
        let averages = ExponentialMovingAverage<Double>(beta: beta).averages(of: series.values)
        return Average(beta: beta, average: averages.plain, corrected: averages.corrected)
      })
  }
}
