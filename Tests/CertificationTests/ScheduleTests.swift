import Certification
import Foundation
import TestSupport
import Testing

@Suite struct ScheduleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `all 30 recorded schedules agree, and one cycle's momentum too`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("schedules/") }
    #expect(findings.count { $0.quantity == "lr" } == 30)
    #expect(findings.count { $0.quantity == "momentum" } == 3)
    for finding in findings {
      #expect(
        finding.verdict == .agrees, "\(finding.name): \(finding.worstError) \(finding.remark)")
    }
  }

  @Test func `clipping by value and by five norms agrees`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("clipping/") }
    #expect(findings.count { $0.quantity == "gradients_after" } == 9)
    for finding in findings {
      #expect(
        finding.verdict == .agrees, "\(finding.name): \(finding.worstError) \(finding.remark)")
    }
  }

  private static let file = """
    {"format": "schedules/1", "schedules": [{"name": "hand", "api": "torch.StepLR", "base_lr": 1,
    "parameters": {"step_size": 2, "gamma": 0.5}, "formula": "", "lr": [1, 1, 0.5]}]}
    """

  @Test(arguments: [
    ("StepLR", "StairLR", "schedule 'StairLR'"), ("gamma", "gammas", "parameter 'gammas'"),
    ("\"gamma\": 0.5", "\"gamma\": 1.5", "'gamma' of 1.5; here it is a number in (0, 1]"),
    ("\"base_lr\": 1", "\"base_lr\": 1, \"warmup\": 3", "field 'warmup'"),
    ("StepLR", "LambdaLR", "schedule 'LambdaLR' with ''"),
  ])
  func `an unknown schedule or option is not covered`(text: String, other: String, remark: String)
    throws
  {
    let path = try folder.write(Self.file.replacing(text, with: other), to: "x.json")
    let finding = try Certifier().file(at: path)[0]
    #expect(finding.verdict == .notCovered && finding.remark == remark, "\(finding.remark)")
  }

  @Test(arguments: [
    (", \"gamma\": 0.5", "", "'parameters' has no 'base' or 'gamma' or 'factor'"),
    ("\"step_size\": 2", "\"step_size\": 2.5", "'parameters.step_size' must be a whole number"),
    ("\"step_size\": 2", "\"step_size\": -2", "'parameters.step_size' must be a whole number"),
    ("\"gamma\": 0.5", "\"gamma\": true", "'parameters.gamma' must be a number"),
    ("\"base_lr\": 1", "\"base_lr\": 0", "'base_lr' must be above 0"),
    ("\"base_lr\": 1,", "", "'base_lr' is missing"),
    ("[1, 1, 0.5]", "[]", "'lr' is empty"),
    ("[1, 1, 0.5]", "[1, \"1\"]", "'lr[1]' must be a number"),
    ("\"base_lr\"", "\"steps\": 4, \"base_lr\"", "'steps' is 4, but 'lr' has 3 values"),
    ("\"base_lr\"", "\"momentum\": [1], \"base_lr\"", "'momentum' has 1 values, 'lr' 3"),
    ("\"base_lr\"", "\"metrics\": [1], \"base_lr\"", "'metrics' has 1 values, 'lr' 3"),
    ("StepLR", "ReduceLROnPlateau", "'metrics' is missing"),
  ])
  func `a schedule that cannot be right is refused with the field`(
    text: String, other: String, reason: String
  ) throws {
    let path = try folder.write(Self.file.replacing(text, with: other), to: "x.json")
    let error = #expect(throws: CertificationError.self) { try Certifier().file(at: path) }
    guard case .malformed(path, let found) = error else { throw try #require(error) }
    #expect(found.hasPrefix("case 'hand': \(reason)"), "\(found)")
  }

  /// α from 1 to 3 in one step up and, with `step_size_down` null, one down.
  @Test func `a cycle falls as long as it rises where the file says nothing else`() throws {
    let path = try folder.write(
      """
      {"format": "schedules/1", "schedules": [{"name": "hand", "api": "torch.CyclicLR", "base_lr": 1,
      "parameters": {"base_lr": 1, "max_lr": 3, "step_size_up": 1, "step_size_down": null, "mode": "triangular",
      "gamma": 1, "cycle_momentum": false}, "formula": "", "lr": [1, 3, 1, 3]}]}
      """, to: "x.json")
    #expect(try Certifier().file(at: path).map(\.verdict) == [.agrees])
  }

  @Test func `a wrong rate is found with its step`() throws {
    let good = try folder.write(Self.file, to: "good.json")
    #expect(try Certifier().file(at: good).map(\.verdict) == [.agrees])
    let path = try folder.write(Self.file.replacing("0.5]}", with: "0.51]}"), to: "x.json")
    let finding = try Certifier().file(at: path)[0]
    #expect(finding.verdict == .differs && finding.step == 2)
  }
}
