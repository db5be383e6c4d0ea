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
          }, tuning: $0.tuning)
      },
      trials: trials.map {
        TrialReference(optimizer: $0.entrant.label, seed: $0.seedIndex, key: $0.key)
      },
      charts: scenario.charts, about: scenario.about, command: scenario.command,
      changes: scenario.madeChanges.isEmpty ? nil : scenario.madeChanges)
    switch scenario.problem {
    case .surface(let problem):
      landscape = Landscape(problem)
      if !problem.surface.isBoundedBelow { isUnbounded = true }
    case .network: break
    case .series(let smoothing): self.smoothing = try Smoothing(smoothing)
    }
  }
}

extension Landscape {
  private static let samplesPerAxis = 201

  /// Samples the surface over its domain; `nil` unless it has two coordinates.
  init?(_ problem: SurfaceProblem) {
    let surface = problem.surface
    guard surface.dimension == 2 else { return nil }
    let samples = Self.samplesPerAxis
    let domain = (problem.domain ?? surface.domain).extended(toHold: problem.start)
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
