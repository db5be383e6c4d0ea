import Records
package import Scenarios
import Surfaces

/// A surface and an optimizer as a command line names them: in the words of a scenario.
package struct BasinRequest: Sendable {
  package var problem: SurfaceProblem
  package var entrant: Entrant

  /// - Parameters:
  ///   - surface: a name from the catalogue, or what stands under `problem:` in a scenario, in braces.
  ///   - optimizer: a name, or `name: {hyperparameter: value}`.
  /// - Throws: `ScenarioError.invalid`; its issues name the argument and not a line.
  package init(surface: String, optimizer: String) throws(ScenarioError) {
    for argument in [surface, optimizer] where argument.contains(where: \.isNewline) {
      throw Self.invalid("one line, please: \(argument.debugDescription)")
    }
    var problem = surface.hasPrefix("{") ? surface : "{surface: \(surface)}"
    // A scenario's expression needs a start; here the grid has them.
    if problem.contains("expression"), !problem.contains("start"), problem.hasSuffix("}") {
      problem = "\(problem.dropLast()), start: [0, 0]}"
    }
    for other in ["network", "series"] where problem.hasPrefix("{\(other):") {
      throw Self.invalid("basins are those of a surface, not of a \(other)")
    }
    let text = """
      title: basins
      problem: \(problem)
      budget: {steps: 1}
      optimizers: [\(optimizer.contains(":") ? "{\(optimizer)}" : optimizer)]
      """
    let scenario: Scenario
    do throws(ScenarioError) {
      scenario = try ScenarioReader.read(text, path: "basins", charts: ChartNames([]))
    } catch {
      guard case .invalid(let issues) = error else { throw error }
      throw .invalid(
        issues.map { issue in
          ScenarioIssue(
            path: issue.line.map { $0 <= 2 ? "surface '\(surface)'" : "optimizer '\(optimizer)'" }
              ?? "arguments",
            line: nil, message: issue.message)
        })
    }
    guard case .surface(let problem) = scenario.problem else {
      throw Self.invalid("basins are those of a surface, not of anything else")
    }
    guard problem.surface.dimension == 2 else {
      throw Self.invalid(
        "'\(surface)' has \(problem.surface.dimension) coordinates; basins are drawn of two")
    }
    guard scenario.entrants.count == 1 else {
      throw Self.invalid("one optimizer per map; '\(optimizer)' names \(scenario.entrants.count)")
    }
    guard !scenario.entrants[0].isTuned else {
      throw .invalid([
        ScenarioIssue(
          path: "optimizer '\(optimizer)'", line: nil,
          message:
            "'tuned' takes what a search of a scenario found, and a map has no scenario; give the values, such as 'adam: {learning_rate: 0.1}'"
        )
      ])
    }
    self.problem = problem
    entrant = scenario.entrants[0]
  }

  private static func invalid(_ message: String) -> ScenarioError {
    .invalid([ScenarioIssue(path: "basins", line: nil, message: message)])
  }
}
