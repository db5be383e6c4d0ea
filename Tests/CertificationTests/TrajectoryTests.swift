import Certification
import Foundation
import TestSupport
import Testing

@Suite struct TrajectoryTests {
  private let file: TrajectoryFile

  init() throws { file = try TrajectoryFile() }

  /// The tolerance is the reference's own: max(10⁻¹², 10 · `noise_deviation`).
  @Test func `every shipped trajectory agrees at every recorded step`() throws {
    let findings = try Certifier().shipped()
    for finding in findings {
      #expect(
        finding.verdict == .agrees,
        "\(finding.name), \(finding.quantity): \(finding.worstError) at step \(finding.step ?? 0) \(finding.remark)"
      )
    }
    #expect(findings.count { $0.quantity == "params" } >= 400)
    #expect(findings.count { $0.quantity == "loss" } >= 300)
    for name in ["adan_optax/decay", "nadamw_optax/decay", "delta_bar_delta/default"] {
      #expect(findings.contains { $0.name.hasPrefix(name) })
    }
  }

  @Test func `a trajectory computed by hand agrees`() throws {
    #expect(try file.findings(of: TrajectoryFile.text).map(\.verdict) == [.agrees])
  }

  @Test(arguments: [("9.98001", "9.98002"), ("0.81]", "0.81000000001]"), ("0.9]", "1e9]")])
  func `a deviation beyond the tolerance is found with its step`(text: String, other: String) throws
  {
    let finding = try file.findings(replacing: text, with: other)[0]
    #expect(finding.verdict == .differs && finding.worstError > finding.tolerance)
    #expect(finding.step == (text == "0.9]" ? 1 : 2))
  }

  /// f(10, 1) = 0.5·(100 + 100), and f(9.99, 0.9) = 0.5·(99.8001 + 81).
  @Test func `losses are compared with the function at the recorded points`() throws {
    let losses = #""start_loss": 100, "loss": [90.40005, 82.60529980005], "steps""#
    let right = try file.findings(replacing: #""steps""#, with: losses)
    #expect(right.map(\.quantity) == ["params", "start_loss", "loss"])
    #expect(right.allSatisfy { $0.verdict == .agrees })
    let wrong = try file.findings(
      replacing: #""steps""#, with: losses.replacing("90.4", with: "90.5"))
    #expect(wrong.map(\.verdict) == [.agrees, .agrees, .differs] && wrong[2].step == 1)
  }

  @Test(arguments: [
    (#""optimizer": "sgd", "setting""#, #""optimizer": "sgdx", "setting""#, "optimizer 'sgdx'"),
    (#""momentum": 0"#, #""momentums": 0"#, "hyperparameter 'momentums'"),
    (#""lr": 0.001"#, #""lr": 0.001, "centered": false"#, "hyperparameter 'centered'"),
    (#""momentum": 0"#, #""momentum": 1.5"#, "'momentum' of 1.5; here it is a number in [0, 1)"),
    (
      #""dampening": 0, "weight_decay": 0, "nesterov": false"#,
      #""dampening": 0.5, "weight_decay": 0, "nesterov": true"#, "'dampening' other than 0.0"
    ),
    (#""problem": "quadratic""#, #""problem": "cubic""#, "problem 'cubic'"),
    (
      #""problem": "quadratic""#, #""problem": "himmelblau", "constants": {"c": 11}"#,
      "constant 'c' of problem 'himmelblau'"
    ),
    (#""steps": 2"#, #""steps": 2, "clip_norm": 1"#, "field 'clip_norm'"),
    (#""dtype": "float64""#, #""dtype": "float32""#, "dtype 'float32'"),
    (
      #""optimizer-trajectories/1""#, #""optimizer-trajectories/9""#,
      "format 'optimizer-trajectories/9'"
    ),
  ])
  func `what is not known is reported as not covered`(
    text: String, other: String, remark: String
  ) throws {
    let finding = try file.findings(replacing: text, with: other)[0]
    #expect(finding.verdict == .notCovered && finding.remark == remark, "\(finding.remark)")
  }

  @Test func `the way in which a library runs its steps changes nothing`() throws {
    let findings = try file.findings(
      replacing: #""lr": 0.001"#, with: #""lr": 0.001, "foreach": null, "fused": false"#)
    #expect(findings.map(\.verdict) == [.agrees])
  }

  @Test func `the example of the documentation agrees in every quantity`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")
    let page = try String(
      contentsOf: folder.appending(path: "reference-format.md"), encoding: .utf8)
    let start = try #require(page.range(of: "## Trajectories\n\n```json\n"))
    let end = try #require(page.range(of: "\n```", range: start.upperBound..<page.endIndex))
    let findings = try file.findings(of: String(page[start.upperBound..<end.lowerBound]))
    #expect(findings.map(\.quantity) == ["params", "start_loss", "loss"])
    #expect(findings.allSatisfy { $0.verdict == .agrees })
  }
}
