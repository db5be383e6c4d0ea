import Foundation
import TestSupport
import Testing

/// What people and scripts read of the program, as it was recorded.
///
/// `BENCH_RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests` records it again, and fails.
@Suite(.sharing(SmallRun.self)) struct SnapshotTests {
  private static let snapshots = SnapshotFolder(
    path: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots").path)
  /// What `bench list` lists.
  private static let kinds = [
    "scenarios", "optimizers", "schedules", "surfaces", "networks", "layers", "losses",
    "initializations", "series", "datasets", "metrics", "charts", "diagnoses", "keys", "problems",
  ]
  /// What `bench list` shows whole.
  private static let names = ["adam", "surface rosenbrock", "accumulate", "dense", "cosine"]
  private let bench: BenchProcess

  init() throws {
    bench = BenchProcess(
      folder: try TemporaryFolder(),
      environment: ["COLUMNS": "100", "BENCH_SCENARIOS": BenchProcess.scenarios])
  }

  private func expect(
    _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard let fault = try Self.snapshots.fault(of: text, named: name) else { return }
    Issue.record(Comment(rawValue: fault), sourceLocation: sourceLocation)
  }

  /// What a command prints on both streams; it must succeed.
  private func printed(_ arguments: [String]) async throws -> String {
    let result = try await bench.run(arguments)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    guard !result.errors.isEmpty else { return result.output }
    return "\(result.output)--- standard error ---\n\(result.errors)"
  }

  @Test func `help of the program and of every subcommand is as recorded`() async throws {
    try expect(try await printed(["--help"]), named: "help/bench.txt")
    for command in try await bench.subcommands() {
      try expect(try await printed([command, "--help"]), named: "help/\(command).txt")
    }
  }

  @Test func `lists are as recorded`() async throws {
    try expect(try await printed(["list"]), named: "list/everything.txt")
    for kind in Self.kinds {
      try expect(try await printed(["list", kind]), named: "list/\(kind).txt")
      try expect(
        try await printed(["list", kind, "--format", "json"]), named: "list/\(kind).json")
    }
    for name in Self.names {
      let words = name.split(separator: " ").map(String.init)
      try expect(
        try await printed(["list"] + words), named: "list/name/\(words[words.count - 1]).txt")
    }
  }

  @Test func `tables have the columns and first rows recorded`() throws {
    let run = try SmallRun.current
    for name in run.tables {
      let table = try CSVTable(path: run.folder.file("results/csv/\(name).csv"))
      try expect(Masks.table(table), named: "tables/\(name).csv")
    }
  }

  @Test func `the terminal shows the results recorded`() throws {
    let run = try SmallRun.current
    try expect(Masks.rounded(run.run.output), named: "terminal/run.txt")
    try expect(Masks.rounded(run.search.output), named: "terminal/tune.txt")
  }

  @Test func `the report page is as recorded`() throws {
    let page = try SmallRun.current.folder.text("results/report.html")
    try expect(try Masks.page(page), named: "report.html")
  }

  @Test func `a test uses every snapshot`() async throws {
    var used: Set = [
      "help/bench.txt", "list/everything.txt", "terminal/run.txt", "terminal/tune.txt",
      "report.html",
    ]
    used.formUnion(try await bench.subcommands().map { "help/\($0).txt" })
    used.formUnion(Self.names.map { "list/name/\($0.split(separator: " ").last ?? "").txt" })
    used.formUnion(Self.kinds.flatMap { ["list/\($0).txt", "list/\($0).json"] })
    used.formUnion(try SmallRun.current.tables.map { "tables/\($0).csv" })
    if let fault = try Self.snapshots.fault(ofUnusedBy: used) {
      Issue.record(Comment(rawValue: fault))
    }
  }

  @Test func `no snapshot depends on the machine it was recorded on`() throws {
    let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      .split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    let root = URL(fileURLWithPath: BenchProcess.scenarios).deletingLastPathComponent().path
    let words = [
      processor, root, NSHomeDirectory() + "/", "Debian GNU/Linux", "bench-test-",
    ].compactMap(\.self).filter { $0.count > 3 }
    #expect(!Self.snapshots.names.isEmpty)
    for name in Self.snapshots.names {
      let text = try String(contentsOfFile: "\(Self.snapshots.path)/\(name)", encoding: .utf8)
      for word in words { #expect(!text.contains(word), "\(name) holds '\(word)'") }
    }
  }
}
