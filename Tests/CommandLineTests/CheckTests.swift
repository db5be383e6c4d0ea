import Foundation
import TestSupport
import Testing

/// `bench check` and `bench compare` as processes.
@Suite struct CheckTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try write(beta2: 0.999)
  }

  private func write(beta2: Double) throws {
    try folder.write(
      """
      title: Small
      problem: {surface: saddle}
      budget: {steps: 50}
      optimizers: [sgd, adam: {beta2: \(beta2)}]
      """, to: "scenarios/small.yaml")
  }

  @Test func `a gate opens on equal results, shuts on a changed rule and takes it in when told`()
    async throws
  {
    #expect(try await bench.run("check").status == 66)
    let written = try await bench.run("check", "--update")
    #expect(written.status == 0 && written.output.contains("new"), "\(written.errors)")
    let text = try folder.text("results/baselines/small.csv")
    #expect(try await bench.run("check").status == 0)
    try write(beta2: 0.98901)
    // A pipeline hands in a place to write to, such as a link: it must stay one.
    try folder.write("old and longer than nothing", to: "job/summary.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("summary.md"), withDestinationPath: folder.file("job/summary.md"))
    let files = ["--markdown", "summary.md", "--junit", "check.xml"]
    let shut = try await bench.run(["check"] + files)
    #expect(shut.status == 1 && shut.errors.contains("1 changed, 1 unchanged"))
    #expect(
      shut.output.split(separator: "\n").contains { $0.hasPrefix("changed    small     adam") })
    let summary = try folder.text("job/summary.md")
    #expect(summary.contains("| changed | small | adam | exact |") && !summary.contains("old"))
    #expect(try await bench.run("check", "--markdown", "/dev/full").status == 74)
    #expect(try folder.text("check.xml").contains(#"failures="1""#))
    #expect(try folder.text("results/baselines/small.csv") == text)
    let updated = try await bench.run("check", "--update")
    #expect(updated.status == 0 && updated.output.contains("changed"))
    #expect(try folder.text("results/baselines/small.csv") != text)
    #expect(try await bench.run("check").status == 0)
  }

  @Test func `a damaged baseline is reported with file and line, a missing scenario fails`()
    async throws
  {
    _ = try await bench.run("check", "--update")
    let text = try folder.text("results/baselines/small.csv")
    try folder.write(text, to: "results/baselines/gone.csv")
    let gone = try await bench.run("check")
    #expect(gone.status == 1 && gone.output.contains("missing"))
    _ = try await bench.run("check", "--update")
    #expect(!folder.contents.contains("results/baselines/gone.csv"))
    try folder.write(text.replacing("adam,0", with: "adam,zero"), to: "results/baselines/small.csv")
    let damaged = try await bench.run("check")
    #expect(damaged.status == 65)
    #expect(damaged.errors.contains("results/baselines/small.csv:8:"))
  }

  @Test func `a baseline that claims another tier is refused, and so is one that cannot be read`()
    async throws
  {
    _ = try await bench.run("check", "--update")
    let text = try folder.text("results/baselines/small.csv")
    try folder.write(
      text.replacing("# tier: exact", with: "# tier: noisy"), to: "results/baselines/small.csv")
    let other = try await bench.run("check")
    #expect(other.status == 65 && other.errors.contains("results/baselines/small.csv:2:"))
    try FileManager.default.removeItem(atPath: folder.file("results/baselines/small.csv"))
    try FileManager.default.createDirectory(
      atPath: folder.file("results/baselines/small.csv"), withIntermediateDirectories: true)
    #expect(try await bench.run("check").status == 66)
  }

  @Test func `results from other starts are incomparable, with the starts`() async throws {
    for (name, start) in [("a", "[5, 5]"), ("b", "[1, 1]")] {
      try folder.write(
        """
        title: Bowl
        problem: {surface: sphere, start: \(start)}
        budget: {steps: 50}
        optimizers: [adam]
        """, to: "\(name)/bowl.yaml")
      _ = try await bench.run("run", "\(name)/bowl.yaml", "--no-charts", "--out", "out-\(name)")
    }
    let result = try await bench.run("compare", "out-a", "out-b")
    #expect(result.status == 0 && result.output.contains("incomparable"))
    #expect(result.output.contains("start [1, 1], was [5, 5]"))
    #expect(!result.output.contains("worse") && !result.output.contains("better"))
    #expect(
      try await bench.run("compare", "out-a", "out-b", "--fail-on-regression").status == 1)
  }

  @Test func `two results are compared by trial`() async throws {
    _ = try await bench.run("run", "small", "--no-charts", "--out", "a")
    try write(beta2: 0.9)
    _ = try await bench.run("run", "small", "--no-charts", "--out", "b")
    let result = try await bench.run("compare", "a", "b/store.sqlite", "--format", "csv")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines.count == 3 && lines[1].hasPrefix("small,sgd,loss,1,")
        && lines[1].hasSuffix(",equal,0,0,"))
    #expect(
      lines[2].hasSuffix("worse,0,0,\"beta2 0.9, was 0.999\"")
        || lines[2].hasSuffix("better,0,0,\"beta2 0.9, was 0.999\""))
    let isWorse = lines[2].contains(",worse,")
    for (sides, status) in [(["a", "b"], isWorse ? 1 : 0), (["b", "a"], isWorse ? 0 : 1)] {
      let gated = try await bench.run(["compare"] + sides + ["--fail-on-regression"])
      #expect(gated.status == status, "\(gated.output)")
    }
    for format in ["text", "json", "markdown"] {
      let other = try await bench.run("compare", "a", "b", "--format", format)
      #expect(other.status == 0 && other.output.contains("beta2 0.9, was 0.999"))
    }
    #expect(try await bench.run("compare", "a", "nowhere").status == 66)
  }
}
