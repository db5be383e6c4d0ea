import Foundation
import TestSupport
import Testing

/// Networks on data of one's own, from the command line.
@Suite struct TrainingTests {
  private let bench: BenchProcess
  private var folder: TemporaryFolder { bench.folder }

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  private static let scenario = """
    title: Points
    problem:
      network:
        dataset: {csv: points.csv, label: kind, test: 12}
        layers: [dense 2]
        batch_size: 8
        validation: 0.25
        gradient_norms: true
    budget: {epochs: 200}
    early_stopping: {patience: 3, metric: validation_accuracy}
    optimizers: [sgd: {learning_rate: 0.5}]
    charts: [loss]
    """

  private static func points(_ count: Int = 60) -> String {
    "x,y,kind\n"
      + (0..<count).map { index in
        let side = index % 2 == 0 ? 1.0 : -1.0
        return
          "\(side * 2 + Double(index % 7) / 10),\(side + Double(index % 5) / 10),\(side > 0 ? "up" : "down")"
      }.joined(separator: "\n")
  }

  @Test func `a table is found beside its scenario, and a run says why it stopped`() async throws {
    try folder.write(Self.scenario, to: "mine/points.yaml")
    try folder.write(Self.points(), to: "mine/points.csv")
    let result = try await bench.run("run", "mine/points.yaml", "--no-charts")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("diagnosis"))
    let run = try #require(try rows(of: folder.file("results/csv/runs.csv")).first)
    #expect(run["stop_reason"] == "early_stopping" && run["validation_accuracy"] == "1")
    let epochs = try #require(run["epochs"].flatMap(Int.init))
    let restored = try #require(run["restored_epoch"].flatMap(Int.init))
    #expect(epochs == restored + 3 && epochs < 200)
    let metrics = Set(
      try rows(of: folder.file("results/csv/curves.csv")).compactMap { $0["metric"] })
    #expect(metrics.isSuperset(of: ["gradient_norm/1-dense", "validation_loss", "test_loss"]))
    // Nothing is run again for the same data elsewhere.
    try folder.write(
      Self.scenario.replacing("points.csv", with: "other.csv"), to: "mine/points.yaml")
    try folder.write(Self.points(), to: "mine/other.csv")
    let again = try await bench.run("run", "mine/points.yaml", "--no-charts")
    #expect(again.errors.contains("1 of 1 trial is in the store already"))
  }

  @Test(arguments: [
    (
      "x,y,kind\n1,nan,up\n2,3,down\n",
      "points.csv:2: a finite number in column 'y' (set 'missing' to drop or mean"
    ),
    ("x,y,kind\n" + String(repeating: "1,1,up\n1,1,down\n", count: 20), "same features"),
    (points(12), "takes 12 of 12 rows"),
    (points(20), "a batch of 8 samples does not fit the data (1 to 6 training samples)"),
    (points() + "\n1,1,sideways\n", "2 outputs per sample, but the data has 3 classes"),
  ])
  func `bad data end with 65 before training`(table: String, words: String) async throws {
    try folder.write(Self.scenario, to: "points.yaml")
    try folder.write(table, to: "points.csv")
    let result = try await bench.run("run", "points.yaml", "--no-charts")
    #expect(result.status == 65 && result.errors.contains(words), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("results")))
  }

  @Test func `a table that is not there ends with 66`() async throws {
    try folder.write(Self.scenario, to: "points.yaml")
    let result = try await bench.run("run", "points.yaml", "--no-charts")
    #expect(result.status == 66 && result.errors.contains("points.csv: no such file"))
    #expect(result.errors.contains("relative to the scenario's folder"))
  }

  @Test func `a network too large for memory ends with 65`() async throws {
    try folder.write(
      // 2·10⁹ weights and as many gradients: 15 GiB for each of 1,024 trials at once.
      Self.scenario.replacing("[dense 2]", with: "[dense 1000000, relu, dense 2000, dense 2]")
        .replacing("budget:", with: "seeds: 1024\nbudget:"),
      to: "points.yaml")
    try folder.write(Self.points(), to: "points.csv")
    let result = try await bench.run("run", "points.yaml", "--no-charts", "--jobs", "1024")
    #expect(result.status == 65 && result.errors.contains("of memory"), "\(result.errors)")
  }

  @Test func `options of training and diagnoses can be listed`() async throws {
    let training = try await bench.run("list", "problems", "--format", "csv")
    for word in ["normalization", "early_stopping", "batch_size", "validation", "last_batch"] {
      #expect(training.output.contains(word))
    }
    let diagnoses = try await bench.run("list", "diagnoses", "--format", "csv")
    #expect(diagnoses.output.split(separator: "\n").count == 8)
    #expect(diagnoses.output.contains("suspicious_data"))
  }
}
