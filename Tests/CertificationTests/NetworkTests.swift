import Certification
import Foundation
import TestSupport
import Testing

@Suite struct NetworkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `every recorded network agrees in every quantity`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("networks/") }
    // Ten perceptrons, three normalizations, three convolutions, two dropouts, two residuals, four minings, four penalties.
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

  @Test(arguments: [
    ("\"name\": \"hand\", ", "", "case 'without a name': 'name' must be given as text"),
    ("\"none\"", "3", "'activation' must be text, not 3.0"),
    ("\"activation\": \"none\", ", "", "'activation' is missing"),
    ("\"input\": [[1]]", "\"input\": [[1], [1, 2]]", "'input' must be a list of numbers"),
    ("\"input\": [[1]]", "\"input\": [[1, 2]]", "'weights' have 4 numbers, the network 5"),
    ("\"input\": [[1]], ", "", "'input' is missing"),
    ("\"w2\": [[1]], ", "", "'weights' has no 'w2'"),
    ("\"b2\": [0]}", "\"b2\": 0}", "'weights.b2' must be"),
    ("\"output\": [[3]]", "\"output\": [[3], [4]]", "'output' has 2 rows, 'input' 1"),
    ("\"target\": [[0]]", "\"target\": [[0, 1]]", "'target' has 2 numbers, which should be 1"),
    ("\"target\": [[0]]", "\"labels\": [7]", "'labels' must be whole numbers from 0 to 0"),
    ("\"target\": [[0]]", "\"labels\": [0.5]", "'labels' must be whole numbers"),
    ("\"target\": [[0]],", "", "'labels' is missing, and so is 'target'"),
    ("\"loss\": 9", "\"loss\": \"9\"", "'loss' must be a number"),
    ("[[18]]", "[[18, 1]]", "'gradients.w2' has shape [1, 2], not [1, 1]"),
    ("\"b2\": [6]}", "\"b3\": [6]}", "'gradients' has 'b3', which 'weights' has not"),
    ("\"loss\": 9", "\"loss\": 9, \"keep_ratio\": 2", "'keep_ratio' must be above 0"),
    (
      "\"loss\": 9", "\"loss\": 9, \"hidden\": [[3, 4]]",
      "'hidden' has 2 numbers, which should be 1"
    ),
    ("\"none\"", "\"leaky_relu\"", "'negative_slope' is missing"),
    ("\"none\"", "\"maxout\"", "'pieces' is missing"),
    ("\"none\"", "\"maxout\", \"pieces\": 1e300", "'pieces' must be a whole number"),
    ("\"loss\": 9", "\"loss\": 9, \"drop_probability\": 0.5", "'mask' is missing"),
  ])
  func `a network that cannot be right is refused with the field`(
    text: String, other: String, reason: String
  ) throws {
    let error = #expect(throws: CertificationError.self) {
      try findings(replacing: text, with: other)
    }
    guard case .malformed(let path, let found) = error else { throw try #require(error) }
    #expect(path.hasSuffix("file.json"))
    #expect(found.hasPrefix(reason) || found.hasPrefix("case 'hand': \(reason)"), "\(found)")
  }

  @Test(arguments: [
    ("\"method\": \"value\", ", "", "'method' is missing"),
    ("\"clip_value\": 1", "\"clip_value\": -1", "'clip_value' must be above 0"),
    ("\"clip_value\": 1, ", "", "'clip_value' is missing"),
    ("[[1]]}", "[[1, 1]]}", "'gradients_after' must have the shapes of 'gradients_before'"),
    ("[[3]]", "3", "'gradients_before' must be a list of tensors"),
  ])
  func `clipped gradients that cannot be right are refused with the field`(
    text: String, other: String, reason: String
  ) throws {
    let right = """
      {"format": "network-cases/1", "cases": [{"name": "hand", "method": "value", "clip_value": 1, "gradients_before": [[3]],
      "gradients_after": [[1]]}]}
      """
    let path = try folder.write(right, to: "right.json")
    #expect(try Certifier().file(at: path).map(\.verdict) == [.agrees])
    let other = try folder.write(right.replacing(text, with: other), to: "other.json")
    #expect(
      throws: CertificationError.malformed(path: other, reason: "case 'hand': \(reason)")
    ) { try Certifier().file(at: other) }
  }
}
