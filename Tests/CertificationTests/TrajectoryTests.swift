import Certification
import Foundation
import TestSupport
import Testing

@Suite struct TrajectoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The tolerance is the reference's own: max(10⁻¹², 10 · `noise_deviation`).
  @Test func `every covered trajectory agrees at every recorded step`() throws {
    let findings = try Certifier().shipped()
    let covered = findings.filter { $0.verdict != .notCovered }
    #expect(covered.count >= 400)
    for finding in covered {
      #expect(
        finding.verdict == .agrees,
        "\(finding.name), \(finding.quantity): \(finding.worstError) at step \(finding.step ?? 0)")
    }
  }

  /// One case, with parts that tests replace.
  private static let file = """
    {"format": "optimizer-trajectories/1", "dtype": "float64", "optimizer": "sgd", "cases": [
    {"id": "sgd/hand/quadratic", "optimizer": "sgd", "setting": "hand", "library": "none",
    "hyperparameters": {"lr": 0.001, "momentum": 0}, "problem": "quadratic", "start": [10.0, 1.0],
    "param_shape": [2], "steps": 2, "recorded_steps": [1, 2],
    "params": [[9.99, 0.9], [9.98001, 0.81]], "noise_deviation": 1e-15}]}
    """

  private func findings(replacing text: String = "", with other: String = "") throws -> [Finding] {
    let edited = text.isEmpty ? Self.file : Self.file.replacing(text, with: other)
    #expect(text.isEmpty || edited != Self.file)
    return try Certifier().file(at: folder.write(edited, to: "file.json"))
  }

  /// (1 − 0.001)ᵗ·10 and (1 − 0.1)ᵗ by hand.
  @Test func `a trajectory computed by hand agrees`() throws {
    #expect(try findings().map(\.verdict) == [.agrees])
  }

  @Test(arguments: [("9.98001", "9.98002"), ("0.81]", "0.81000000001]"), ("0.9]", "1e9]")])
  func `a deviation beyond the tolerance is found with its step`(text: String, other: String) throws
  {
    let finding = try findings(replacing: text, with: other)[0]
    #expect(finding.verdict == .differs && finding.worstError > finding.tolerance)
    #expect(finding.step == (text == "0.9]" ? 1 : 2))
  }

  @Test(arguments: [
    (#""optimizer": "sgd", "setting""#, #""optimizer": "sgdx", "setting""#, "optimizer 'sgdx'"),
    (#""momentum": 0}"#, #""momentums": 0}"#, "hyperparameter 'momentums'"),
    (#""momentum": 0}"#, #""momentum": "much"}"#, "value of 'momentum'"),
    (#""problem": "quadratic""#, #""problem": "cubic""#, "problem 'cubic'"),
    (
      #"[[9.99, 0.9], [9.98001, 0.81]]"#, "[[9.99, 0.9]]",
      "'params' without a row per recorded step"
    ),
  ])
  func `what is not known is reported as not covered`(
    text: String, other: String, remark: String
  ) throws {
    let finding = try findings(replacing: text, with: other)[0]
    #expect(finding.verdict == .notCovered && finding.remark == remark)
  }

  @Test func `a file that is none is refused with its name and the place`() throws {
    let path = try folder.write(#"{"format": "optimizer-trajectories/1"}"#, to: "bare.json")
    #expect(
      throws: CertificationError.malformed(path: path, reason: "'optimizer' is missing at ''")
    ) { try Certifier().file(at: path) }
    let text = try folder.write("no JSON", to: "text.json")
    #expect(throws: CertificationError.malformed(path: text, reason: "no valid JSON")) {
      try Certifier().file(at: text)
    }
    #expect(throws: CertificationError.missing(path: "/nowhere.json")) {
      try Certifier().file(at: "/nowhere.json")
    }
  }
}
