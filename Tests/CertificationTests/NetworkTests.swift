import Certification
import Foundation
import TestSupport
import Testing

@Suite struct NetworkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `every recorded network agrees in every quantity`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("networks/") }
    // Ten perceptrons, three normalisations, three convolutions, two dropouts, two residuals, four minings, four penalties.
    #expect(Set(findings.map(\.name)).count == 28)
    #expect(findings.count > 250)
    for finding in findings {
      #expect(
        finding.verdict == .agrees,
        "\(finding.name) \(finding.quantity): \(finding.worstError) \(finding.remark)")
    }
  }

  @Test func `every recorded variance agrees`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("initialization/") }
    #expect(findings.count == 24)
    for finding in findings {
      #expect(finding.verdict == .agrees, "\(finding.name) \(finding.quantity) \(finding.remark)")
    }
  }

  /// A dense layer and the identity by hand: y = 2x + 1, (y − 0)² = 9, dw = 2·3·1.
  private static let file = """
    {"format": "network-cases/1", "cases": [{"name": "hand", "activation": "none", "loss_function": "mse",
    "input": [[1]], "weights": {"w1": [[2]], "b1": [1], "w2": [[1]], "b2": [0]}, "output": [[3]], "target": [[0]],
    "loss": 9, "gradients": {"w1": [[6]], "b1": [6], "w2": [[18]], "b2": [6]}}]}
    """

  private func findings(replacing text: String = "", with other: String = "") throws -> [Finding] {
    let edited = text.isEmpty ? Self.file : Self.file.replacing(text, with: other)
    #expect(text.isEmpty || edited != Self.file)
    return try Certifier().file(at: folder.write(edited, to: "file.json"))
  }

  @Test func `a network computed by hand agrees, and a wrong gradient is found`() throws {
    let right = try findings()
    #expect(right.count == 6 && right.allSatisfy { $0.verdict == .agrees })
    let wrong = try findings(replacing: "[[18]]", with: "[[18.0000001]]")
    #expect(wrong.filter { $0.verdict == .differs }.map(\.quantity) == ["gradients.w2"])
  }

  @Test(arguments: [
    ("\"none\"", "\"swishy\"", "activation 'swishy'"), ("\"mse\"", "\"hinge\"", "loss 'hinge'"),
    ("\"loss\": 9", "\"loss\": 9, \"gain\": 2", "field 'gain'"),
    ("\"b2\": [0]}", "\"b2\": [0], \"w9\": [1]}", "weights 'w9'"),
  ])
  func `what is not known is not covered`(text: String, other: String, remark: String) throws {
    let finding = try findings(replacing: text, with: other)[0]
    #expect(finding.verdict == .notCovered && finding.remark == remark)
  }
}
