import Datasets
import Foundation
import Networks
import Optimizers
import Parameters
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// A scenario with variants compares settings as it compares optimizers.
@Suite struct VariantReadingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> Scenario {
    let path = try folder.write(text, to: "x.yaml")
    return try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0]
  }

  /// `LINE: MESSAGE` of each issue.
  private func issues(_ text: String) throws -> [String] {
    do throws(any Error) {
      _ = try read(text)
      return []
    } catch let error as ScenarioError {
      guard case .invalid(let issues) = error else { throw error }
      return issues.map { issue in "\(issue.line.map(String.init) ?? "-"): \(issue.message)" }
    }
  }

  private static let network = """
    title: Network
    problem:
      network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: 32}
    budget: {epochs: 2}
    optimizers:
      - sgd: {learning_rate: 0.1}
      - adam

    """
  private static let surface = """
    title: Surface
    problem: {surface: ellipse, condition_number: 10}
    budget: {steps: 50}
    optimizers: [sgd]

    """

  private func batchSizes(_ scenario: Scenario) -> [Int] {
    scenario.entrants.map { entrant in
      if case .network(let task) = scenario.problem(of: entrant) {
        task.batchSize.count(of: 0)
      } else {
        0
      }
    }
  }

  @Test func `a list of variants makes one entrant per variant and optimizer`() throws {
    let scenario = try read(
      Self.network + """
        variants:
          - {label: one sample, batch_size: 1}
          - {batch_size: 64, epochs: 1}
          - {label: plain}
        """)
    #expect(
      scenario.entrants.map(\.label) == [
        "sgd · one sample", "adam · one sample", "sgd · batch_size 64 · epochs 1",
        "adam · batch_size 64 · epochs 1", "sgd · plain", "adam · plain",
      ])
    #expect(batchSizes(scenario) == [1, 1, 64, 64, 32, 32])
    #expect(scenario.entrants.map { scenario.budget(of: $0) }[2] == .epochs(1))
    #expect(scenario.entrants.map { scenario.budget(of: $0) }[4] == .epochs(2))
    #expect(scenario.entrants[1].variant?.optimizer == "adam")
    #expect(
      scenario.entrants[2].variant?.changes
        == ["problem.network.batch_size": .number(64), "budget.epochs": .number(1)])
    #expect(scenario.variedKeys == ["budget.epochs", "problem.network.batch_size"])
  }

  @Test func `with one optimizer the variant's label says it all`() throws {
    let scenario = try read(Self.surface + "variants: {condition_number: [1, 100]}")
    #expect(scenario.entrants.map(\.label) == ["condition_number 1", "condition_number 100"])
    #expect(scenario.entrants.allSatisfy { $0.rule == "sgd" })
  }

  @Test func `keys with values are combined`() throws {
    let scenario = try read(
      Self.surface + """
        variants:
          learning_rate: [0.1, 0.01]
          schedule: {constant: null, cosine: cosine}
        """)
    #expect(
      scenario.entrants.map(\.label) == [
        "learning_rate 0.1 · constant", "learning_rate 0.1 · cosine",
        "learning_rate 0.01 · constant", "learning_rate 0.01 · cosine",
      ])
    #expect(scenario.entrants.map(\.optimizer.learningRate) == [0.1, 0.1, 0.01, 0.01])
    #expect(scenario.entrants.map { $0.schedule != nil } == [false, true, false, true])
  }

  /// numpy.geomspace(1e-4, 1, 9) and numpy.linspace(0, 1, 5); a few units in the last place for powers.
  @Test func `ranges are walked through evenly`() throws {
    let log = try read(Self.surface + "variants: {learning_rate: {log: [1.0e-4, 1], count: 9}}")
    let geomspace = [
      0.0001, 0.00031622776601683794, 0.001, 0.0031622776601683794, 0.01, 0.03162277660168379, 0.1,
      0.31622776601683794, 1,
    ]
    for (entrant, expected) in zip(log.entrants, geomspace) {
      #expect(abs(entrant.optimizer.learningRate - expected) <= 4 * expected.ulp)
    }
    #expect(log.entrants.count == 9)
    #expect(log.entrants[1].label == "learning_rate 0.000316")
    #expect(log.entrants.first?.optimizer.learningRate == 1e-4)
    #expect(log.entrants.last?.optimizer.learningRate == 1)
    let linear = try read(Self.surface + "variants: {gradient_noise: {linear: [0, 1], count: 5}}")
    let noise = linear.entrants.map { entrant -> Double in
      guard case .surface(let problem) = linear.problem(of: entrant) else { return -1 }
      return problem.gradientNoise
    }
    #expect(noise == [0, 0.25, 0.5, 0.75, 1])
  }

  @Test func `variants of a network that is known keep its name`() throws {
    let scenario = try read(
      """
      title: Known
      problem:
        network: digits_mlp
      budget: {epochs: 1}
      optimizers: [sgd]
      variants:
        batch_size: [16, 64]

      """)
    #expect(batchSizes(scenario) == [16, 64])
    let known = try #require(NetworkCatalogue.entry(named: "digits_mlp"))
    for entrant in scenario.entrants {
      guard case .network(let task) = scenario.problem(of: entrant) else {
        Issue.record("no network")
        continue
      }
      #expect(task.specification == known.specification && task.dataset.name == known.dataset)
    }
    guard case .network(let record) = scenario.problemRecord else {
      Issue.record("no network")
      return
    }
    #expect(record.dataset == "digits")
    #expect(record.layers.prefix(2) == [.layer("flatten"), .layer("dense 1000")])
  }

  @Test func `a variant reaches one optimizer by its name, or all of them`() throws {
    let scenario = try read(
      Self.network + """
        variants:
          - {label: both, clip_norm: 1}
          - {label: one, optimizers: {sgd: {learning_rate: 0.5, clip_norm: 2}}}
          - {label: other, optimizers.adam.beta1: 0.5}
        """)
    let entrants = scenario.entrants
    #expect(entrants.map { $0.pipeline.transforms.count } == [1, 1, 1, 0, 0, 0])
    #expect(entrants[2].optimizer.learningRate == 0.5)
    #expect(entrants[4].optimizer.learningRate == 0.1)
    #expect(entrants[5].optimizer.settings["beta1"] == .number(0.5))
    #expect(entrants[3].optimizer.settings["beta1"] == .number(0.9))
  }

  @Test func `a variant may replace the optimizers, and null takes a key out`() throws {
    let scenario = try read(
      Self.network + """
        variants:
          - {label: others, optimizers: [lion]}
          - {label: smaller, batch_size: null}
        """)
    #expect(
      scenario.entrants.map(\.label) == ["lion · others", "sgd · smaller", "adam · smaller"])
    #expect(batchSizes(scenario) == [32, 128, 128])
  }

  @Test func `mistakes are reported at the variant's own line`() throws {
    let found = try issues(
      Self.network + """
        variants:
          - {learning_rate: -1}
          - {batchsize: 1}
          - {beta1: 0.5}
          - {label: x, layers: [dense 10, rely]}
          - {label: x, dataset: digitz}
          - {label: z, budget: {epochs: 0}}
          - {label: w, problem: {surface: ellipse}}
          - {label: v, layers: [dense 3]}
          - 5
        """)
    #expect(
      found == [
        "9: 'learning_rate' of sgd must be a number above 0, not '-1'",
        "9: 'learning_rate' of adam must be a number above 0, not '-1'",
        "10: variants cannot change 'batchsize' (did you mean 'batch_size'?)",
        "11: unknown key 'beta1' in sgd (there are: learning_rate, weight_decay, maximize, label, tuned, schedule, accumulate, centralize, clip_value, clip_norm, l1, l2, decoupled_decay, keep, keep_share, groups)",
        "12: unknown layer 'rely' (did you mean 'relu'?)",
        "13: variant 'x' appears twice; give one a different 'label'",
        "13: unknown data set 'digitz' (did you mean 'digits'?)",
        "14: 'epochs' must be a whole number from 1 to 100000, not '0'",
        "15: variant 'w': problem must have one of surface and network, not both (line 3)",
        "16: the last layer 'dense 3' gives 3 outputs per sample, but the data has 10 classes",
        "17: a variant must be keys with their values, such as {label: one sample, batch_size: 1}",
      ])
  }

  @Test(arguments: [
    ("{learning_rate: {log: [0, 1], count: 3}}", "'log' of 'learning_rate' must be"),
    ("{learning_rate: {log: [1, 0.1], count: 3}}", "'log' of 'learning_rate' must be"),
    ("{learning_rate: {log: [0.1, 1]}}", "the range of 'learning_rate' needs the key 'count'"),
    ("{learning_rate: {log: [0.1, 1], count: 1}}", "'count' must be a whole number from 2"),
    ("{learning_rate: 0.1}", "'learning_rate' must be a list of values, a range"),
    ("{start: [[1, 2], [3, 4]]}", "a value of 'start' that is a list needs a name"),
    ("[{schedule: {cosine: 1}}]", "a variant with a list or a mapping, or with no change"),
    ("{title: [a, b]}", "variants cannot change 'title'"),
    ("{seeds: [1, 2]}", "variants cannot change 'seeds'"),
    ("5", "'variants' must be a list"), ("[]", "'variants' must have at least one"),
    (
      "{learning_rate: {linear: [1, 2], count: 400}, condition_number: [1, 2]}",
      "800 variants are more than 500"
    ),
    ("[{label: a, problem: null}]", "a variant cannot remove 'problem'"),
  ])
  func `what is no variant is refused`(variants: String, message: String) throws {
    let found = try issues(Self.surface + "variants: \(variants)")
    #expect(found.contains { $0.hasPrefix("5: \(message)") }, "\(found)")
  }

  @Test func `one landscape cannot show several surfaces`() throws {
    let varied = Self.surface + "variants: {condition_number: [1, 100]}\ncharts: [trajectory]"
    #expect(try issues(varied).count == 1)
    #expect(try read(Self.surface + "variants: {condition_number: [1, 2]}").charts == ["loss"])
    #expect(
      try read(Self.surface + "variants: {learning_rate: [1, 2]}").charts == ["trajectory", "loss"])
  }

  @Test func `seeds need noise in some variant`() throws {
    #expect(try issues(Self.surface + "seeds: 2\nvariants: {learning_rate: [1, 2]}").count == 1)
    #expect(try read(Self.surface + "seeds: 2\nvariants: {gradient_noise: [0, 2]}").isRandom)
  }

  @Test func `an edited variant changes its own trials' keys and no others`() throws {
    func keys(_ sizes: String) throws -> [String] {
      let scenario = try read(Self.network + "variants: {batch_size: \(sizes)}")
      return try Plan(scenarios: [scenario], masterSeed: 1, datasetDirectory: nil).trials.map(\.key)
    }
    let before = try keys("[16, 32]")
    let after = try keys("[16, 64]")
    #expect(before[0...1] == after[0...1])
    #expect(Set(before).count == 4 && Set(before[2...3]).isDisjoint(with: after))
  }

  @Test func `quick budgets and restrictions reach variants`() throws {
    let scenario = try read(Self.network + "variants: [{label: long, epochs: 9}, {label: plain}]")
    #expect(scenario.quick.entrants.allSatisfy { scenario.quick.budget(of: $0) == .epochs(1) })
    #expect(
      scenario.restricted(to: ["adam"]).entrants.map(\.label) == ["adam · long", "adam · plain"])
    #expect(
      scenario.restricted(to: ["plain"]).entrants.map(\.label) == ["sgd · plain", "adam · plain"])
    #expect(scenario.restricted(to: ["sgd · long"]).entrants.count == 1)
  }

  @Test func `records tell what varies`() throws {
    let scenario = try read(Self.network + "variants: {batch_size: [16, 64]}")
    let record = try Plan(scenarios: [scenario], masterSeed: 1, datasetDirectory: nil).records[0]
    #expect(record.variedKeys == ["problem.network.batch_size"])
    guard case .network(let network) = record.problem else {
      Issue.record("no network")
      return
    }
    #expect(network.settings["batch_size"] == .number(32) && network.data != nil)
    #expect(
      record.optimizers[1].variant
        == Participant.Variant(
          label: "batch_size 16", optimizer: "adam",
          changes: ["problem.network.batch_size": .number(16)],
          values: ["problem.network.batch_size": .number(16)],
          labelParts: [.init(key: "problem.network.batch_size", text: "batch_size 16")]))
  }

  @Test func `a variant that leaves a key has the scenario's own value of it`() throws {
    let scenario = try read(
      Self.network
        + "variants: [{label: as it is}, {label: one, batch_size: 1}, {label: all, batch_size: full}]"
    )
    let variants = scenario.entrants.filter { $0.label.hasPrefix("sgd") }.compactMap(\.variant)
    #expect(
      variants.map { $0.values["problem.network.batch_size"] } == [
        .number(32), .number(1), .text("full"),
      ])
    #expect(variants[0].changes.isEmpty)
  }
}
