import Certification
import TestSupport
import Testing

/// A file of one case that a test edits: gradient descent on 0.5·(x² + 100·y²) by hand, (1 − 0.001)ᵗ·10 and (1 − 0.1)ᵗ.
struct TrajectoryFile {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let text = """
    {"format": "optimizer-trajectories/1", "dtype": "float64", "optimizer": "sgd", "cases": [
    {"id": "sgd/hand", "optimizer": "sgd", "setting": "hand", "library": "none",
    "hyperparameters": {"lr": 0.001, "momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": false, "maximize": false},
    "problem": "quadratic", "start": [10.0, 1.0], "param_shape": [2], "steps": 2, "recorded_steps": [1, 2],
    "params": [[9.99, 0.9], [9.98001, 0.81]], "noise_deviation": 1e-15}]}
    """

  var path: String { folder.file("file.json") }

  func findings(of text: String) throws -> [Finding] {
    try Certifier().file(at: folder.write(text, to: "file.json"))
  }

  func findings(replacing text: String, with other: String) throws -> [Finding] {
    let edited = Self.text.replacing(text, with: other)
    #expect(edited != Self.text)
    return try findings(of: edited)
  }

  /// What is said of a malformed file, or `nil` if it is not.
  func reason(of text: String) throws -> String? {
    do {
      _ = try findings(of: text)
      return nil
    } catch CertificationError.malformed(let path, let reason) {
      #expect(path == self.path)
      return reason
    }
  }

  func writeTables(_ text: String) throws {
    try folder.write(text, to: "gradient_tables.json")
  }
}
