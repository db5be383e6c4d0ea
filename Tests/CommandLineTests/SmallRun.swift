import TestSupport
import Testing

/// A search and three small scenarios, run one trial at a time: a noisy surface with seeds and a target, a surface on
/// which one optimizer diverges, and a series.
///
/// Networks are left out: their numbers depend on the processor.
struct SmallRun: SharedRun {
  @TaskLocal private static var held: SmallRun?
  static var local: TaskLocal<SmallRun?> { $held }

  let folder: TemporaryFolder
  let search: BenchResult
  let run: BenchResult

  private static let scenarios = [
    "bowl.yaml": """
    title: A noisy bowl
    problem: {surface: ellipse, condition_number: 10, start: [3, 2], gradient_noise: 0.1}
    budget: {steps: 20}
    target: {loss: 1}
    seeds: 3
    optimizers: [sgd: {learning_rate: 0.05}, momentum: {learning_rate: 0.02}, adam: {learning_rate: 0.5}]
    charts: [loss]
    """,
    "valley.yaml": """
    # A note about the scenario, which the page shows.
    title: A valley
    problem: {surface: rosenbrock, start: [-1.2, 1]}
    budget: {steps: 20}
    optimizers: [sgd: {learning_rate: 0.001}, adam: {learning_rate: 0.1}, sgd: tuned, sgd: {label: reckless, learning_rate: 10}]
    charts: [trajectory, loss]
    """,
    "series.yaml": """
    title: A series
    problem: {series: seattle-daily-temperature, betas: [0.5]}
    """,
  ]

  init() async throws {
    let folder = try TemporaryFolder()
    for (name, text) in Self.scenarios { try folder.write(text, to: name) }
    self.folder = folder
    // No terminal of the caller's, and no number of its cores, may show.
    let bench = BenchProcess(folder: folder, environment: ["COLUMNS": "100"])
    search = try await bench.run(
      "tune", "valley.yaml", "--trials", "3", "--optimizers", "sgd", "--jobs", "1")
    try #require(search.status == 0, "\(search.errors)")
    run = try await bench.run(
      "run", "bowl.yaml", "valley.yaml", "series.yaml", "--jobs", "1")
    try #require(run.status == 0, "\(run.errors)")
  }

  /// The name of every table that was written, without its ending.
  var tables: [String] {
    folder.contents.compactMap { name in
      guard name.hasPrefix("results/csv/"), name.hasSuffix(".csv") else { return nil }
      return String(name.dropFirst("results/csv/".count).dropLast(".csv".count))
    }
  }
}
