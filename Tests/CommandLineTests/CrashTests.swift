import Foundation
import Records
import TestSupport
import Testing

/// Runs that are killed, that share a store, and that find no room.
@Suite struct CrashTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  /// Columns that tell of time; nothing else may differ between two ways to the same results.
  private static let timings: Set<String> = ["wall_seconds", "cpu_seconds", "seconds_to_target"]
  private static let tables = [
    "runs", "summary", "pairwise", "targets", "ranking", "ranking_pairs", "profiles", "curves",
    "trajectories", "environments",
  ]

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try folder.write(
      """
      title: Crash
      problem: {surface: saddle, gradient_noise: 0.1}
      budget: {steps: 50000}
      target: {loss: -1}
      seeds: 20
      optimizers: [sgd, momentum, adam]
      """, to: "crash.yaml")
    try folder.write(
      """
      title: Other
      problem: {surface: ellipse, gradient_noise: 0.1}
      budget: {steps: 5000}
      seeds: 20
      optimizers: [sgd, adam, rmsprop]
      """, to: "other.yaml")
  }

  private func tables(in out: String) throws -> [String] {
    try Self.tables.flatMap { name in
      let text = try folder.text("\(out)/csv/\(name).csv")
      let rows = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let kept = rows[0].indices.filter { !Self.timings.contains(String(rows[0][$0])) }
      return rows.map { row in
        row.count == rows[0].count
          ? kept.map { String(row[$0]) }.joined(separator: ",") : row.joined(separator: ",")
      }
    }
  }

  /// Trials of the first scenario that a store holds.
  private func held(in store: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: store) else { return 0 }
    let store = try Store(existingAt: store)
    guard let keys = try store.scenarios().first?.trials.map(\.key) else { return 0 }
    return try store.heldKeys(among: keys).count
  }

  /// Starts a run and kills it as soon as it has added `count` trials to the store.
  private func killedRun(adding count: Int) throws {
    let store = folder.file("killed/store.sqlite")
    let before = try held(in: store)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BenchProcess.program)
    process.arguments = ["run", "crash.yaml", "--no-charts", "--out", "killed"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, try held(in: store) < before + count {
      Thread.sleep(forTimeInterval: 0.001)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  @Test func `a run killed again and again ends with the same tables as one left alone`()
    async throws
  {
    let whole = try await bench.run("run", "crash.yaml", "--no-charts", "--out", "whole")
    #expect(whole.status == 0, "\(whole.errors)")
    // The first kill falls into the making of the store.
    for count in [0, 1, 2, 5, 9] { try killedRun(adding: count) }
    let left = try held(in: folder.file("killed/store.sqlite"))
    // At least one kill fell into the middle, or the test shows nothing.
    #expect(left > 0 && left < 60)
    let resumed = try await bench.run("run", "crash.yaml", "--no-charts", "--out", "killed")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try tables(in: "killed") == tables(in: "whole"))
  }

  @Test func `two processes fill one store at the same time`() async throws {
    async let first = bench.run("run", "crash.yaml", "--no-charts", "--out", "both")
    async let second = bench.run("run", "other.yaml", "crash.yaml", "--no-charts", "--out", "both")
    let results = try await [first, second]
    #expect(results.allSatisfy { $0.status == 0 }, "\(results.map(\.errors))")
    _ = try await bench.run("run", "other.yaml", "crash.yaml", "--no-charts", "--out", "alone")
    #expect(try await bench.run("report", "--no-charts", "--out", "both").status == 0)
    #expect(try await bench.run("report", "--no-charts", "--out", "alone").status == 0)
    #expect(try tables(in: "both") == tables(in: "alone"))
  }

  @Test func `without room a run ends with 74, and goes on where it stopped once there is some`()
    async throws
  {
    // The shell's limit on the size of a file, in units of 1 KiB; its signal is ignored, so that writing fails as on a full disk.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c", "trap '' XFSZ; ulimit -f 4000; exec \"$0\" run crash.yaml --no-charts --out full",
      BenchProcess.program,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 74, "\(text)")
    #expect(text.contains("full/store.sqlite: cannot be written"))
    let store = try Store(existingAt: folder.file("full/store.sqlite"))
    let held = try store.result(of: try #require(try store.scenarios().first)).runs.count
    #expect(held > 0 && held < 60)
    let resumed = try await bench.run("run", "crash.yaml", "--no-charts", "--out", "full")
    #expect(resumed.status == 0 && resumed.errors.contains("\(held) of 60 trials are in the store"))
  }
}
