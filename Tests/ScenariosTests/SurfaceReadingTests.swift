import Foundation
import Records
import ScenarioTestSupport
import Scenarios
import Surfaces
import TestSupport
import Testing

/// Surfaces: formulas, spectra, what is drawn of them.
@Suite struct SurfaceReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private static let own = """
    title: Own
    problem:
      surface: {expression: "(1-x)^2 + 100*(y-x^2)^2"}
      start: [-1.2, 1]
      domain: [[-2, 2], [-1, 3]]
      gradient_noise: 0.5
    budget: {steps: 10}
    optimizers: [sgd]
    """

  @Test func `a surface can be written as a formula`() throws {
    let scenario = try desk.read(Self.own)
    guard case .surface(let problem) = scenario.problem else {
      Issue.record("no surface")
      return
    }
    // 2.2² + 100·0.44², Rosenbrock's value at its start.
    #expect(abs(problem.surface.value(at: problem.start.span) - 24.2) < 1e-12)
    #expect(problem.gradientNoise == 0.5)
    #expect(problem.domain?.y == -1...3)
    #expect(scenario.isRandom)
    #expect(
      scenario.problemRecord
        == .surface(
          SurfaceRecord(
            name: "expression", title: "Expression", equation: "(1-x)^2 + 100*(y-x^2)^2",
            expression: "(1-x)^2 + 100*(y-x^2)^2", start: [-1.2, 1], gradientNoise: 0.5,
            domain: [[-2, 2], [-1, 3]])))
    #expect(scenario.charts == ["trajectory", "loss"])
  }

  @Test func `a formula's mistakes are reported with line and column`() throws {
    func issue(_ text: String, for good: String) throws -> [String] {
      try desk.issues(Self.own.replacing(good, with: text))
    }
    #expect(
      try issue("sine(x) + y", for: "(1-x)^2 + 100*(y-x^2)^2") == [
        "3: expression, column 1: unknown function 'sine' (did you mean 'sin'?)"
      ])
    #expect(
      try issue("x + q", for: "(1-x)^2 + 100*(y-x^2)^2") == [
        "3: expression, column 5: unknown name 'q' (did you mean 'x'?)"
      ])
    #expect(try issue("", for: "  start: [-1.2, 1]\n") == ["3: problem needs the key 'start'"])
    #expect(
      try issue("[-1.2, 1, 3]", for: "[-1.2, 1]") == [
        "4: 'start' has 3 coordinates, and the formula uses the first 2"
      ])
    #expect(
      try issue("expresion:", for: "expression:") == [
        "3: unknown key 'expresion' in surface (did you mean 'expression'?)",
        "3: surface needs the key 'expression'",
      ])
    #expect(
      try issue("[[2, -2], [0, 1]]", for: "[[-2, 2], [-1, 3]]") == [
        "5: 'domain' must be two intervals such as [[-2, 2], [-1, 3]], not a list"
      ])
    #expect(
      try issue("-1", for: "0.5") == [
        "6: 'gradient_noise' must be a standard deviation of at least 0, not '-1'"
      ])
  }

  @Test func `a spectrum is a list of numbers`() throws {
    let spectrum = """
      title: Spectrum
      problem: {surface: quadratic, eigenvalues: [1, 10, 100]}
      budget: {steps: 10}
      optimizers: [sgd]
      """
    guard case .surface(let problem) = try desk.read(spectrum).problem else {
      Issue.record("no surface")
      return
    }
    #expect(problem.surface.dimension == 3)
    #expect(problem.start == [1, 1, 1])
    #expect(
      try desk.issues(spectrum.replacing("[1, 10, 100]", with: "[1, many]")) == [
        "2: 'eigenvalues' must be a list of 1 to 512 numbers from 0 to 1000000000000, not a list"
      ])
  }

  @Test func `a surface without a plane has no trajectory chart`() throws {
    let deep = ScenarioDesk.good.replacing("start: [-1.2, 1]", with: "dimension: 4")
    #expect(try desk.read(deep.replacing("charts: [loss]", with: "")).charts == ["loss"])
    #expect(
      try desk.issues(deep.replacing("[loss]", with: "[trajectory]")) == [
        "12: chart 'trajectory' does not suit this problem (there are: loss)"
      ])
  }
}
