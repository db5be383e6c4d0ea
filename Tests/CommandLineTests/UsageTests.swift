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

  @Test func `lists come as table, JSON and CSV`() async throws {
    let table = try await bench.run("list")
    #expect(table.status == 0)
    for word in ["saddle", "adam", "rosenbrock", "constant", "fashion-mnist", "test_accuracy"] {
      #expect(table.output.contains(word))
    }
    let json = try await bench.run("list", "optimizers", "--format", "json")
    let objects = try JSONDecoder().decode([[String: String]].self, from: Data(json.output.utf8))
    let rate = objects.first { $0["name"] == "adam" && $0["hyperparameter"] == "learning_rate" }
    #expect(rate?["default"] == "0.001" && rate?["bytes_per_parameter"] == "8")
    for object in objects {
      let name = try #require(object["name"])
      // Beside its slots, Muon has three copies of a matrix as scratch; Adafactor's moments are as long as a vector but no slot.
      let beside = name == "muon" ? 12 : name == "adafactor" ? 4 : 0
      let slots = try #require(object["slots"]).split(separator: " ").count
      #expect(object["bytes_per_parameter"] == "\(4 * slots + beside)", "\(name)")
    }
    let csv = try await bench.run("list", "metrics", "--format", "csv")
    #expect(csv.output.hasPrefix("name,better,summary\n"))
  }

  @Test(arguments: ["scenarios", "optimizers", "problems", "schedules", "datasets", "metrics"])
  func `a list that is piped is not filled up with blanks`(kind: String) async throws {
    var bench = bench
    bench.environment["BENCH_SCENARIOS"] = BenchProcess.scenarios
    let result = try await bench.run("list", kind)
    #expect(result.status == 0)
    for line in result.output.split(separator: "\n") {
      #expect(!line.contains(String(repeating: " ", count: 80)) && !line.hasSuffix(" "), "\(line)")
    }
  }

  @Test(arguments: ["scenarios", "optimizers", "problems", "schedules", "diagnoses", "charts"])
  func `a list is no wider than the terminal`(kind: String) async throws {
    var bench = bench
    bench.environment["BENCH_SCENARIOS"] = BenchProcess.scenarios
    bench.environment["COLUMNS"] = "100"
    let result = try await bench.run("list", kind)
    #expect(result.status == 0)
    for line in result.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func `a line of a piped list holds a whole hyperparameter`() async throws {
    let result = try await bench.run("list", "optimizers")
    let lines = result.output.split(separator: "\n").map(String.init)
    let adam = try #require(lines.firstIndex { $0.hasPrefix("adam  ") })
    let rate = try #require(lines[adam...].first { $0.hasPrefix("  learning_rate ") })
    #expect(
      rate.hasSuffix("(default 0.001; a number above 0; searched {log: [0.0001, 1]})"), "\(rate)")
  }

  @Test func `problems of every kind fill the same columns with what these say`() async throws {
    let json = try await bench.run("list", "problems", "--format", "json")
    let objects = try JSONDecoder().decode([[String: String]].self, from: Data(json.output.utf8))
    #expect(Set(objects.map { $0["kind"] }) == ["surface", "network", "series"])
    let network = objects.filter { $0["name"] == "network" }
    #expect(
      network.map { $0["parameter"] } == [
        "layers", "initialization", "loss", "penalty", "task", "dataset", "normalization",
        "validation",
        "train_samples", "split_seed", "batch_size", "last_batch", "gradient_norms",
        "early_stopping", "convergence",
      ])
    #expect(network.allSatisfy { $0["kind"] == "network" && $0["allowed"]?.isEmpty == false })
    #expect(objects.contains { $0["name"] == "fmnist_2c2d" && $0["kind"] == "network" })
    let series = objects.filter { $0["kind"] == "series" }
    #expect(series.map { $0["name"] } == ["seattle-daily-temperature"])
    #expect(series.map { $0["parameter"] } == ["betas"])
    let ellipse = objects.first { $0["name"] == "ellipse" && $0["parameter"] == "rotation" }
    #expect(ellipse?["kind"] == "surface" && ellipse?["default"] == "0")
    #expect(objects.contains { $0["name"] == "expression" && $0["kind"] == "surface" })
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
