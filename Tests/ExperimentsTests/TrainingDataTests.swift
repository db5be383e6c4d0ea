import Experiments
import Foundation
import Problems
import Records
import Synchronization
import TestSupport
import Testing

/// Data, batches and what is recorded of training.
@Suite struct TrainingDataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let digits = """
    title: T
    problem:
      network:
        dataset: digits
        layers: [dense 12, relu, dense 10]
        batch_size: 200
    budget: {epochs: 2}
    optimizers: [sgd: {learning_rate: 0.1}]
    """

  private func scenarios(_ texts: [String]) throws -> [Scenario] {
    let paths = try texts.enumerated().map { try folder.write($1, to: "s\($0).yaml") }
    return try ScenarioLibrary(folder: folder.path, charts: testCharts).load(paths)
  }

  private func plan(_ texts: String...) throws -> Plan {
    try Plan(scenarios: scenarios(texts), masterSeed: 1, datasetDirectory: nil)
  }

  private func trial(_ text: String) throws -> TrialRecord {
    let plan = try plan(text)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs[0].trial
  }

  /// What a plan refuses.
  private func refusal(
    _ text: String, jobs: Int = 1, memoryLimit: Int? = nil
  ) throws -> String {
    let scenarios = try scenarios([text])
    do {
      _ = try Plan(
        scenarios: scenarios, masterSeed: 1, datasetDirectory: nil, jobs: jobs,
        memoryLimit: memoryLimit)
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
  private static let points =
    "x,y,kind\n"
    + (0..<60).map { index in
      let side = index % 2 == 0 ? 1.0 : -1.0
      return
        "\(side * 2 + Double(index % 7) / 10),\(side + Double(index % 5) / 10),\(side > 0 ? "up" : "down")"
    }.joined(separator: "\n")

  private static let own = """
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
    #expect(plan.records[0].problem.hasPrefix("points.csv: dense 2"))
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
    #expect(classes.contains("s0.yaml: network:") && classes.contains("3 outputs"))
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
    // A lone trial has no company, however many jobs there might be.
    #expect(try refusal(Self.digits, jobs: 1000, memoryLimit: 64 << 20) == "")
  }

  // MARK: Keys

  @Test(arguments: [
    "normalization: standard", "normalization: none", "validation: 0.1", "validation: 100",
    "train_samples: 500", "last_batch: drop", "gradient_norms: true",
  ])
  func `each option of training is part of a trial's key`(option: String) throws {
    let key = try plan(Self.digits).trials[0].key
    let other = Self.digits.replacing("dataset: digits", with: "dataset: digits\n    \(option)")
    #expect(try plan(other).trials[0].key != key)
  }

  @Test(arguments: [
    "convergence: {epsilon: 0.1}", "convergence: {epsilon: 0.2}",
    "convergence: {epsilon: 0.1, evaluations: 3}",
    "early_stopping: {patience: 3, metric: train_loss}",
    "early_stopping: {patience: 4, metric: train_loss}",
    "early_stopping: {patience: 3, metric: train_accuracy}",
    "early_stopping: {patience: 3, metric: train_loss, restore_best: false}",
  ])
  func `each rule of stopping is part of a trial's key`(rule: String) throws {
    let key = try plan(Self.digits).trials[0].key
    let ruled = try plan(Self.digits + "\n" + rule).trials[0].key
    #expect(ruled != key)
    #expect(try plan(Self.digits + "\nconvergence: {epsilon: 0.3}").trials[0].key != ruled)
  }

  @Test func `the seed of a split is part of a key where something is split, usual values are not`()
    throws
  {
    func key(_ options: String) throws -> String {
      try plan(Self.digits.replacing("dataset: digits", with: "dataset: digits\n    \(options)"))
        .trials[0].key
    }
    let plain = try plan(Self.digits).trials[0].key
    #expect(try key("normalization: unit") == plain && key("split_seed: 3") == plain)
    #expect(try key("last_batch: keep") == plain && key("gradient_norms: false") == plain)
    #expect(try key("validation: 0.1") != key("validation: 0.1\n    split_seed: 3"))
    let full = Self.digits.replacing("batch_size: 200", with: "batch_size: full")
    let all = Self.digits.replacing("batch_size: 200", with: "batch_size: 1437")
    #expect(try plan(full).trials[0].key == plan(all).trials[0].key)
  }

  /// Keys of trials that were stored before these options were there.
  @Test func `trials without any of the options keep their keys`() throws {
    let record = try plan(Self.digits).trials[0].configuration.json
      .replacing(/"engine":[0-9]+/, with: #""engine":1"#)
    #expect(
      record
        == #"{"engine":1,"epochs":2,"hyperparameters":{"learning_rate":0.1,"maximize":false,"weight_decay":0},"layers":["dense 12","relu","dense 10"],"master_seed":1,"problem":{"batch_size":200,"data":"2efcd2da62bab8a5d3c5d4f3b0664b36","dataset":"digits","initialization":"he","loss":"softmax_cross_entropy"},"rule":"sgd","seed":0}"#
    )
  }

  // MARK: Reading

  private func issues(_ text: String) -> [String] {
    do {
      _ = try scenarios([text])
      return []
    } catch { return "\(error)".split(separator: "\n").map(String.init) }
  }

  @Test(arguments: [
    ("normalization: standart", "did you mean 'standard'"),
    ("validation: 0", "share above 0 and below 1 or a number"),
    ("validation: 1.5", "share above 0"), ("train_samples: 0", "whole number from 1"),
    ("last_batch: throw", "unknown last_batch 'throw' (there are: keep, drop)"),
    ("gradient_norms: yes", "true or false"), ("split_seed: -1", "whole number from 0"),
    ("batch_sice: 3", "did you mean 'batch_size'"),
  ])
  func `a bad option of a network is told with its line`(option: String, words: String) {
    let found = issues(
      Self.digits.replacing("dataset: digits", with: "dataset: digits\n    \(option)"))
    #expect(found.count == 1 && found[0].contains("s0.yaml:5: "), "\(found)")
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  @Test func `a bad batch size is told with what is allowed`() {
    for size in ["0", "1438", "all", "2.5", "-3"] {
      let found = issues(Self.digits.replacing("batch_size: 200", with: "batch_size: \(size)"))
      #expect(
        found.count == 1
          && found[0].contains(":6: 'batch_size' must be a whole number from 1 to 1437, or full"))
    }
  }

  @Test(arguments: [
    ("early_stopping: {metric: train_loss}", "needs the key 'patience'"),
    ("early_stopping: {patience: 0, metric: train_loss}", "whole number from 1"),
    ("early_stopping: {patience: 3}", "add 'validation: 0.1'"),
    (
      "early_stopping: {patience: 3, metric: test_loss}",
      "not 'test_loss': the test set makes no choices"
    ),
    ("early_stopping: {patience: 3, metric: loss}", "must be one of validation_loss"),
    ("convergence: {evaluations: 3}", "needs the key 'epsilon'"),
    ("convergence: {epsilon: 0}", "above 0"),
    ("convergence: {epsilon: 1, k: 2}", "unknown key 'k'"),
    ("target: {validation_loss: 1}", "add 'validation: 0.1'"),
  ])
  func `a bad rule of stopping is told with its line`(rule: String, words: String) {
    let found = issues(Self.digits + "\n" + rule)
    #expect(found.count == 1 && found[0].contains("s0.yaml:9: "), "\(found)")
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  @Test func `charts of the validation set suit networks that have one, in every variant`() throws {
    let charts = ChartNames([
      .init(name: "validation_loss", kinds: [.network], needsValidation: true),
      .init(name: "loss", kinds: [.network]),
    ])
    func names(_ text: String) throws -> [String] {
      let path = try folder.write(text, to: "charts.yaml")
      return try ScenarioLibrary(folder: folder.path, charts: charts).load([path])[0].charts
    }
    let held = Self.digits.replacing("dataset: digits", with: "dataset: digits\n    validation: 10")
    #expect(try names(Self.digits) == ["loss"])
    #expect(try names(held) == ["validation_loss", "loss"])
    #expect(try names(held + "\nvariants: {validation: {few: 10, none: null}}") == ["loss"])
  }

  @Test func `a chart of gradient norms needs the key that records them`() throws {
    let charts = ChartNames([
      .init(name: "gradient_norms", kinds: [.network], needsGradientNorms: true, isUsual: false),
      .init(name: "loss", kinds: [.network]),
    ])
    func load(_ text: String) throws -> [String] {
      let path = try folder.write(text + "\ncharts: [loss, gradient_norms]", to: "charts.yaml")
      return try ScenarioLibrary(folder: folder.path, charts: charts).load([path])[0].charts
    }
    let recording = Self.digits.replacing(
      "dataset: digits", with: "dataset: digits\n    gradient_norms: true")
    #expect(try load(recording) == ["loss", "gradient_norms"])
    #expect {
      try load(Self.digits)
    } throws: {
      "\($0)".contains("does not suit this problem without 'gradient_norms: true'")
    }
  }

  @Test func `variants change data, batches and rules of stopping`() throws {
    let plan = try plan(
      Self.digits
        + """

        variants:
          - {label: all, batch_size: full}
          - {label: standard, normalization: standard}
          - {label: held, validation: 0.2, early_stopping: {patience: 2}}
          - {label: converged, convergence: {epsilon: 0.1}}
        """)
    #expect(plan.trials.count == 4 && Set(plan.trials.map(\.key)).count == 4)
    #expect(plan.trials[2].stopping.earlyStopping?.patience == 2)
    #expect(plan.trials[3].stopping.convergence?.epsilon == 0.1)
    #expect(plan.trials[1].stopping == StoppingRules())
    let refused = try refusal(
      Self.digits
        + "\nvariants: [{label: small, train_samples: 100}, {label: all, batch_size: full}]")
    #expect(refused.contains("a batch of 200 samples does not fit the data (1 to 100"))
  }

  @Test func `early stopping is refused on a surface`() {
    let found = issues(
      "title: T\nproblem: {surface: saddle}\nbudget: {steps: 1}\nearly_stopping: {patience: 1}\noptimizers: [sgd]\n"
    )
    #expect(found.count == 1 && found[0].contains(":4: 'early_stopping' is for networks"))
  }

  @Test(arguments: [
    ("{csv: a.csv}", "needs the key 'label'"), ("{label: x}", "{csv: FILE, label: COLUMN}"),
    ("{csv: a.csv, idx: b, label: x}", "{csv: FILE, label: COLUMN}"),
    ("{csv: a.csv, label: x, test: 0}", "'test' must be a share"),
    ("{idx: b, clases: 3}", "did you mean 'classes'"),
    ("{idx: b, classes: 1}", "whole number from 2"),
  ])
  func `a bad data set of one's own is told with its line`(dataset: String, words: String) {
    let found = issues(Self.digits.replacing("dataset: digits", with: "dataset: \(dataset)"))
    #expect(found.contains { $0.contains("s0.yaml:4: ") && $0.contains(words) }, "\(found)")
  }
}
