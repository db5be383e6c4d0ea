import Parameters
import Surfaces

extension KindList {
  static let surfaces = KindList(
    kind: .surfaces,
    columns: ["name", "title", "formula", "source", "parameter", "default", "allowed", "meaning"],
    headings: ["name", "equation", "source"],
    entries: SurfaceCatalogue.all.map { ListEntry(surface: $0) } + [.expression])
}

extension ListEntry {
  fileprivate init(surface type: any Surface.Type) {
    let surface = type.init()
    let minima = Self.points(of: surface, .minimum)
    let saddles = Self.points(of: surface, .saddle)
    self.init(
      type, summary: type.title, line: [type.name, type.equation, type.source],
      facts: [
        Fact("dimension", "\(surface.dimension)"),
        Fact("start", Self.text(of: surface.defaultStart)),
        Fact("minima", minima), Fact("saddles", saddles),
        Fact("in a scenario", "problem: {surface: \(type.name)}"),
      ].filter { !$0.text.isEmpty })
    rows = rows(after: [type.name, type.title, type.equation, type.source].map { .text($0) })
  }

  /// A function that the scenario writes.
  fileprivate static let expression = {
    let title = "a formula of your own"
    let allowed = "a formula of x and y, or of x1, x2 …, such as x^2 + 10*y^2"
    var entry = ListEntry(
      name: "expression", line: ["expression", "as written", "the scenario"], rows: [],
      summary: title,
      facts: [
        Fact("written", allowed),
        Fact("functions", Expression.functionNames.joined(separator: " ")),
        Fact("in a scenario", #"problem: {surface: {expression: "x^2 + 10*y^2"}, start: [1, 1]}"#),
      ])
    entry.rows = [
      [
        "expression", .text(title), "as written", "the scenario", "expression", .absent,
        .text(allowed),
        .text(
          "a surface of your own; functions: \(Expression.functionNames.joined(separator: " "))"),
      ]
    ]
    return entry
  }()

  /// At most six.
  private static func points(of surface: some Surface, _ kind: CriticalPoint.Kind) -> String {
    let points = surface.criticalPoints.filter { $0.kind == kind }.map(\.point)
    let more = points.count > 6 ? " and \(points.count - 6) more" : ""
    return points.prefix(6).map(text).joined(separator: ", ") + more
  }

  /// At most four coordinates.
  private static func text(of point: [Double]) -> String {
    let shown = point.prefix(4).map { ParameterValue.number($0).description }
    return "(\((shown + (point.count > 4 ? ["…"] : [])).joined(separator: ", ")))"
  }
}
