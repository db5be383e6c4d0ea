import Certification
import Foundation
import TestSupport
import Testing

@Suite struct ScheduleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `all 26 recorded schedules agree, and one cycle's momentum too`() throws {
    let findings = try Certifier().shipped().filter { $0.name.hasPrefix("schedules/") }
    #expect(findings.count { $0.quantity == "lr" } == 26)
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
    ("\"step_size\": 2", "\"step_size\": 2.5", "value of 'step_size'"),
  ])
  func `an unknown schedule or option is not covered`(text: String, other: String, remark: String)
    throws
  {
    let path = try folder.write(Self.file.replacing(text, with: other), to: "x.json")
    let finding = try Certifier().file(at: path)[0]
    #expect(finding.verdict == .notCovered && finding.remark == remark)
  }

  @Test func `a wrong rate is found with its step`() throws {
    let good = try folder.write(Self.file, to: "good.json")
    #expect(try Certifier().file(at: good).map(\.verdict) == [.agrees])
    let path = try folder.write(Self.file.replacing("0.5]}", with: "0.51]}"), to: "x.json")
    let finding = try Certifier().file(at: path)[0]
    #expect(finding.verdict == .differs && finding.step == 2)
  }
}
