import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
  private let bench: BenchProcess

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  private static let commands = [
    "basins", "check", "compare", "doctor", "list", "report", "run", "speed", "tune", "verify",
  ]

  @Test func `help lists every subcommand, each once`() async throws {
    #expect(try await bench.subcommands().sorted() == Self.commands)
  }

  @Test func `help explains every exit status`() async throws {
    let result = try await bench.run("--help")
    #expect(result.status == 0)
    let words = try #require(result.output.split(separator: "Exit status:").last)
      .prefix { $0 != "." }.replacing("\n", with: " ").split(separator: ";")
    let statuses = words.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
    #expect(statuses == [0, 1, 64, 65, 66, 69, 74, 130])
    #expect(words.allSatisfy { $0.split(separator: " ").count > 1 }, "\(words)")
  }

  @Test(arguments: commands)
  func `every command explains itself`(command: String) async throws {
    let result = try await bench.run(command, "--help")
    #expect(result.status == 0 && result.output.contains("USAGE: bench \(command) "))
    // What it does, before how it is used.
    #expect(result.output.hasPrefix("OVERVIEW: ") && !result.output.hasPrefix("OVERVIEW: \n"))
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
