import Datasets
import Foundation
import Networks
import Records
import Running
import ScenarioTestSupport
import Scenarios
import Synchronization
import TestSupport
import Testing

/// Data, batches and what is recorded of training.
@Suite struct TrainingDataTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let digits = """
    title: T
    problem:
      network:
        dataset: digits
        layers: [dense 12, relu, dense 10]
        batch_size: 200
    budget: {epochs: 2}
    optimizers: [sgd: {learning_rate: 0.1}]
    """

  func scenarios(_ texts: [String]) throws -> [Scenario] {
    let paths = try texts.enumerated().map { try folder.write($1, to: "s\($0).yaml") }
    return try ScenarioLibrary(folder: folder.path, charts: testCharts).load(paths)
  }

  func plan(_ texts: String...) throws -> Plan {
    try Plan(scenarios: scenarios(texts), masterSeed: 1, datasetDirectory: nil)
  }

  func trial(_ text: String) throws -> TrialRecord {
    let plan = try plan(text)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs[0].trial
  }

  /// What a plan refuses.
  func refusal(
    _ text: String, jobs: Int = 1, memoryLimit: Int? = nil, addressSpace: Int? = nil
  ) throws -> String {
    let scenarios = try scenarios([text])
    do {
      _ = try Plan(
        scenarios: scenarios, masterSeed: 1, datasetDirectory: nil, jobs: jobs,
        memoryLimit: memoryLimit, addressSpace: addressSpace)
      return ""
    } catch {
      return "\(error)"
    }
  }

  // MARK: Batches

  @Test(arguments: [
    ("200", "keep", 8), ("200", "drop", 7), ("full", "keep", 1), ("1", "keep", 1437),
  ])
  func `batches are whole, partial, single or all`(size: String, last: String, steps: Int) throws {
    let record = try trial(
      Self.digits.replacing("batch_size: 200", with: "batch_size: \(size)\n    last_batch: \(last)")
        .replacing("epochs: 2", with: "epochs: 1"))
    #expect(record.steps == steps && record.curve(.loss)?.values.count == steps)
    #expect(record.status == .finished)
  }

  /// Ten epochs of whole batches take more than one batch's worth of samples each time, and not always the same.
  @Test func `what is dropped differs from epoch to epoch`() throws {
    let dataset = try DatasetCatalogue.load("digits", directory: nil)
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [.dense(units: 10)]), dataset: dataset, batchSize: 1000,
      lastBatch: .drop)
    #expect(problem.batchesPerEpoch == 1)
    let parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    var gradient = [Float](repeating: 0, count: parameters.count)
    let losses = (1...3).map { epoch in
      problem.beginEpoch(epoch, masterSeed: 1, seedIndex: 0)
      var span = gradient.mutableSpan
      return problem.lossAndGradient(batch: 0, parameters: parameters.span, gradient: &span)
    }
    #expect(Set(losses).count == 3)
  }

  static let normalized = digits.replacing("dense 12, relu", with: "dense 12, batch_norm")

  /// 1437 is 4 · 359 + 1.
  @Test func `a single sample under batch normalization is refused with line and layer`() throws {
    let last = try refusal(Self.normalized.replacing("200", with: "4"))
    #expect(last.contains("s0.yaml:6: network: layer 2 'batch_norm"))
    #expect(last.contains("1437 training samples in batches of 4") && last.contains("last_batch"))
    let single = try refusal(Self.normalized.replacing("200", with: "1"))
    #expect(single.contains("s0.yaml:6: ") && single.contains("batch_size must be at least 2"))
    let inside = Self.normalized.replacing(
      "dense 12, batch_norm", with: "dense 12, residual: [batch_norm, relu]")
    #expect(try refusal(inside.replacing("200", with: "4")).contains("layer 2 'batch_norm"))
    let full = Self.normalized.replacing("200", with: "full\n    train_samples: 1")
    #expect(try refusal(full).contains("batch_size must be at least 2"))
  }

  @Test func `batch normalization has enough in other batches, or in the pixels of an image`()
    throws
  {
    #expect(try refusal(Self.normalized.replacing("200", with: "2\n    last_batch: drop")) == "")
    #expect(try refusal(Self.normalized.replacing("200", with: "4\n    last_batch: drop")) == "")
    #expect(try refusal(Self.normalized.replacing("200", with: "3")) == "")
    let image = Self.digits.replacing(
      "dense 12, relu", with: "conv 2 3x3 same, batch_norm, flatten")
    #expect(try refusal(image.replacing("200", with: "1")) == "")
    #expect(try refusal(Self.digits.replacing("200", with: "1")) == "")
  }

  @Test func `a variant with one sample under batch normalization is reported at its line`()
    throws
  {
    let refused = try refusal(Self.normalized + "\nvariants: {batch_size: [32, 4]}\n")
    #expect(refused.contains("s0.yaml:9: network: layer 2"), "\(refused)")
  }

  // MARK: Gradient norms

  @Test func `each layer's gradient has its norm recorded at each step`() throws {
    let record = try trial(
      Self.digits.replacing("batch_size: 200", with: "batch_size: 200\n    gradient_norms: true"))
    let norms = record.curves.filter { $0.metric == .gradientNorm }
    #expect(norms.map(\.name) == ["gradient_norm/1-dense", "gradient_norm/3-dense"])
    #expect(norms.allSatisfy { $0.values.count == 16 && $0.steps == Array(0..<16) })
    #expect(record.curve(.gradientNorm) == nil)
    let dataset = try DatasetCatalogue.load("digits", directory: nil)
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [.dense(units: 12), .relu, .dense(units: 10)]),
      dataset: dataset, batchSize: 200)
    // 64·12 + 12 parameters in the first layer, 12·10 + 10 in the other.
    #expect(problem.trainedLayers.map(\.range) == [0..<780, 780..<910])
    let parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    var gradient = [Float](repeating: 0, count: parameters.count)
    problem.beginEpoch(1, masterSeed: 1, seedIndex: 0)
    var span = gradient.mutableSpan
    _ = problem.lossAndGradient(batch: 0, parameters: parameters.span, gradient: &span)
    for (curve, range) in zip(norms, [0..<780, 780..<910]) {
      let squares = gradient[range].map { Double($0) * Double($0) }
      #expect(curve.values[0] == squares.reduce(0, +).squareRoot())
    }
    #expect(try trial(Self.digits).curves.allSatisfy { $0.metric != .gradientNorm })
  }

  // MARK: Sharing

  @Test func `a data set is decoded once and prepared once in each way, whoever shares it`() throws
  {
    let standard = Self.digits.replacing(
      "dataset: digits", with: "dataset: digits\n    normalization: standard")
    let scenarios = try scenarios([
      Self.digits, standard, Self.digits.replacing("epochs: 2", with: "epochs: 3"),
      standard.replacing("dense 12", with: "dense 13"),
    ])
    let loads = Mutex(0)
    let shelf = try DatasetShelf(for: scenarios, directory: nil) {
      (source, directory) throws(DatasetError) in
      loads.withLock { $0 += 1 }
      return try source.load(directory: directory)
    }
    #expect(loads.withLock { $0 } == 1)
    let sets = scenarios.map { scenario -> Dataset? in
      guard case .network(let task) = scenario.problem else { return nil }
      return shelf.dataset(for: task)
    }
    #expect(sets[0] != nil && sets[0] === sets[2] && sets[1] === sets[3] && sets[0] !== sets[1])
  }

  // MARK: Data of one's own

  /// Two clouds of points that a line tells apart.
  static let points =
    "x,y,kind\n"
    + (0..<60).map { index in
      let side = index % 2 == 0 ? 1.0 : -1.0
      return
        "\(side * 2 + Double(index % 7) / 10),\(side + Double(index % 5) / 10),\(side > 0 ? "up" : "down")"
    }.joined(separator: "\n")

  static let own = """
    title: T
    problem:
      network:
        dataset: {csv: data/points.csv, label: kind}
        layers: [dense 2]
        batch_size: 8
    budget: {epochs: 20}
    optimizers:
      - sgd: {learning_rate: 0.5, groups: [{parameters: biases, weight_decay: 0.1}]}
    """

  @Test func `a table beside the scenario is learnt from`() throws {
    try folder.write(Self.points, to: "data/points.csv")
    let record = try trial(Self.own)
    #expect(record.result(of: .testAccuracy) == 1)
    #expect(record.parameters == 6)
    let plan = try plan(Self.own)
    guard case .network(let network) = plan.records[0].problem else {
      Issue.record("no network")
      return
    }
    #expect(network.dataset == "points.csv" && network.source == "csv" && network.data != nil)
    #expect(network.layers == [.layer("dense 2")])
  }

  @Test func `a trial's key depends on the table's content, not on its place`() throws {
    try folder.write(Self.points, to: "data/points.csv")
    try folder.write(Self.points, to: "elsewhere/other.csv")
    let first = try plan(Self.own).trials[0].key
    #expect(
      try plan(Self.own.replacing("data/points", with: "elsewhere/other")).trials[0].key == first)
    try folder.write(Self.points.replacing("2.1,", with: "2.2,"), to: "data/points.csv")
    #expect(try plan(Self.own).trials[0].key != first)
  }

  @Test func `networks that do not suit the data are refused before training`() throws {
    try folder.write(Self.points, to: "data/points.csv")
    let classes = try refusal(Self.own.replacing("[dense 2]", with: "[dense 3]"))
    #expect(classes.contains("s0.yaml:4: network:") && classes.contains("3 outputs"))
    #expect(classes.contains("2 classes"))
    let batch = try refusal(Self.own.replacing("batch_size: 8", with: "batch_size: 49"))
    #expect(batch.contains("49 samples") && batch.contains("1 to 48"))
    let split = try refusal(
      Self.own.replacing("batch_size: 8", with: "batch_size: 8\n    train_samples: 49"))
    #expect(split.contains("48 samples are left"))
  }

  @Test func `what takes more memory than there is is refused with what it takes`() throws {
    // 64·10⁶ + 10⁶ + 10·10⁶ + 10 parameters with gradients: 8 bytes each, adam's 8 more: 1.2 GB; 256 rows of 10⁶ + 10 outputs, the
    // rectifier working in place: 1.0 GB; their gradients for 200 rows: 0.8 GB.
    let large = Self.digits.replacing("dense 12", with: "dense 1000000")
      .replacing("- sgd", with: "- adam").replacing("[sgd: {learning_rate: 0.1}]", with: "[adam]")
    let refused = try refusal(large, memoryLimit: 1 << 30)
    #expect(refused.contains("2.8 GiB") && refused.contains("with adam"), "\(refused)")
    #expect(refused.contains("smaller network") && refused.contains("1.0 GiB"))
    let many = Self.digits.replacing("budget:", with: "seeds: 1000\nbudget:")
    let crowded = try refusal(many, jobs: 1000, memoryLimit: 64 << 20)
    #expect(crowded.contains("fewer --jobs than 1000"), "\(crowded)")
    #expect(try refusal(many, jobs: 1, memoryLimit: 64 << 20) == "")
    // OpenBLAS maps 128 MiB for each thread, and waits for ever where it cannot.
    let narrow = try refusal(many, jobs: 2, addressSpace: 300 << 20)
    #expect(narrow.contains("of address space for 2 trials at once"), "\(narrow)")
    #expect(narrow.contains("may map 300.0 MiB more; fewer --jobs than 2 or a larger 'ulimit -v'"))
    #expect(try refusal(many, jobs: 1, addressSpace: 300 << 20) == "")
    #expect(try refusal(Self.digits, addressSpace: 100 << 20).contains("a larger 'ulimit -v' is"))
    #expect(try refusal(many, jobs: 2, addressSpace: 1 << 30) == "")
    // A lone trial has no company, however many jobs there might be.
    #expect(try refusal(Self.digits, jobs: 1000, memoryLimit: 64 << 20) == "")
  }
}
