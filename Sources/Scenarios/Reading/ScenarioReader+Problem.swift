import Parameters
import Surfaces
import Yams

extension ScenarioReader {
  /// `problem:` with one of the keys `surface`, `network` and `series`.
  func problem(_ node: Node) -> Scenario.Problem? {
    guard let reader = MappingReader(node, name: "problem", issues: issues) else { return nil }
    defer { reader.finish() }
    let kinds = ["surface", "network", "series"]
    let present = kinds.filter(reader.has)
    guard present.count <= 1 else {
      for kind in kinds { _ = reader.take(kind) }
      issues.report(
        "problem must have one of \(present.joined(separator: " and ")), not both", at: node)
      return nil
    }
    if let value = reader.take("surface") { return surface(value, reader).map { .surface($0) } }
    if let value = reader.take("network") { return network(value).map { .network($0) } }
    if let value = reader.take("series") { return series(value, reader).map { .series($0) } }
    // Names the slip itself when there is one.
    if !reader.keys.contains(where: { NearestName.nearest(to: $0, among: kinds) != nil }) {
      issues.report("problem needs one of the keys \(kinds.joined(separator: ", "))", at: node)
    }
    return nil
  }

  private func surface(_ node: Node, _ reader: MappingReader) -> SurfaceProblem? {
    if node.mapping != nil { return expressionSurface(node, reader) }
    guard let name = reader.text(of: node, called: "surface") else { return nil }
    guard let type = SurfaceCatalogue.surface(named: name) else {
      issues.report(
        "unknown surface '\(name)'\(NearestName.hint(for: name, among: SurfaceCatalogue.names))",
        at: node)
      // Its parameters are unknown too; naming them would only add noise.
      for key in reader.keys { _ = reader.take(key) }
      return nil
    }
    let surface = parametrised(type.init(), reader)
    let start = reader.numbers("start")
    if let start, start.count != surface.dimension {
      issues.report(
        "'start' must have \(surface.dimension) coordinates, not \(start.count)",
        at: reader.take("start"))
      return nil
    }
    return problem(on: surface, start: start ?? surface.defaultStart, reader)
  }

  /// The keys that every surface has.
  func problem(
    on surface: any Surface, start: [Double], _ reader: MappingReader
  ) -> SurfaceProblem {
    SurfaceProblem(
      surface: surface, start: start,
      gradientNoise: gradientNoise(reader) ?? surface.gradientNoise,
      domain: domain(reader, dimension: surface.dimension))
  }

  private func gradientNoise(_ reader: MappingReader) -> Double? {
    guard let node = reader.take("gradient_noise") else { return nil }
    if let deviation = node.plainNumber, deviation >= 0 { return deviation }
    issues.report(
      "'gradient_noise' must be a deviation of at least 0, not \(node.quoted)", at: node)
    return nil
  }

  /// `domain: [[-2, 2], [-1, 3]]`, what is drawn of a plane.
  private func domain(_ reader: MappingReader, dimension: Int) -> SurfaceDomain? {
    guard let node = reader.take("domain") else { return nil }
    guard dimension == 2 else {
      issues.report("'domain' says what to draw of a surface of 2 coordinates", at: node)
      return nil
    }
    let sides = node.sequence?.map { $0.sequence?.map(\.plainNumber) ?? [] } ?? []
    let bounds = sides.map { $0.compactMap(\.self) }
    guard bounds.count == 2, zip(sides, bounds).allSatisfy({ $0.count == 2 && $1.count == 2 }),
      bounds.allSatisfy({ $0[0] < $0[1] && ($0[1] - $0[0]).isFinite })
    else {
      issues.report(
        "'domain' must be two intervals such as [[-2, 2], [-1, 3]], not \(node.quoted)", at: node)
      return nil
    }
    return SurfaceDomain(x: bounds[0][0]...bounds[0][1], y: bounds[1][0]...bounds[1][1])
  }

  private func parametrised<S: Surface>(_ surface: S, _ reader: MappingReader) -> any Surface {
    var surface = surface
    set(S.descriptions, of: &surface, from: reader)
    return surface
  }

  private func series(_ node: Node, _ reader: MappingReader) -> SeriesSmoothing? {
    let name = reader.text(of: node, called: "series")
    if let name, !SeriesCatalogue.names.contains(name) {
      issues.report(
        "unknown series '\(name)'\(NearestName.hint(for: name, among: SeriesCatalogue.names))",
        at: node)
    }
    guard reader.has("betas") else {
      _ = reader.require("betas")
      return nil
    }
    guard let betas = reader.numbers("betas") else { return nil }
    guard betas.allSatisfy({ (0..<1).contains($0) }), Set(betas).count == betas.count else {
      issues.report(
        "'betas' must be different numbers of at least 0 and below 1", at: reader.take("betas"))
      return nil
    }
    return name.map { SeriesSmoothing(series: $0, betas: betas) }
  }
}
