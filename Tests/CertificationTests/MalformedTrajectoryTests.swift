import Certification
import TestSupport
import Testing

/// A file that cannot be right is refused with the case and the field, whatever the field is.
@Suite struct MalformedTrajectoryTests {
  private let file: TrajectoryFile

  init() throws { file = try TrajectoryFile() }

  private func expect(_ text: String, _ other: String, _ reason: String) throws {
    let edited = TrajectoryFile.text.replacing(text, with: other)
    #expect(edited != TrajectoryFile.text)
    let found = try file.reason(of: edited)
    #expect(found?.hasPrefix("case 'sgd/hand': \(reason)") == true, "\(found ?? "not malformed")")
  }

  @Test(arguments: [
    ("[10.0, 1.0]", "[10.0]", "'start' has 1 number, but 'param_shape' [2] holds 2"),
    ("[10.0, 1.0]", "[10.0, 1.0, 1]", "'start' has 3 numbers, but 'param_shape' [2] holds 2"),
    ("[10.0, 1.0]", "[]", "'start' is empty"),
    ("[10.0, 1.0]", #"[10.0, "1"]"#, "'start[1]' must be a number"),
    ("[10.0, 1.0]", "[10.0, null]", "'start[1]' must be a number"),
    ("[10.0, 1.0]", "7", "'start' must be a list"),
    (#""param_shape": [2]"#, #""param_shape": [0]"#, "'param_shape' must have sides of at least 1"),
    (#""param_shape": [2]"#, #""param_shape": [-2]"#, "'param_shape' must have sides"),
    (#""param_shape": [2]"#, #""param_shape": [-1, -2]"#, "'param_shape' must have sides"),
    (#""param_shape": [2]"#, #""param_shape": [3, 1]"#, "'start' has 2 numbers, but 'param_shape'"),
    (
      #""param_shape": [2]"#, #""param_shape": [9007199254740993, 9223372036854775807]"#,
      "'start' has 2 numbers, but 'param_shape' [9007199254740993, 9223372036854775807] holds more"
    ),
  ])
  func `a start or a shape that does not fit is refused`(
    text: String, other: String, reason: String
  ) throws { try expect(text, other, reason) }

  @Test func `a fractional side of a shape is refused`() throws {
    let edited = TrajectoryFile.text.replacing(
      #""param_shape": [2]"#, with: #""param_shape": [2.5]"#)
    #expect(edited != TrajectoryFile.text)
    #expect(try file.reason(of: edited) != nil)
  }

  @Test(arguments: [
    (#""steps": 2"#, #""steps": -1"#, "'steps' must be from 1 to 1000000, not -1"),
    (#""steps": 2"#, #""steps": 0"#, "'steps' must be from 1"),
    (#""steps": 2"#, #""steps": 1000000000000000"#, "'steps' must be from 1 to 1000000"),
    (#""steps": 2"#, #""steps": 1"#, "'steps' is 1, less than the last of 'recorded_steps'"),
    (#""steps": 2"#, #""steps": "2""#, "'steps' must be a whole number"),
    ("[1, 2]", "[]", "'recorded_steps' is empty"),
    ("[1, 2]", "[2, 1]", "'recorded_steps' must increase from at least 1"),
    ("[1, 2]", "[1, 1]", "'recorded_steps' must increase"),
    ("[1, 2]", "[0, 1]", "'recorded_steps' must increase from at least 1"),
    ("[1, 2]", "[1]", "'params' has 2 entries, 'recorded_steps' 1"),
    ("[9.99, 0.9], ", "", "'params' has 1 entry, 'recorded_steps' 2"),
    ("[9.99, 0.9]", "[9.99]", "'params[0]' has 1 numbers, 'start' 2"),
    ("[9.99, 0.9]", "9.99", "'params[0]' must be a list"),
    (
      #""steps""#, #""eval_params": [[1, 2]], "steps""#,
      "'eval_params' has 1 entry, 'recorded_steps' 2"
    ),
    (#""steps""#, #""slow_params": [[1], [2]], "steps""#, "'slow_params[0]' has 1 numbers"),
    (#""steps""#, #""loss": [1], "steps""#, "'loss' has 1 entry, 'recorded_steps' 2"),
    (#""steps""#, #""d": [1, 2, 3], "steps""#, "'d' has 3 entries, 'recorded_steps' 2"),
    (#""steps""#, #""function_evaluations": [1], "steps""#, "'function_evaluations' has 1 entry"),
    (#""steps""#, #""stable_steps": 3, "steps""#, "'stable_steps' must be from 0 to 'steps'"),
    ("1e-15", "-1e-15", "'noise_deviation' must be from 0 to 0.001"),
    ("1e-15", "1", "'noise_deviation' must be from 0 to 0.001"),
    (#", "noise_deviation": 1e-15"#, "", "'noise_deviation' is missing"),
  ])
  func `steps and rows that do not fit are refused`(
    text: String, other: String, reason: String
  ) throws { try expect(text, other, reason) }

  @Test(arguments: [
    (#""momentum": 0, "#, "", "'hyperparameters' has no 'momentum'"),
    (#""lr": 0.001, "#, "", "'hyperparameters' has no 'lr' or 'learning_rate'"),
    (
      #""lr": 0.001"#, #""lr": "fast""#, "'hyperparameters.lr' must be a number above 0, not 'fast'"
    ),
    (#""lr": 0.001"#, #""lr": null"#, "'hyperparameters.lr' must be a number above 0, not null"),
    (#""lr": 0.001"#, #""lr": "inf""#, "'hyperparameters.lr' must be a number above 0, not inf"),
    (#""lr": 0.001"#, #""lr": -1"#, "'hyperparameters.lr' must be a number above 0, not -1.0"),
    (
      #""lr": 0.001"#, #""lr": 0.001, "learning_rate": 0.001"#,
      "'hyperparameters.lr' and 'learning_rate' cannot both be given"
    ),
    (#""momentum": 0"#, #""momentum": "much""#, "'hyperparameters.momentum' must be a number"),
    (#""nesterov": false"#, #""nesterov": 0"#, "'hyperparameters.nesterov' must be like false"),
    (#""dampening": 0"#, #""dampening": []"#, "'hyperparameters.dampening' must be like 0.0"),
    (
      #""maximize": false"#, #""maximize": "no""#,
      "'hyperparameters.maximize' must be true or false"
    ),
    (#""problem": "quadratic""#, #""problem": 3"#, "'problem' must be a name, not 3.0"),
    (#""problem": "quadratic""#, #""problem": {"text": "x"}"#, "'problem' must be a name or"),
    (
      #""problem": "quadratic""#, #""problem": "quadratic", "constants": {"cx": "1"}"#,
      "'constants.cx' must be a number, not '1'"
    ),
    (
      #""problem": "quadratic""#, #""problem": "ellipse", "constants": {"condition_number": -3}"#,
      "'constants.condition_number' must be a number"
    ),
    (
      #""problem": "quadratic""#, #""problem": "levy", "constants": {"dimension": 3}"#,
      "'start' has"
    ),
    (
      #""problem": "quadratic""#, #""problem": "quadratic_deep""#,
      "'start' has 2 numbers, but problem"
    ),
    (#""problem": "quadratic""#, #""problem": "expression""#, "'expression' is missing"),
    (
      #""problem": "quadratic""#, #""problem": "expression", "expression": "x^2 +""#,
      "'expression' column 6: unexpected end of the expression"
    ),
    (
      #""problem": "quadratic""#,
      #""problem": "expression", "expression": "x", "constants": {"x": 1}"#,
      "'constants.x' is a coordinate's name"
    ),
    (#""problem": "quadratic""#, #""problem": "exogenous""#, "'gradient_table' is missing"),
  ])
  func `hyperparameters and problems that cannot be right are refused`(
    text: String, other: String, reason: String
  ) throws { try expect(text, other, reason) }

  @Test func `a file that is none is refused with the place`() throws {
    #expect(
      try file.reason(of: #"{"format": "optimizer-trajectories/1"}"#) == "'optimizer' is missing")
    #expect(try file.reason(of: "no JSON") == "no valid JSON")
    #expect(
      try file.reason(of: TrajectoryFile.text.replacing("0.81", with: "NaN")) == "no valid JSON")
    #expect(
      try file.reason(of: TrajectoryFile.text.replacing(#""id": "sgd/hand", "#, with: ""))
        == "case 1: 'id' is missing")
    #expect(throws: CertificationError.missing(path: "/nowhere.json")) {
      try Certifier().file(at: "/nowhere.json")
    }
  }
}
