import Foundation

/// Findings as files for machines and summaries for people.
package struct GateReport: Sendable {
  package var findings: [GateFinding]

  package init(_ findings: [GateFinding]) { self.findings = findings }

  package var hasFailed: Bool { findings.contains(where: \.isFailure) }

  /// Such as `1 regression, 20 unchanged`.
  package var summary: String {
    let counts = GateFinding.Verdict.allCases.compactMap { verdict in
      let count = findings.count { $0.verdict == verdict }
      return count == 0
        ? nil
        : "\(count) \(verdict.rawValue)\(count > 1 && verdict == .regression || count > 1 && verdict == .improvement ? "s" : "")"
    }
    return counts.isEmpty ? "nothing to compare" : counts.joined(separator: ", ")
  }

  /// For a job's summary: a table of what is not unchanged, then the rest folded away.
  package var markdown: String {
    let changed = findings.filter { $0.verdict != .unchanged }
    let unchanged = findings.filter { $0.verdict == .unchanged }
    var text = "## \(hasFailed ? "❌" : "✅") bench check: \(summary)\n"
    if !changed.isEmpty { text += "\n" + Self.table(changed) }
    if !unchanged.isEmpty {
      text +=
        "\n<details><summary>\(unchanged.count) unchanged</summary>\n\n\(Self.table(unchanged))\n</details>\n"
    }
    return text
  }

  private static func table(_ findings: [GateFinding]) -> String {
    MarkdownTable(
      columns: ["verdict", "scenario", "optimizer", "tier", "detail"],
      rows: findings.map {
        [$0.verdict.rawValue, $0.scenario, $0.optimizer, $0.tier, $0.detail]
      }
    ).text
  }

  /// A suite per scenario and a case per optimizer, as CI servers read it.
  package var junit: String {
    func escaped(_ text: String) -> String {
      let plain = text.unicodeScalars.filter {
        $0.value >= 0x20 || "\t\n".unicodeScalars.contains($0)
      }
      return String(String.UnicodeScalarView(plain)).replacing("&", with: "&amp;")
        .replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
    var names: [String] = []
    for finding in findings where !names.contains(finding.scenario) {
      names.append(finding.scenario)
    }
    let failures = findings.count(where: \.isFailure)
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="bench check" tests="\#(findings.count)" failures="\#(failures)">"#,
    ]
    for name in names {
      let own = findings.filter { $0.scenario == name }
      lines.append(
        #"  <testsuite name="\#(escaped(name))" tests="\#(own.count)" failures="\#(own.count(where: \.isFailure))" skipped="\#(own.count { $0.verdict == .new })">"#
      )
      for finding in own {
        let head =
          #"    <testcase classname="\#(escaped(name))" name="\#(escaped(finding.optimizer))">"#
        let tag = finding.isFailure ? "failure" : finding.verdict == .new ? "skipped" : "system-out"
        let body =
          finding.isFailure
          ? #"<failure type="\#(finding.verdict.rawValue)" message="\#(escaped(finding.detail))"/>"#
          : finding.verdict == .new
            ? #"<skipped message="\#(escaped(finding.detail))"/>"#
            : "<\(tag)>\(finding.verdict.rawValue): \(escaped(finding.detail))</\(tag)>"
        lines.append("\(head)\(body)</testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }
}
