import Parameters
import Surfaces
import Yams

extension ScenarioReader {
  /// `surface: {expression: "x^2 + 10*y^2"}`, a formula of as many coordinates as `start` has.
  func expressionSurface(_ node: Node, _ reader: MappingReader) -> SurfaceProblem? {
    guard let own = MappingReader(node, name: "surface", issues: issues) else { return nil }
    defer {
      own.finish()
      // Known here, whatever is wrong with the rest.
      for key in ["start", "gradient_noise", "domain"] { _ = reader.take(key) }
    }
    let text = own.require("expression").flatMap { own.text(of: $0, called: "expression") }
    guard reader.require("start") != nil, let start = reader.numbers("start"), let text else {
      return nil
    }
    guard start.count <= Expression.largestDimension else {
      issues.report(
        "an expression has at most \(Expression.largestDimension) coordinates, not \(start.count)",
        at: reader.take("start"))
      return nil
    }
    let expression: Expression
    do throws(ExpressionError) {
      expression = try Expression(text, dimension: start.count)
    } catch {
      let hint = error.unknownName.map { NearestName.hint(for: $0, among: error.knownNames) } ?? ""
      issues.report("expression, \(error)\(hint)", at: own.take("expression"))
      return nil
    }
    // A flat second coordinate may be meant; a third one is a slip.
    guard start.count <= max(2, expression.usedDimension) else {
      issues.report(
        "'start' has \(start.count) coordinates, of which the formula uses the first \(expression.usedDimension)",
        at: reader.take("start"))
      return nil
    }
    let surface = ExpressionSurface(expression, start: start)
    return problem(on: surface, start: start, reader)
  }
}
