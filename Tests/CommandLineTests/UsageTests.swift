import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
  private let bench: BenchProcess

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  @Test func `help names every command and the exit statuses`() async throws {
    let result = try await bench.run("--help")
    #expect(result.status == 0)
    for word in [
      "run", "list", "report", "verify", "speed", "basins", "doctor", "64", "65", "66", "69", "74",
      "130",
    ] {
      #expect(result.output.contains(word))
    }
  }

  @Test(arguments: ["run", "list", "report", "verify", "speed", "basins", "doctor"])
  func `every command explains itself`(command: String) async throws {
    let result = try await bench.run(command, "--help")
    #expect(result.status == 0 && result.output.contains("USAGE: bench \(command)"))
  }

  @Test(arguments: [
    ["frobnicate"], ["run"], ["run", "--all", "saddle"], ["run", "saddle", "--jobs", "0"],
    ["run", "saddle", "--seeds", "none"], ["run", "saddle", "--out", ""], ["list", "colours"],
    ["list", "--format", "csv"], ["speed", "--only", "step/adm"], ["basins", "sphere"],
    ["basins", "sphere", "--optimizer", "sgd", "--grid", "1"],
    ["run", "--nonsense"], ["speed", "--chart", "steps.gif"],
    ["speed", "--only", "surface", "--chart", "steps.png"],
  ])
  func `wrong usage ends with 64 and says something on standard error`(
    arguments: [String]
  ) async throws {
    let result = try await bench.run(arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }

  @Test func `a doctor finds this machine well, and says what mends a missing gnuplot`()
    async throws
  {
    let well = try await bench.run("doctor")
    #expect(well.status == 0, "\(well.output)\(well.errors)")
    #expect(!well.output.contains("MISSING"))
    var other = bench
    other.environment["BENCH_GNUPLOT"] = "/nowhere/gnuplot"
    let ill = try await other.run("doctor")
    #expect(ill.status == 69)
    #expect(ill.output.contains("MISSING") && ill.errors.contains("apt-get install gnuplot-nox"))
  }
}
