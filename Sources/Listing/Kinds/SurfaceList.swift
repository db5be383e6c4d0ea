import Parameters
import Surfaces

extension KindList {
  static let surfaces = KindList(
    kind: .surfaces,
    columns: ["name", "title", "formula", "source", "parameter", "default", "allowed", "meaning"],
    headings: ["name", "equation", "source"],
    entries: SurfaceCatalogue.all.map { ListEntry($0) } + [.expression])
}

extension ListEntry {
  fileprivate init(_ type: any Surface.Type) {
    let surface = type.init()
    self.init(
      surface: type.name, title: type.title, equation: type.equation, source: type.source,
      parameters: type.descriptions.map {
        var parameter = ListedParameter($0)
        // A matrix as a default is too long for a line.
        if case .list = $0.domain { parameter.standard = .absent }
        return parameter
      })
    facts += [
      Fact("dimension", "\(surface.dimension)"),
      Fact("start", Self.point(surface.defaultStart)),
    ]
    for kind in [CriticalPoint.Kind.minimum, .saddle] {
      let points = surface.criticalPoints.filter { $0.kind == kind }
      guard !points.isEmpty else { continue }
      facts.append(
        Fact(
          kind == .minimum ? "minima" : "saddles",
          points.prefix(6).map { Self.point($0.point) }.joined(separator: ", ")
            + (points.count > 6 ? " and \(points.count - 6) more" : "")))
    }
    facts.append(Fact("in a scenario", "problem: {surface: \(type.name)}"))
  }

  private init(
    surface name: String, title: String, equation: String, source: String,
    parameters: [ListedParameter]
  ) {
    self.name = name
    summary = title
    line = [name, equation, source]
    let head: [ListCell] = [.text(name), .text(title), .text(equation), .text(source)]
    rows =
      parameters.isEmpty
      ? [head + [.absent, .absent, .absent, .absent]]
      : parameters.map {
        head + [.text($0.name), $0.standard, .text($0.allowed), .text($0.meaning)]
      }
    facts = [Fact("equation", equation), Fact("source", source)]
    sections = [Section(parameters: parameters)].compactMap(\.self)
  }

  /// A function that the scenario writes.
  fileprivate static let expression = {
    var entry = ListEntry(
      surface: "expression", title: "A formula of your own", equation: "as written",
      source: "the scenario",
      parameters: [
        ListedParameter(
          name: "expression", standard: .absent,
          allowed: "a formula of x and y, or of x1, x2 …, such as x^2 + 10*y^2",
          meaning:
            "a surface of your own; functions: \(Expression.functionNames.joined(separator: " "))")
      ])
    entry.facts.append(
      Fact("in a scenario", #"problem: {surface: {expression: "x^2 + 10*y^2"}, start: [1, 1]}"#))
    return entry
  }()

  /// Long points are cut after four coordinates.
  private static func point(_ coordinates: [Double]) -> String {
    let shown = coordinates.prefix(4).map { ParameterValue.number($0).description }
    return "(\((shown + (coordinates.count > 4 ? ["…"] : [])).joined(separator: ", ")))"
  }
}
