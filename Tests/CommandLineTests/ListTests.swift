import Foundation
import TestSupport
import Testing

@Suite struct ListTests {
  private var bench: BenchProcess

  init() throws {
    bench = BenchProcess(folder: try TemporaryFolder())
    bench.environment["BENCH_SCENARIOS"] = BenchProcess.scenarios
  }

  private static let kinds = [
    "scenarios", "optimizers", "schedules", "surfaces", "networks", "layers", "losses",
    "initializations", "series", "datasets", "metrics", "charts", "diagnoses", "keys",
  ]

  private func output(_ words: String..., columns: Int? = nil) async throws -> String {
    var bench = bench
    if let columns { bench.environment["COLUMNS"] = "\(columns)" }
    let result = try await bench.run(["list"] + words)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  private func objects(_ words: String...) async throws -> [[String: JSONValue]] {
    let result = try await bench.run(["list"] + words + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode([[String: JSONValue]].self, from: Data(result.output.utf8))
  }

  // MARK: Overview

  @Test func `the overview fits a screen and has names of every kind`() async throws {
    let lines = try await output(columns: 100).split(separator: "\n")
    #expect(lines.count <= 50)
    for line in lines { #expect(line.count <= 100, "\(line)") }
    let heads = lines.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != " " }) }
    #expect(heads == Self.kinds)
    let names = Set(lines.flatMap { $0.split(separator: " ").map(String.init) })
    let expected = [
      "saddle", "adam", "rosenbrock", "cosine", "fashion-mnist", "test_accuracy", "overfitting",
      "dense", "he", "softmax_cross_entropy", "fmnist_2c2d", "batch_size", "centralize",
    ]
    #expect(names.isSuperset(of: expected), "\(Set(expected).subtracting(names))")
  }

  @Test func `the overview needs no scenario file to be valid`() async throws {
    try bench.folder.write("title: nothing else\n", to: "broken/bad.yaml")
    let result = try await bench.run("list", "--scenarios", "broken")
    #expect(result.status == 0 && result.output.contains("bad"))
    #expect(try await bench.run("list", "adam", "--scenarios", "nowhere").status == 0)
    #expect(try await bench.run("list", "scenarios", "--scenarios", "broken").status == 65)
  }

  // MARK: Kinds

  @Test(arguments: kinds + ["problems"])
  func `a kind is a heading and a line per entry when piped`(kind: String) async throws {
    let csv = try await output(kind, "--format", "csv").split(separator: "\n").dropFirst()
    let names = csv.map { line in
      line.hasPrefix("\"")
        ? String(line.dropFirst().prefix { $0 != "\"" }) : String(line.prefix { $0 != "," })
    }
    let unique = names.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    let lines = try await output(kind).split(separator: "\n").dropFirst()
    #expect(lines.count == unique.count)
    for (line, name) in zip(lines, unique) { #expect(line.hasPrefix(name), "\(line)") }
    for line in lines {
      #expect(!line.contains(String(repeating: " ", count: 80)) && !line.hasSuffix(" "), "\(line)")
    }
  }

  @Test(arguments: kinds)
  func `a list is no wider than the terminal`(kind: String) async throws {
    for columns in [60, 100] {
      for line in try await output(kind, columns: columns).split(separator: "\n") {
        #expect(line.count <= columns, "\(line)")
      }
    }
  }

  // MARK: One thing

  @Test func `an optimizer is shown with equation, source, state and parameters`() async throws {
    let lines = try await output("adam").split(separator: "\n").map(String.init)
    #expect(lines.first == "adam (optimizer)")
    #expect(lines.contains { $0.hasPrefix("equation ") && $0.contains("θ") })
    #expect(lines.contains { $0.hasPrefix("source ") && $0.contains("Kingma and Ba 2015") })
    #expect(
      lines.contains {
        $0.hasPrefix("state ") && $0.hasSuffix("; 8 bytes per parameter in single precision")
      })
    let rate = try #require(lines.first { $0.hasPrefix("  learning_rate ") })
    #expect(
      rate.hasSuffix("(default 0.001; a number above 0; searched {log: [0.0001, 1]})"), "\(rate)")
  }

  @Test(arguments: [
    ("rosenbrock", ["rosenbrock (scenario)", "rosenbrock (surface)"]),
    ("momentum", ["momentum (optimizer)", "momentum (metric)"]),
    ("cosine", ["cosine (schedule)"]), ("dense", ["dense (layer)"]),
    ("saddle", ["saddle (scenario)", "saddle (surface)"]),
    ("test_accuracy", ["test_accuracy (metric)", "test_accuracy (chart)"]),
    ("trajectory", ["trajectory (chart)"]), ("accumulate", ["accumulate (key)"]),
    ("fmnist_mlp", ["fmnist_mlp (network)"]),
    ("csv", ["{csv: FILE, label: COLUMN} (data set)", "csv (key)", "csv (group of keys)"]),
  ])
  func `a name is shown under every kind that has it`(
    name: String, heads: [String]
  ) async throws {
    let lines = try await output(name).split(separator: "\n").map(String.init)
    #expect(lines.filter { heads.contains($0) } == heads)
    #expect(lines.count { $0.hasPrefix("\(name) (") || heads.contains($0) } == heads.count)
    for line in try await output(name, columns: 80).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func `a kind before a name narrows the search, in singular and plural`() async throws {
    let surface = try await output("surface", "rosenbrock")
    #expect(surface.hasPrefix("rosenbrock (surface)\n") && !surface.contains("(scenario)"))
    #expect(try await output("surfaces", "rosenbrock") == surface)
    let wrong = try await bench.run("list", "schedule", "adam")
    #expect(wrong.status == 64 && wrong.errors.hasPrefix("unknown schedule 'adam'"))
  }

  @Test func `a scenario is shown with its optimizers and the command that runs it`() async throws {
    let text = try await output("scenario", "saddle")
    #expect(text.contains("bench run saddle") && text.contains("\noptimizers\n"))
    #expect(text.contains("adam, learning_rate 0.02"))
  }

  @Test(arguments: [
    ("optimizer", "(did you mean 'optimizers'?)"), ("adamm", "(did you mean 'adam'?)"),
    ("rosenbrok", "(did you mean 'rosenbrock'?)"), ("colours", "'bench list' shows all names"),
    ("amsgrad", "it is a parameter of adam"),
  ])
  func `an unknown name is answered with the nearest over all kinds`(
    name: String, hint: String
  ) async throws {
    let result = try await bench.run("list", name)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(
      result.errors.hasPrefix("unknown name '\(name)'") && result.errors.contains(hint),
      "\(result.errors)")
  }

  // MARK: CSV and JSON

  @Test(arguments: [
    ("scenarios", "name,title,problem,budget,seeds,runs,optimizers"),
    (
      "optimizers",
      "name,summary,source,slots,bytes_per_parameter,hyperparameter,default,allowed,searched,meaning"
    ),
    ("problems", "name,kind,formula,source,parameter,default,allowed,meaning"),
    ("schedules", "name,summary,formula,source,parameter,default,allowed,meaning"),
    ("datasets", "name,title,train,test,size,classes,licence,source"),
    ("metrics", "name,better,summary"), ("charts", "name,problems,summary"),
    ("diagnoses", "name,said_when,look_at"),
  ])
  func `the columns that scripts rely on stay`(kind: String, columns: String) async throws {
    let lines = try await output(kind, "--format", "csv").split(separator: "\n")
    #expect(lines[0] == columns)
    let keys = try await objects(kind).map { Set($0.keys) }
    #expect(Set(keys) == [Set(columns.split(separator: ",").map(String.init))])
    #expect(keys.count >= lines.count - 1)
  }

  @Test func `JSON has numbers, flags and null, not text`() async throws {
    let optimizers = try await objects("optimizers")
    func row(_ name: String, _ parameter: String) throws -> [String: JSONValue] {
      try #require(
        optimizers.first {
          $0["name"] == .text(name) && $0["hyperparameter"] == .text(parameter)
        })
    }
    let rate = try row("adam", "learning_rate")
    #expect(rate["default"] == .number(0.001) && rate["bytes_per_parameter"] == .number(8))
    #expect(try row("adam", "bias_correction")["default"] == .flag(true))
    #expect(try row("adam", "amsgrad_order")["default"] == .text("maximum_first"))
    #expect(try row("sgd", "learning_rate")["slots"] == .null)
    for object in optimizers {
      guard case .text(let name) = object["name"] else { throw Unexpected(value: object) }
      // The moments of Adafactor, CAME and SM3 are as long as a vector but no slot.
      let more = ["adafactor", "came", "sm3"].contains(name) ? 4.0 : 0
      let slots =
        if case .text(let text) = object["slots"] { text.split(separator: " ").count } else { 0 }
      #expect(object["bytes_per_parameter"] == .number(4 * Double(slots) + more), "\(name)")
    }
    let digits = try await objects("datasets").first { $0["name"] == .text("digits") }
    #expect(digits?["classes"] == .number(10) && digits?["size"] == .text("8x8"))
    let own = try await objects("datasets").first { $0["name"] == .text("{idx: FOLDER}") }
    #expect(own?["train"] == .null)
  }

  @Test func `without a kind, JSON is an object by kind and CSV is refused`() async throws {
    let result = try await bench.run("list", "--format", "json")
    let all = try JSONDecoder().decode(
      [String: [[String: JSONValue]]].self, from: Data(result.output.utf8))
    #expect(Set(all.keys) == Set(Self.kinds + ["problems"]))
    #expect(all.values.allSatisfy { !$0.isEmpty })
    #expect(try await bench.run("list", "--format", "csv").status == 64)
    let several = try await bench.run("list", "rosenbrock", "--format", "csv")
    #expect(
      several.status == 64 && several.errors.contains("bench list surfaces rosenbrock --format csv")
    )
    let one = try await output("adam", "--format", "csv").split(separator: "\n")
    #expect(one.count > 5 && one.dropFirst().allSatisfy { $0.hasPrefix("adam,") })
  }

  @Test func `problems of every kind fill the same columns`() async throws {
    let objects = try await objects("problems")
    #expect(
      Set(objects.map { $0["kind"] }) == [.text("surface"), .text("network"), .text("series")])
    let network = objects.filter { $0["name"] == .text("network") }
    let keys = Set(network.compactMap { $0["parameter"] })
    let expected = [
      "layers", "initialization", "loss", "penalty", "task", "dataset", "normalization",
      "validation", "train_samples", "split_seed", "batch_size", "last_batch", "gradient_norms",
      "early_stopping", "convergence",
    ].map { JSONValue.text($0) }
    #expect(keys.isSuperset(of: expected), "\(Set(expected).subtracting(keys))")
    #expect(network.allSatisfy { $0["kind"] == .text("network") && $0["allowed"] != .null })
    #expect(
      objects.contains { $0["name"] == .text("fmnist_2c2d") && $0["kind"] == .text("network") })
    let series = objects.filter { $0["kind"] == .text("series") }
    #expect(series.map { $0["name"] } == [.text("seattle-daily-temperature")])
    #expect(series.map { $0["parameter"] } == [.text("betas")])
    let ellipse = objects.first {
      $0["name"] == .text("ellipse") && $0["parameter"] == .text("rotation")
    }
    #expect(ellipse?["kind"] == .text("surface") && ellipse?["default"] == .number(0))
    #expect(
      objects.contains { $0["name"] == .text("expression") && $0["kind"] == .text("surface") })
  }
}

/// Any value in JSON.
private enum JSONValue: Hashable, Decodable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

private struct Unexpected: Error { var value: [String: JSONValue] }
