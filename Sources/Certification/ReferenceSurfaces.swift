import Parameters
import Surfaces

/// The functions of reference files.
enum ReferenceSurfaces {
  /// A function that files know by a name and constants, written as an expression.
  private struct Named {
    /// The constants with the values that the name alone means.
    var constants: [String: Double]
    /// Of the number of coordinates; `nil` if there is no such function.
    var expression: @Sendable (Int) -> String?
  }

  private static let named: [String: Named] = [
    "rosenbrock": Named(constants: ["a": 1, "b": 100]) { count in
      guard count > 1 else { return nil }
      return (1..<count).map { "(a - x\($0))^2 + b*(x\($0 + 1) - x\($0)^2)^2" }
        .joined(separator: " + ")
    },
    "quadratic": Named(constants: ["cx": 1, "cy": 100]) { count in
      count == 2 ? "0.5*(cx*x^2 + cy*y^2)" : nil
    },
  ]

  /// The function of a name: of reference files, of the catalogue, or as the file's formula has it.
  static func surface(
    named name: String, _ constants: [String: ReferenceValue], _ recorded: TrajectoryCase
  ) throws(CaseError) -> any Surface {
    if name == "expression" {
      guard let text = recorded.expression ?? formula(of: recorded) else {
        throw .malformed(field: "expression", reason: "is missing")
      }
      return try expression(text, constants, recorded, "expression")
    }
    if let text = recorded.expression {
      return try expression(text, constants, recorded, "expression")
    }
    if let function = named[name], constants.keys.allSatisfy({ function.constants[$0] != nil }) {
      let all = function.constants.mapValues { ReferenceValue.number($0) }
        .merging(constants) { $1 }
      let isUsual = all == function.constants.mapValues { .number($0) }
      // The name alone means the surface of the catalogue, in any number of coordinates.
      if !(isUsual && name == Rosenbrock.name), let text = function.expression(recorded.start.count)
      {
        return try expression(text, all, recorded, "constants")
      }
    }
    return try catalogued(name, constants, recorded)
  }

  /// A surface of the catalogue whose parameters are the constants, or the formula if there are other constants.
  private static func catalogued(
    _ name: String, _ constants: [String: ReferenceValue], _ recorded: TrajectoryCase
  ) throws(CaseError) -> any Surface {
    let usual = named[name]?.constants ?? [:]
    let type = SurfaceCatalogue.surface(named: name)
    let known = Set(type.map { $0.descriptions.map(\.name) } ?? [])
    let unknown = constants.keys.sorted().first {
      !known.contains($0) && usual[$0].map(ReferenceValue.number) != constants[$0]
    }
    guard let type, unknown == nil else {
      if let text = formula(of: recorded),
        let surface = try? expression(text, constants, recorded, "formula")
      {
        return surface
      }
      guard type != nil, let unknown else { throw .notCovered("problem '\(name)'") }
      throw .notCovered("constant '\(unknown)' of problem '\(name)'")
    }
    var surface = type.init()
    let count = recorded.start.count
    var settings = constants.filter { known.contains($0.key) }
    if known.contains("dimension"), settings["dimension"] == nil {
      settings["dimension"] = .number(Double(count))
    }
    try set(settings, of: &surface)
    try CaseError.require(
      surface.dimension == count, "start",
      "has \(count) numbers, but problem '\(name)' has \(surface.dimension) coordinates")
    return surface
  }

  /// An expression with the constants in the places of their names.
  static func expression(
    _ text: String, _ constants: [String: ReferenceValue], _ recorded: TrajectoryCase,
    _ field: String
  ) throws(CaseError) -> any Surface {
    let start = recorded.start
    try CaseError.require(
      start.count <= Expression.largestDimension, "start",
      "has \(start.count) numbers, an expression at most \(Expression.largestDimension) coordinates"
    )
    var numbers: [String: Double] = [:]
    for (name, value) in constants {
      try CaseError.require(
        name.wholeMatch(of: /x|y|z|x[0-9]+/) == nil, "constants.\(name)", "is a coordinate's name")
      guard case .number(let number) = value, number.isFinite else {
        throw .malformed(field: "constants.\(name)", reason: "must be a number, not \(value)")
      }
      numbers[name] = number
    }
    let result: Expression
    do throws(ExpressionError) {
      result = try Expression(substituting(numbers, in: text), dimension: start.count)
    } catch {
      throw .malformed(field: field, reason: "\(error)")
    }
    // A flat second coordinate may be meant; a third one is a slip.
    try CaseError.require(
      start.count <= max(2, result.usedDimension), "start",
      "has \(start.count) numbers, of which the function uses the first \(result.usedDimension)")
    return ExpressionSurface(result, start: start)
  }

  /// Between `f =` and the first semicolon, after which derivatives follow.
  private static func formula(of recorded: TrajectoryCase) -> String? {
    guard let first = recorded.formula?.split(separator: ";").first,
      let match = first.firstMatch(of: /^\s*f(?:\([^)]*\))?\s*=(.*)$/.dotMatchesNewlines())
    else { return nil }
    return String(match.1)
  }

  /// Names that are whole words and no functions become numbers, Python's power ours.
  private static func substituting(_ constants: [String: Double], in text: String) -> String {
    text.replacing("**", with: "^")
      .replacing(/(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*/) {
        word in
        constants[String(word.output)].map { "(\($0))" } ?? String(word.output)
      }
  }

  private static func set<S: Surface>(
    _ settings: [String: ReferenceValue], of surface: inout S
  ) throws(CaseError) {
    for parameter in S.descriptions {
      guard let setting = settings[parameter.name] else { continue }
      let value = try setting.value(
        for: parameter.domain, key: parameter.name, field: "constants.\(parameter.name)")
      do {
        try surface.set(parameter.name, to: value)
      } catch {
        throw .malformed(field: "constants.\(parameter.name)", reason: "\(error)")
      }
    }
  }
}
