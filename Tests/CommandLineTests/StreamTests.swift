import Foundation
import TestSupport
import Testing

/// Closed output, homes in paths, and texts that a terminal would obey.
@Suite struct StreamTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try folder.write(
      """
      title: Small
      problem: {surface: saddle}
      budget: {steps: 5}
      optimizers: [sgd, adam]
      """, to: "small.yaml")
  }

  /// Runs a shell script in the folder, with the program as `$BENCH`.
  private func shell(_ script: String) throws -> (status: Int, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["BENCH": BenchProcess.program, "HOME": folder.file("home")]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (Int(process.terminationStatus), String(decoding: data, as: UTF8.self))
  }

  @Test(arguments: ["| true", ">&-", "> /dev/full"])
  func `what nobody can read loses no table, and is no success`(end: String) throws {
    // A pipe whose reader has ended before the program writes.
    let command = "$BENCH run small.yaml --no-charts"
    let script =
      end == "| true"
      ? "exec 9> >(exec true); sleep 0.3; \(command) >&9" : "\(command) \(end)"
    let result = try shell(script)
    #expect(result.status == 74, "\(result.output)")
    #expect(result.output.contains("standard output cannot be written: "))
    #expect(try rows(of: folder.file("results/csv/runs.csv")).count == 2)
    #expect(try rows(of: folder.file("results/csv/summary.csv")).count == 2)
    #expect(FileManager.default.fileExists(atPath: folder.file("results/report.html")))
    let again = try shell("$BENCH report --no-charts")
    #expect(again.status == 0 && again.output.contains("report: "), "\(again.output)")
  }

  @Test func `messages that nobody reads change nothing`() throws {
    #expect(try shell("$BENCH run small.yaml --no-charts 2>&-").status == 0)
    #expect(
      try shell("exec 9> >(exec true); sleep 0.3; $BENCH report --no-charts 2>&9").status == 0)
    #expect(try rows(of: folder.file("results/csv/runs.csv")).count == 2)
  }

  @Test func `a tilde is the home in every path`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("home"), withIntermediateDirectories: false)
    let run = try shell("$BENCH run small.yaml --no-charts '--out=~/x'")
    #expect(run.status == 0, "\(run.output)")
    #expect(FileManager.default.fileExists(atPath: folder.file("home/x/store.sqlite")))
    #expect(try shell("$BENCH report --no-charts --out '~/x'").status == 0)
    #expect(try shell("$BENCH compare '~/x' home/x").status == 0)
    _ = try shell("mkdir home/s; cp small.yaml home/s/")
    for command in [
      "list scenarios '--scenarios=~/s'", "run '~/s/small.yaml' --no-charts",
      "check --scenarios '~/s' '--baseline=~/b' --update",
      "check --scenarios '~/s' --baseline '~/b' --markdown '~/m.md' '--junit=~/j.xml'",
    ] {
      let result = try shell("$BENCH \(command)")
      #expect(result.status == 0, "\(command): \(result.output)")
    }
    for name in ["b", "m.md", "j.xml"] {
      #expect(FileManager.default.fileExists(atPath: folder.file("home/\(name)")), "\(name)")
    }
    #expect(try shell("BENCH_SCENARIOS='~/s' $BENCH list scenarios").output.contains("small"))
    // The text itself, where it is not at the beginning; nobody's home is a name.
    #expect(try shell("$BENCH run small.yaml --no-charts --out './~/x'").status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.file("~/x/store.sqlite")))
    #expect(
      try shell("$BENCH run small.yaml --no-charts --out '~nobody-of-that-name/x'").status == 0)
    #expect(
      FileManager.default.fileExists(atPath: folder.file("~nobody-of-that-name/x/store.sqlite")))
  }

  @Test func `no message sends what a terminal obeys`() async throws {
    let evil = "\u{1B}]0;title\u{7}\u{1B}[2J"
    try folder.write(
      "title: t\n\"a\\e[2J\": 1\nproblem: {surface: saddle}\nbudget: {steps: 1}\noptimizers: [sgd]\n",
      to: "key.yaml")
    try folder.write("{", to: "\(evil).yaml")
    try folder.write(
      #"{"format": "\#u{1B}[2J"}"#.replacing("\u{1B}", with: "\\u001b"), to: "f.json")
    try folder.write("x,\(evil)\n1,2\n", to: "t.csv")
    try folder.write(
      """
      title: t
      problem: {network: {dataset: {csv: t.csv, label: quality}, layers: [dense 2], batch_size: 1}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """, to: "data.yaml")
    var failing = bench
    failing.environment["BENCH_GNUPLOT"] = try folder.program(
      "printf 'bad \\033[2J' >&2; exit 3", named: "gnuplot")
    for (arguments, isUsed) in [
      (["run", "key.yaml"], true), (["run", "\(evil).yaml"], true), (["run", "no\(evil)"], true),
      (["run", "--no\(evil)"], true), (["\(evil)"], true), (["verify", "f.json"], false),
      (["run", "data.yaml", "--no-charts"], true), (["run", "small.yaml"], false),
      (["list", "x\(evil)"], true), (["compare", "a\(evil)", "b"], true),
      (["run", "small.yaml", "--set", "a\(evil)=1"], true),
      (["basins", "x\(evil)", "--optimizer", "adam"], false),
    ] {
      let result = try await failing.run(arguments)
      let text = result.output + result.errors
      #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"), "\(arguments)")
      #expect(!isUsed || text.contains(#"\u{1B}"#), "\(arguments): \(text)")
    }
  }

  @Test func `a link that leads nowhere leaves the others listed`() async throws {
    try folder.write(try folder.text("small.yaml"), to: "s/good.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("s/gone.yaml"), withDestinationPath: "nothing-here")
    let list = try await bench.run("list", "scenarios", "--scenarios", "s")
    #expect(list.status == 65 && list.output.contains("good"))
    #expect(
      list.errors
        == "s/gone.yaml: leads nowhere: it is a link to nothing-here, which is not there\n")
    let json = try await bench.run("list", "--format", "json", "--scenarios", "s")
    #expect(json.status == 65 && json.output.contains("\"good\"") && json.output.contains("adam"))
    #expect(try await bench.run("run", "--all", "--scenarios", "s").status == 65)
  }
}
