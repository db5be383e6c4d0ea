import Certification
import Foundation
import TestSupport
import Testing

/// One step of gradient descent at a rate of 0.01, by hand, on functions and tables that files name.
@Suite struct ProblemTests {
  private let file: TrajectoryFile

  init() throws { file = try TrajectoryFile() }

  private func verdicts(
    _ problem: String, from start: String, to point: String, shape: String
  ) throws -> [Finding.Verdict] {
    let text = """
      {"format": "optimizer-trajectories/1", "optimizer": "sgd", "cases": [{"id": "hand",
      "hyperparameters": {"lr": 0.01, "momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": false, "maximize": false},
      \(problem), "start": \(start), "param_shape": \(shape), "steps": 1, "recorded_steps": [1],
      "params": [\(point)], "noise_deviation": 0}]}
      """
    return try file.findings(of: text).map(\.verdict)
  }

  @Test(arguments: [
    // (2 − x)² + 10(y − x²)² has the gradient (−2 − 40, 20) at (1, 2).
    (#""problem": "rosenbrock", "constants": {"a": 2, "b": 10}"#, "[1, 2]", "[1.42, 1.8]"),
    // (1 − x)² + 100(y − x²)² + (1 − y)² + 100(z − y²)² at (1, 2, 4).
    (#""problem": "rosenbrock", "constants": {"a": 1, "b": 100}"#, "[1, 2, 4]", "[5, -0.02, 4]"),
    (#""problem": "rosenbrock""#, "[1, 2, 4]", "[5, -0.02, 4]"),
    (#""problem": "quadratic", "constants": {"cx": 2, "cy": 4}"#, "[3, -1]", "[2.94, -0.96]"),
    (#""problem": "quadratic""#, "[3, -1]", "[2.97, 0]"),
    (
      #""problem": "quadratic", "constants": {"eigenvalues": [1, 5, 9], "rotation_seed": 0}"#,
      "[3, -2, 1]", "[2.97, -1.9, 0.91]"
    ),
    (#""problem": "saddle", "constants": {}"#, "[1, 2]", "[0.98, 2.04]"),
    (#""problem": "sphere""#, "[1, 2, 3, 4, 5]", "[0.98, 1.96, 2.94, 3.92, 4.9]"),
    (#""problem": "sphere", "constants": {"dimension": 3}"#, "[1, 2, 3]", "[0.98, 1.96, 2.94]"),
    (#""problem": "ellipse", "constants": {"condition_number": 7}"#, "[1, 2]", "[0.99, 1.86]"),
    // (x² + y − 11)² + (x + y² − 7)² at (1, 0) has the squares of −10 and −6 and the gradient (−40 − 12, −20).
    (#""problem": "himmelblau""#, "[1, 0]", "[1.52, 0.2]"),
    (
      #""problem": "expression", "expression": "(x^2 + y - c)^2 + (x + y**2 - 7)^2", "constants": {"c": 11}"#,
      "[1, 0]", "[1.52, 0.2]"
    ),
    (#""problem": {"expression": "x1^2 + 3*x2 + x4^2"}"#, "[1, 1, 1, 1]", "[0.98, 0.97, 1, 0.98]"),
    (
      #""problem": "valley", "formula": "f(x, y) = k*x^2 + exp(y); df/dx = 2*k*x", "constants": {"k": 5}"#,
      "[1, 0]", "[0.9, -0.01]"
    ),
    (#""problem": "expression", "expression": "x^2""#, "[1]", "[0.98]"),
  ])
  func `a function of a file is that of its name and constants`(
    problem: String, start: String, point: String
  ) throws {
    let count = start.split(separator: ",").count
    #expect(try verdicts(problem, from: start, to: point, shape: "[\(count)]") == [.agrees])
    #expect(try verdicts(problem, from: start, to: point, shape: "[\(count), 1]") == [.agrees])
  }

  @Test func `other constants make another function`() throws {
    for constants in [#"{"a": 1, "b": 100}"#, #"{"a": 2.01, "b": 10}"#, #"{"a": 2}"#] {
      let problem = #""problem": "rosenbrock", "constants": \#(constants)"#
      #expect(
        try verdicts(problem, from: "[1, 2]", to: "[1.42, 1.8]", shape: "[2]") == [.differs])
    }
  }

  private static let tables =
    #"{"format": "gradient-tables/1", "tables": [{"name": "mine", "values": [[1, 2, 3, 4, 5, 6]]}, {"name": "normal_50x10", "values": [[7, 8]]}]}"#

  @Test func `a table beside the file gives the gradients, of matrices too`() throws {
    try file.writeTables(Self.tables)
    #expect(
      try verdicts(
        #""problem": "exogenous", "gradient_table": "mine""#, from: "[0, 0, 0, 0, 0, 0]",
        to: "[-0.01, -0.02, -0.03, -0.04, -0.05, -0.06]", shape: "[2, 3]") == [.agrees])
    // Of the same name as one that ships.
    #expect(
      try verdicts(
        #""problem": "exogenous", "gradient_table": "normal_50x10""#, from: "[0, 0]",
        to: "[-0.07, -0.08]", shape: "[2]") == [.agrees])
  }

  @Test func `a table that does not fit is refused with its name`() throws {
    func reason(_ table: String) throws -> String? {
      do {
        _ = try verdicts(
          #""problem": "exogenous", "gradient_table": "\#(table)""#, from: "[0, 0]", to: "[0, 0]",
          shape: "[2]")
        return nil
      } catch let error as CertificationError {
        return error.description.components(separatedBy: ": ").dropFirst().joined(separator: ": ")
      }
    }
    #expect(
      try reason("mine")
        == "case 'hand': 'gradient_table' 'mine' is neither shipped nor in a gradient_tables.json beside the file"
    )
    #expect(
      try reason("unit_50x12")
        == "case 'hand': 'gradient_table' 'unit_50x12' has 12 columns, 'start' 2 numbers")
    try file.writeTables(Self.tables.replacing("[[7, 8]]", with: "[]"))
    #expect(
      try reason("normal_50x10")
        == "case 'hand': 'gradient_table' 'normal_50x10' has 0 rows, fewer than the 1 steps")
    try file.writeTables(Self.tables.replacing("[[7, 8]]", with: "[[7, 8], [9]]"))
    #expect(
      try reason("mine") == "table 'normal_50x10' has other rows or columns than it says")
    try file.writeTables(Self.tables.replacing("[[7, 8]]", with: #""none""#))
    #expect(try reason("mine") == "'tables[1].values' must be a list")
  }

  @Test func `gradients alone have no losses`() throws {
    try file.writeTables(Self.tables)
    #expect(throws: CertificationError.self) {
      try verdicts(
        #""problem": "exogenous", "gradient_table": "normal_50x10", "loss": [0]"#, from: "[0, 0]",
        to: "[-0.07, -0.08]", shape: "[2]")
    }
  }
}
