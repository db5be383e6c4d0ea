import Foundation
import Records
import Running
import Scenarios
import TestSupport
import Testing

/// What a scenario says of data and training: keys of trials, and mistakes.
extension TrainingDataTests {
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
    ("validation: 0", "fraction above 0 and below 1, or a number"),
    ("validation: 1.5", "fraction above 0"), ("train_samples: 0", "whole number from 1"),
    ("last_batch: throw", "'last_batch' must be one of keep, drop, not 'throw'"),
    ("gradient_norms: yes", "true or false"), ("split_seed: -1", "whole number from 0"),
    ("batch_sice: 3", "did you mean 'batch_size'"),
  ])
  func `a bad option of a network is reported with its line`(option: String, words: String) {
    let found = issues(
      Self.digits.replacing("dataset: digits", with: "dataset: digits\n    \(option)"))
    #expect(found.count == 1 && found[0].contains("s0.yaml:5: "), "\(found)")
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  @Test func `a bad batch size is reported with what is allowed`() {
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
      "(never of the test set), not 'test_loss'"
    ),
    ("early_stopping: {patience: 3, metric: loss}", "must be one of validation_loss"),
    ("convergence: {evaluations: 3}", "needs the key 'epsilon'"),
    ("convergence: {epsilon: 0}", "above 0"),
    ("convergence: {epsilon: 1, k: 2}", "unknown key 'k'"),
    ("target: {validation_loss: 1}", "add 'validation: 0.1'"),
  ])
  func `a bad rule of stopping is reported with its line`(rule: String, words: String) {
    let found = issues(Self.digits + "\n" + rule)
    #expect(found.count == 1 && found[0].contains("s0.yaml:9: "), "\(found)")
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  @Test func `a chart of gradient norms needs the key that records them`() throws {
    let charts = ChartNames([
      .init(
        name: "gradient_norms", needs: ChartNeeds([.network], gradientNorms: true), isUsual: false),
      .init(name: "loss", needs: ChartNeeds([.network]), isUsual: true),
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

  @Test func `charts of the validation set suit networks that have one, in every variant`() throws {
    let charts = ChartNames([
      .init(
        name: "validation_loss", needs: ChartNeeds([.network], validation: true), isUsual: true),
      .init(name: "loss", needs: ChartNeeds([.network]), isUsual: true),
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
    ("{csv: a.csv, label: x, test: 0}", "'test' must be a fraction"),
    ("{csv: a.csv, label: x, test: ./a.csv}", "'test' names the training table itself"),
    ("{idx: b, clases: 3}", "did you mean 'classes'"),
    ("{idx: b, classes: 1}", "whole number from 2"),
  ])
  func `a bad data set of one's own is reported with its line`(dataset: String, words: String) {
    let found = issues(Self.digits.replacing("dataset: digits", with: "dataset: \(dataset)"))
    #expect(found.contains { $0.contains("s0.yaml:4: ") && $0.contains(words) }, "\(found)")
  }
}
