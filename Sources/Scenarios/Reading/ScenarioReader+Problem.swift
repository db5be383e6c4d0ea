import Parameters
import Surfaces
import Yams

extension ScenarioReader {
  /// `problem:` with one of the keys `surface`, `network` and `series`.
  func problem(_ node: Node) -> Scenario.Problem? {
    let kinds = ["surface", "network", "series"]
    guard let outer = MappingReader(node, name: "problem", keys: nil, issues: issues) else {
      return nil
    }
    let present = kinds.filter(outer.has)
    guard let kind = present.first, present.count == 1 else {
      if present.isEmpty {
        // Reports the misspelled key where there is one.
        if outer.keys.contains(where: { NearestName.nearest(to: $0, among: kinds) != nil }) {
          _ = MappingReader(
            node, name: "problem",
            keys: ScenarioKeys.keys(of: "problem").map { $0.required(false) },
            issues: issues)
        } else {
          issues.report("problem needs one of the keys \(kinds.joined(separator: ", "))", at: node)
        }
      } else {
        issues.report(
          "problem must have one of \(present.joined(separator: " and ")), not both", at: node)
      }
      return nil
    }
    switch kind {
    case "surface": return surface(node).map { .surface($0) }
    case "network": return node["network"].flatMap(network).map { .network($0) }
    default: return group(SeriesSmoothing.self, node).map { .series($0) }
    }
  }

  private func surface(_ problem: Node) -> SurfaceProblem? {
    guard let node = problem["surface"] else { return nil }
    if node.mapping != nil { return expressionSurface(node, problem) }
    let key = ScenarioKeys.key("surface", of: "problem")
    guard case .text(let name)? = value(of: key, from: node) else { return nil }
    guard let type = SurfaceCatalogue.surface(named: name) else {
      issues.report(
        "unknown surface '\(name)'\(NearestName.hint(for: name, among: SurfaceCatalogue.names))",
        at: node)
      return nil
    }
    let keys = [key] + type.descriptions + SurfaceOptions.descriptions
    guard let reader = MappingReader(problem, name: "problem", keys: keys, issues: issues) else {
      return nil
    }
    let surface = parameterized(type.init(), reader)
    let options = group(SurfaceOptions.self, from: reader)
    if let start = options.start, start.count != surface.dimension {
      issues.report(
        "'start' must have \(surface.dimension) coordinates, not \(start.count)",
        at: reader["start"])
      return nil
    }
    return checked(
      SurfaceProblem(surface: surface, start: surface.defaultStart, options: options), reader)
  }

  /// Reports a start without a loss, and a part to draw that suits no chart.
  func checked(_ problem: SurfaceProblem, _ reader: MappingReader) -> SurfaceProblem {
    if problem.domain != nil, problem.surface.dimension != 2 {
      issues.report("'domain' goes with a surface of 2 coordinates", at: reader["domain"])
    }
    let loss = problem.surface.value(at: problem.start.span)
    if !loss.isFinite {
      issues.report(
        "the loss at the start is not finite: \(loss.isNaN ? "nan" : "\(loss)")",
        at: reader["start"] ?? reader["surface"] ?? reader.node)
    }
    return problem
  }

  private func parameterized<S: Surface>(_ surface: S, _ reader: MappingReader) -> any Surface {
    var surface = surface
    set(S.descriptions, of: &surface, from: reader)
    report(surface.conflicts, in: reader)
    return surface
  }
}
