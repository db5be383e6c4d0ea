import Foundation
import TestSupport
import Testing

/// Ctrl-C and SIGTERM are heard wherever the program is, and leave nothing behind.
@Suite struct InterruptionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      title: Small
      problem: {surface: saddle}
      budget: {steps: 5}
      optimizers: [sgd]
      """, to: "small.yaml")
  }

  private func process(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> Process
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BenchProcess.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Waits, on its thread, until a condition holds.
  ///
  /// Not by suspending: among a thousand tests a suspended one goes on minutes later, when what it waited for is over.
  private func wait(until condition: () -> Bool) -> Bool {
    for _ in 0..<12_000 {
      if condition() { return true }
      usleep(10_000)
    }
    return false
  }

  /// Whether a process ends without being asked again: far sooner than what it waits for would.
  private func hasEnded(_ process: Process) -> Bool {
    let hasEnded = wait { !process.isRunning }
    if !hasEnded { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return hasEnded
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a gnuplot that hangs is ended with the program`(signal: Int32) throws {
    let gnuplot = try folder.program("echo $$ > pid; mv pid \(folder.file("pid")); exec sleep 3600")
    let process = try process(
      ["run", "small.yaml"], ["BENCH_GNUPLOT": gnuplot, "BENCH_GNUPLOT_SECONDS": "3600"])
    try process.run()
    try #require(wait { FileManager.default.fileExists(atPath: folder.file("pid")) })
    kill(process.processIdentifier, signal)
    #expect(hasEnded(process) && process.terminationStatus == 130)
    let child = try #require(pid_t(try folder.text("pid").trimmingCharacters(in: .newlines)))
    #expect(kill(child, 0) != 0 && errno == ESRCH)
    // Tables were there before the charts.
    #expect(try rows(of: folder.file("results/csv/runs.csv")).count == 1)
    #expect(folder.contents.filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a file that never ends is left`(signal: Int32) throws {
    #expect(mkfifo(folder.file("never.yaml"), 0o600) == 0)
    let process = try process(["run", "never.yaml"])
    try process.run()
    // The other end can be opened once the program reads.
    let descriptor = open(folder.file("never.yaml"), O_WRONLY)
    defer { close(descriptor) }
    kill(process.processIdentifier, signal)
    #expect(hasEnded(process) && process.terminationStatus == 130)
  }

  @Test func `a check leaves no folder, even one that was killed`() throws {
    try folder.write(
      """
      title: Endless
      problem:
        network: {dataset: digits, layers: [dense 2000, relu, dense 2000, relu, dense 10], batch_size: 1}
      budget: {epochs: 100000}
      optimizers: [sgd, adam]
      """, to: "s/endless.yaml")
    try folder.write(try folder.text("small.yaml"), to: "s/small.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("tmp"), withIntermediateDirectories: false)
    func left() -> [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: folder.file("tmp"))) ?? []
    }
    let arguments = ["check", "endless", "--scenarios", "s", "--baseline", "b", "--update"]
    for signal in [SIGINT, SIGKILL] {
      let process = try process(arguments, ["TMPDIR": folder.file("tmp")])
      try process.run()
      #expect(wait { !left().isEmpty })
      // Its store is there, so that it is at work.
      #expect(wait { folder.contents.contains { $0.hasSuffix("store.sqlite") } })
      kill(process.processIdentifier, signal)
      #expect(hasEnded(process))
      #expect(left().isEmpty == (signal == SIGINT))
    }
    // A folder that is in use stays; that of the killed one goes.
    let held = folder.file("tmp/bench-check-held")
    try FileManager.default.createDirectory(atPath: held, withIntermediateDirectories: false)
    let lock = open("\(held)/lock", O_RDWR | O_CREAT, 0o600)
    #expect(flock(lock, LOCK_EX) == 0)
    let last = try process(
      ["check", "small", "--scenarios", "s", "--baseline", "b", "--update"],
      ["TMPDIR": folder.file("tmp")])
    try last.run()
    last.waitUntilExit()
    #expect(last.terminationStatus == 0 && left() == ["bench-check-held"])
    close(lock)
  }
}
