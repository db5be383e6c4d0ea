import Parameters
import Randomness
package import Scenarios
package import Surfaces

extension SurfaceProblem {
  /// Draws of a start of which each but the last has no finite loss.
  package static let drawLimit = 1000

  /// The problem of one seed: with its start and its instance, and nothing left to draw.
  ///
  /// A start at which the loss or a derivative is not finite is drawn again, up to `drawLimit` times; the last draw is taken
  /// whatever its loss. It depends on the seed alone, never on the optimizer.
  package func replicate(masterSeed: UInt64, seedIndex: Int) -> SurfaceProblem {
    guard replicates.isRandom else { return self }
    var own = self
    own.replicates = SurfaceReplicates()
    if let instances = replicates.instances {
      own.instance = SurfaceInstance(
        of: surface, rotates: instances.rotates, shift: instances.shift, center: center,
        masterSeed: masterSeed, seedIndex: seedIndex)
    }
    guard let starts = replicates.starts else { return own }
    var key = RandomKey(masterSeed: masterSeed, purpose: .start, seedIndex: seedIndex)
    for draw in 0..<Self.drawLimit {
      key.step = draw
      var generator = key.generator()
      own.start = self.start(of: starts, &generator)
      if own.hasFiniteStart { break }
    }
    return own
  }

  /// Whether an optimizer can make a step from the start.
  package var hasFiniteStart: Bool {
    var gradient = [Double](repeating: 0, count: start.count)
    var span = gradient.mutableSpan
    return function.value(at: start.span, gradient: &span).isFinite
      && gradient.allSatisfy(\.isFinite)
  }

  /// The rectangle of random starts, and what charts show.
  package var region: SurfaceDomain { domain ?? surface.domain }

  /// The middle of the starts, which rotations leave where it is.
  package var center: [Double] {
    guard replicates.starts?.region == .domain else { return start }
    return [region.x, region.y].map { $0.lowerBound + ($0.upperBound - $0.lowerBound) / 2 }
  }

  private func start(of starts: RandomStarts, _ generator: inout KeyedGenerator) -> [Double] {
    switch starts.region {
    case .domain:
      [region.x, region.y].map {
        $0.lowerBound + ($0.upperBound - $0.lowerBound) * generator.uniform()
      }
    case .around:
      start.map { $0 + (starts.deviation ?? 0) * generator.normal() }
    }
  }
}

extension Scenario.Problem {
  /// The problem of one seed; networks differ by what is drawn while they train.
  func replicate(masterSeed: UInt64, seedIndex: Int) -> Self {
    guard case .surface(let problem) = self else { return self }
    return .surface(problem.replicate(masterSeed: masterSeed, seedIndex: seedIndex))
  }
}

extension Scenario {
  /// Random starts, and starts on random instances, from which no optimizer can make a step: one issue per seed.
  func lostStarts(masterSeed: UInt64, seeds: Range<Int>) -> [ScenarioIssue] {
    problems.flatMap { problem -> [ScenarioIssue] in
      guard case .surface(let problem) = problem, problem.replicates.isRandom else { return [] }
      let draws =
        problem.replicates.starts == nil ? "" : ", in each of \(SurfaceProblem.drawLimit) draws"
      return seeds.compactMap { seed in
        let own = problem.replicate(masterSeed: masterSeed, seedIndex: seed)
        guard !own.hasFiniteStart else { return nil }
        let loss = own.function.value(at: own.start.span)
        return ScenarioIssue(
          path: path, line: nil,
          message:
            "seed \(seed): the \(loss.isFinite ? "gradient" : "loss") at the start is not finite\(loss.isFinite ? "" : ": \(loss)")\(draws)"
        )
      }
    }
  }
}
