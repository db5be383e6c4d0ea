import Parameters
import Surfaces
import Yams

extension ScenarioReader {
  /// `starts:` and `instances:` of a scenario, checked against every problem that is run.
  func replicates(
    _ reader: MappingReader, for problems: [Scenario.Problem]
  ) -> SurfaceReplicates {
    var replicates = SurfaceReplicates()
    set(SurfaceReplicates.descriptions, of: &replicates, from: reader)
    let surfaces = problems.compactMap { problem -> SurfaceProblem? in
      if case .surface(let surface) = problem { surface } else { nil }
    }
    guard surfaces.count == problems.count else {
      for key in SurfaceReplicates.descriptions {
        guard let node = reader[key.name] else { continue }
        issues.report("'\(key.name)' is for surfaces; use 'seeds' for networks", at: node)
      }
      return replicates
    }
    if let starts = replicates.starts, let node = reader["starts"] {
      check(starts, at: node, of: surfaces, in: reader)
    }
    if let instances = replicates.instances, let node = reader["instances"] {
      check(instances, at: node, of: surfaces)
    }
    return replicates
  }

  private func check(
    _ starts: RandomStarts, at node: Node, of surfaces: [SurfaceProblem], in reader: MappingReader
  ) {
    if let seeds = reader["seeds"] {
      issues.report("'starts' has the number of runs as 'count'; leave 'seeds' out", at: seeds)
    }
    guard starts.region == .domain else { return }
    let place = node["region"] ?? node
    if let other = surfaces.first(where: { $0.surface.dimension != 2 }) {
      issues.report(
        "'region: domain' needs a surface of 2 coordinates, not \(other.surface.dimension); use 'region: around' with a 'deviation'",
        at: place)
    } else if surfaces.contains(where: { $0.surface is ExpressionSurface && $0.domain == nil }) {
      issues.report(
        "'region: domain' needs a 'domain' in the problem: a formula has none of its own", at: place
      )
    }
    if let start = reader["problem"]?["start"],
      surfaces.contains(where: { !($0.surface is ExpressionSurface) })
    {
      issues.report(
        "'start' has no effect with 'region: domain'; leave it out, or use 'region: around'",
        at: start)
    }
  }

  private func check(
    _ instances: RandomInstances, at node: Node, of surfaces: [SurfaceProblem]
  ) {
    if instances.isIdle {
      issues.report("'instances' needs 'rotate: true' or a 'shift' above 0", at: node)
    }
    let limits = 2...SurfaceInstance.rotatedDimensionLimit
    guard instances.rotates,
      let other = surfaces.first(where: { !limits.contains($0.surface.dimension) })
    else { return }
    issues.report(
      "'rotate' needs a surface of \(limits.lowerBound) to \(limits.upperBound) coordinates, not \(other.surface.dimension)",
      at: node["rotate"] ?? node)
  }
}

extension Scenario.Problem {
  /// The same problem, with what differs between its runs; networks as they are.
  func with(_ replicates: SurfaceReplicates) -> Self {
    guard case .surface(var problem) = self else { return self }
    problem.replicates = replicates
    return .surface(problem)
  }
}
