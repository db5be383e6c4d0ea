import Parameters
import Surfaces
import Yams

extension ScenarioReader {
  /// `surface: {expression: "x^2 + 10*y^2"}`, a formula of as many coordinates as `start` has.
  func expressionSurface(_ node: Node, _ problem: Node) -> SurfaceProblem? {
    let keys =
      [ScenarioKeys.key("surface", of: "problem")]
      + SurfaceOptions.descriptions.map { $0.required($0.name == "start") }
    guard let reader = MappingReader(problem, name: "problem", keys: keys, issues: issues) else {
      return nil
    }
    let options = group(SurfaceOptions.self, from: reader)
    guard let own = group(ExpressionOptions.self, node), let start = options.start,
      !own.expression.isEmpty
    else { return nil }
    guard start.count <= Expression.largestDimension else {
      issues.report(
        "an expression has at most \(Expression.largestDimension) coordinates, not \(start.count)",
        at: reader["start"])
      return nil
    }
    guard let expression = expression(own.expression, dimension: start.count, at: node) else {
      return nil
    }
    // A flat second coordinate may be meant; a third one is a mistake.
    guard start.count <= max(2, expression.usedDimension) else {
      issues.report(
        "'start' has \(start.count) coordinates, and the formula uses the first \(expression.usedDimension)",
        at: reader["start"])
      return nil
    }
    return checked(
      SurfaceProblem(
        surface: ExpressionSurface(expression, start: start), start: start, options: options),
      reader)
  }

  private func expression(_ text: String, dimension: Int, at node: Node) -> Expression? {
    do throws(ExpressionError) {
      return try Expression(text, dimension: dimension)
    } catch {
      let prefixes = ["np.", "numpy.", "math.", "torch.", "jnp."].filter(text.contains)
      let hint =
        if let prefix = prefixes.first {
          " (functions are written without a prefix such as '\(prefix)')"
        } else {
          error.unknownName.map { NearestName.hint(for: $0, among: error.knownNames) } ?? ""
        }
      issues.report("expression, \(error)\(hint)", at: node["expression"])
      return nil
    }
  }
}
