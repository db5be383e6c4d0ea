import Foundation
import Gate
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct GateReportTests {
  private let report = GateReport(
    SpeedTier.findings(
      baseline: [
        SpeedRatio(name: "a", ratio: 1), SpeedRatio(name: "b | <&\">", ratio: 1),
        SpeedRatio(name: "gone", ratio: 1), SpeedRatio(name: "fast", ratio: 2),
        SpeedRatio(name: "busy", ratio: 3), SpeedRatio(name: "unvectorized", ratio: 3),
      ],
      current: [
        SpeedRatio(name: "a", ratio: 1.29), SpeedRatio(name: "b | <&\">", ratio: 1.31),
        SpeedRatio(name: "fast", ratio: 1.4), SpeedRatio(name: "n", ratio: 1),
        SpeedRatio(name: "busy", ratio: 5.9), SpeedRatio(name: "unvectorized", ratio: 6.1),
      ]))

  @Test func `speeds are judged by their ratio to the roof`() {
    #expect(
      report.findings.map(\.verdict) == [
        .unchanged, .regression, .improvement, .new, .unchanged, .regression, .missing,
      ])
    #expect(report.summary == "2 regressions, 1 improvement, 2 unchanged, 1 missing, 1 new")
  }

  @Test func `what stands out is measured again, and counts if it does so every time`() {
    let old = ["burst", "slow", "lucky", "same"].map { SpeedRatio(name: $0, ratio: 1) }
    let first = zip(["burst", "slow", "lucky", "same"], [2.0, 2, 0.5, 1.1]).map {
      SpeedRatio(name: $0, ratio: $1)
    }
    var asked: [String] = []
    let settled = SpeedTier.settled(first, baseline: old) { name in
      asked.append(name)
      return ["burst": 1.05, "slow": 1.9, "lucky": 0.95][name]
    }
    #expect(settled.map(\.ratio) == [1.05, 1.9, 0.95, 1.1])
    // Once each, and the one that stays slow in all three rounds.
    #expect(asked.sorted() == ["burst", "lucky", "slow", "slow", "slow"])
    #expect(
      SpeedTier.findings(baseline: old, current: settled).map(\.verdict) == [
        .unchanged, .regression, .unchanged, .unchanged,
      ])
  }

  @Test func `JUnit XML is well-formed and counts what failed`() throws {
    let document = try XMLDocument(xmlString: report.junit)
    let root = try #require(document.rootElement())
    #expect(root.attribute(forName: "tests")?.stringValue == "7")
    #expect(root.attribute(forName: "failures")?.stringValue == "3")
    let cases = try document.nodes(forXPath: "//testcase")
    #expect(cases.count == 7)
    #expect((cases[1] as? XMLElement)?.attribute(forName: "name")?.stringValue == "b | <&\">")
    #expect(try document.nodes(forXPath: "//failure").count == 3)
  }

  @Test func `Markdown keeps its columns whatever the names`() {
    let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.allSatisfy { $0.replacing("\\|", with: "").count(where: { $0 == "|" }) == 6 })
    #expect(report.markdown.contains("❌") && report.markdown.contains("<details>"))
  }

  @Test func `speeds come back from their file and damage is reported by line`() throws {
    let ratios = [SpeedRatio(name: "step/adam/1000", ratio: 1.25)]
    #expect(try SpeedTier.parse(SpeedTier.text(of: ratios), path: "f") == ratios)
    #expect(
      throws: BaselineError.malformed(path: "f", line: 2, reason: "a line is CASE,RATIO")
    ) { try SpeedTier.parse("case,ratio\nx,fast\n", path: "f") }
    let windows = SpeedTier.text(of: ratios).replacing("\n", with: "\r\n")
    #expect(try SpeedTier.parse(windows, path: "f") == ratios)
    for text in ["", "case,ratio\n", "x,1\n", "case,ratio\nx,inf\n"] {
      #expect(throws: BaselineError.self) { try SpeedTier.parse(text, path: "f") }
    }
    #expect(throws: BaselineError.self) {
      try BaselineFile.parse("no baseline\n", name: "x", path: "x.csv")
    }
  }
}
