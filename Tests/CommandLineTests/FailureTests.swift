import Foundation
import TestSupport
import Testing

/// Things that go wrong around a run: what is missing, damaged or full.
@Suite struct FailureTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    try folder.write(
      """
      title: Small
      problem: {surface: saddle}
      budget: {steps: 5}
      optimizers: [sgd]
      """, to: "small.yaml")
  }

  @Test func `without gnuplot the tables are there, the error says what to install`() async throws {
    var bench = bench
    bench.environment["BENCH_GNUPLOT"] = folder.file("no-such-gnuplot")
    let result = try await bench.run("run", "small.yaml")
    #expect(result.status == 69)
    #expect(result.errors.contains("apt-get install gnuplot-nox"))
    #expect(try rows(of: folder.file("results/csv/runs.csv")).count == 1)
    #expect(try await bench.run("run", "small.yaml", "--no-charts").status == 0)
  }

  @Test func `a gnuplot that fails is an error and leaves no picture`() async throws {
    let program = try folder.program("echo broken >&2; exit 3", named: "bad-gnuplot")
    var bench = bench
    bench.environment["BENCH_GNUPLOT"] = program
    let result = try await bench.run("run", "small.yaml")
    #expect(result.status == 69)
    #expect(result.errors.contains("small/trajectory") && result.errors.contains("broken"))
    let left = FileManager.default.enumerator(atPath: folder.file("results"))?.compactMap {
      $0 as? String
    }
    #expect(left?.contains { $0.hasSuffix(".png") } == false)
  }

  @Test func `a full disk behind standard output ends with 74`() async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BenchProcess.program)
    process.arguments = ["list", "metrics"]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
  }

  @Test func `nothing to run is no success`() async throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("scenarios"), withIntermediateDirectories: false)
    let result = try await bench.run("run", "--all")
    #expect(result.status == 66 && result.errors.contains("no scenario to run here"))
  }

  @Test func `a folder that cannot be written ends with 74`() async throws {
    let obstacle = try folder.write("a file", to: "obstacle")
    let result = try await bench.run("run", "small.yaml", "--out", "\(obstacle)/results")
    #expect(result.status == 74 && result.errors.contains("obstacle"))
  }

  @Test(arguments: [
    "run small.yaml", "tune small.yaml", "report", "basins sphere --optimizer adam",
  ])
  func `a file as --out is reported as such`(command: String) async throws {
    try folder.write("a file", to: "obstacle")
    let result = try await bench.run(
      command.split(separator: " ").map(String.init) + ["--out", "obstacle"])
    #expect(result.status == 74 && result.errors.contains("--out obstacle: is a file"))
    #expect(try folder.text("obstacle") == "a file")
  }

  @Test
  func
    `a file is found by its name without the ending, and a folder is answered with what to give`()
    async throws
  {
    try FileManager.default.createDirectory(
      atPath: folder.file("mine"), withIntermediateDirectories: false)
    var bench = bench
    bench.environment["BENCH_SCENARIOS"] = BenchProcess.scenarios
    let file = try await bench.run("run", "small")
    #expect(file.status == 0 && file.output.contains("small"))
    let mine = try await bench.run("run", "mine")
    #expect(mine.status == 65 && mine.errors.hasPrefix("mine: is a folder; give a file in it"))
  }

  @Test func `a file that is no store ends with 65 and is left alone`() async throws {
    let text = String(repeating: "not a database ", count: 100)
    try folder.write(text, to: "results/store.sqlite")
    for command in ["run", "report"] {
      let result =
        command == "run"
        ? try await bench.run("run", "small.yaml") : try await bench.run("report")
      #expect(result.status == 65 && result.errors.contains("store.sqlite"))
    }
    #expect(
      try String(contentsOfFile: folder.file("results/store.sqlite"), encoding: .utf8) == text)
  }

  @Test func `a report without results ends with 66, one of an unknown scenario too`() async throws
  {
    #expect(try await bench.run("report").status == 66)
    #expect(try await bench.run("run", "small.yaml", "--no-charts").status == 0)
    let result = try await bench.run("report", "smal")
    #expect(result.status == 66 && result.errors.contains("did you mean 'small'?"))
  }

  @Test func `a report needs neither scenario nor data, and gives the same tables`() async throws {
    #expect(try await bench.run("run", "small.yaml").status == 0)
    let table = folder.file("results/csv/curves.csv")
    let before = try Data(contentsOf: URL(fileURLWithPath: table))
    try FileManager.default.removeItem(atPath: folder.file("small.yaml"))
    try FileManager.default.removeItem(atPath: folder.file("results/csv"))
    try FileManager.default.removeItem(atPath: folder.file("results/charts"))
    let result = try await bench.run("report")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: table)) == before)
    #expect(FileManager.default.fileExists(atPath: folder.file("results/charts/small/loss.png")))
  }

  @Test func `data that are not there or damaged stop a run before it starts`() async throws {
    try folder.write(
      """
      title: Fashion
      problem: {network: {dataset: fashion-mnist, layers: [dense 10]}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """, to: "fashion.yaml")
    let missing = try await bench.run("run", "fashion.yaml", "--data-dir", folder.file("nowhere"))
    #expect(missing.status == 66 && missing.errors.contains("nowhere"))
    for name in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      try folder.write("short", to: "data/\(name)-ubyte")
    }
    let damaged = try await bench.run("run", "fashion.yaml", "--data-dir", folder.file("data"))
    #expect(damaged.status == 65 && damaged.errors.contains("-ubyte"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("results")))
  }
}
