import Experiments
import Foundation
import Problems
import Records
import TestSupport
import Testing

let testCharts = ChartNames([
  .init(name: "trajectory", kinds: [.surface], needsLandscape: true),
  .init(name: "loss", kinds: [.surface, .network]),
  .init(name: "test_accuracy", kinds: [.network]),
  .init(name: "bias_correction", kinds: [.smoothing]),
])

@Suite struct ScenarioReadingTests {
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
      #expect(issues.allSatisfy { $0.path == folder.file("x.yaml") })
      return issues.map { issue in "\(issue.line.map(String.init) ?? "-"): \(issue.message)" }
    }
  }

  private static let good = """
    title: Good
    problem:
      surface: rosenbrock
      start: [-1.2, 1]
    budget: {steps: 10}
    seeds: 1
    target: {loss: 1.0e-6}
    optimizers:
      - sgd
      - adam: {learning_rate: 0.05, bias_correction: false}
      - adam: {label: quick adam, learning_rate: 0.5}
    charts: [loss]
    """

  @Test func `a good file says what it means`() throws {
    let scenario = try read(Self.good)
    #expect(scenario.name == "x")
    #expect(scenario.title == "Good")
    #expect(scenario.budget == .steps(10))
    #expect(scenario.seeds == 1)
    #expect(scenario.target == Target(metric: .loss, value: 1e-6))
    #expect(scenario.charts == ["loss"])
    #expect(!scenario.isLong)
    #expect(scenario.entrants.map(\.label) == ["sgd", "adam", "quick adam"])
    #expect(scenario.entrants[1].optimizer.settings["bias_correction"] == .flag(false))
    #expect(scenario.entrants[2].optimizer.learningRate == 0.5)
  }

  @Test func `a mistaken problem hides no other mistake, and calls none that is not one`() throws {
    let series = try issues("title: S\nproblem: {series: seattle, betas: [0.5, 2]}\n")
    #expect(series.count == 2 && series.allSatisfy { $0.hasPrefix("2: ") })
    let network = try issues(
      """
      title: N
      problem: {network: {dataset: digitz, layers: [dense 10]}}
      budget: {epochs: 1}
      target: {test_accuracy: 2}
      optimizers: [sgd]
      charts: [trajectory]
      """)
    #expect(
      network == [
        "2: unknown data set 'digitz' (did you mean 'digits'?)",
        "4: 'test_accuracy' must be a share from 0 to 1, not '2'",
        "6: chart 'trajectory' does not suit this problem (there are: loss, test_accuracy)",
      ])
  }

  @Test func `a byte order mark is no part of a scenario, a control character is refused`() throws {
    #expect(try read("\u{FEFF}" + Self.good).title == "Good")
    let found = try issues(Self.good.replacing("quick adam", with: "\"quick\\tadam\""))
    #expect(found == ["11: 'label' must be a text of one line"])
  }

  private static let own = """
    title: Own
    problem:
      surface: {expression: "(1-x)^2 + 100*(y-x^2)^2"}
      start: [-1.2, 1]
      domain: [[-2, 2], [-1, 3]]
      gradient_noise: 0.5
    budget: {steps: 10}
    optimizers: [sgd]
    """

  @Test func `a surface can be written as a formula`() throws {
    let scenario = try read(Self.own)
    guard case .surface(let problem) = scenario.problem else {
      Issue.record("no surface")
      return
    }
    // 2.2² + 100·0.44², Rosenbrock's value at its start.
    #expect(abs(problem.surface.value(at: problem.start.span) - 24.2) < 1e-12)
    #expect(problem.gradientNoise == 0.5)
    #expect(problem.domain?.y == -1...3)
    #expect(scenario.isRandom)
    #expect(scenario.problemSummary.contains("(1-x)^2 + 100*(y-x^2)^2, gradient noise 0.5"))
    #expect(scenario.charts == ["trajectory", "loss"])
  }

  @Test func `a formula's mistakes are told with line and column`() throws {
    func issue(_ text: String, for good: String) throws -> [String] {
      try issues(Self.own.replacing(good, with: text))
    }
    #expect(
      try issue("sine(x) + y", for: "(1-x)^2 + 100*(y-x^2)^2") == [
        "3: expression, column 1: unknown function 'sine' (did you mean 'sin'?)"
      ])
    #expect(
      try issue("x + q", for: "(1-x)^2 + 100*(y-x^2)^2") == [
        "3: expression, column 5: unknown name 'q' (did you mean 'x'?)"
      ])
    #expect(try issue("", for: "  start: [-1.2, 1]\n") == ["3: problem needs the key 'start'"])
    #expect(
      try issue("expresion:", for: "expression:") == [
        "3: surface needs the key 'expression'",
        "3: unknown key 'expresion' in surface (did you mean 'expression'?)",
      ])
    #expect(
      try issue("[[2, -2], [0, 1]]", for: "[[-2, 2], [-1, 3]]") == [
        "5: 'domain' must be two intervals such as [[-2, 2], [-1, 3]], not a list"
      ])
    #expect(
      try issue("-1", for: "0.5") == [
        "6: 'gradient_noise' must be a deviation of at least 0, not '-1'"
      ])
  }

  @Test func `a spectrum is a list of numbers`() throws {
    let spectrum = """
      title: Spectrum
      problem: {surface: quadratic, eigenvalues: [1, 10, 100]}
      budget: {steps: 10}
      optimizers: [sgd]
      """
    guard case .surface(let problem) = try read(spectrum).problem else {
      Issue.record("no surface")
      return
    }
    #expect(problem.surface.dimension == 3)
    #expect(problem.start == [1, 1, 1])
    #expect(
      try issues(spectrum.replacing("[1, 10, 100]", with: "[1, many]")) == [
        "2: 'eigenvalues' must be a list of 1 to 512 numbers from 0.0 to 1000000000000.0, not a list"
      ])
  }

  @Test func `a surface without a plane has no trajectory chart`() throws {
    let deep = Self.good.replacing("start: [-1.2, 1]", with: "dimension: 4")
    #expect(try read(deep.replacing("charts: [loss]", with: "")).charts == ["loss"])
    #expect(
      try issues(deep.replacing("[loss]", with: "[trajectory]")) == [
        "12: chart 'trajectory' does not suit this problem (there are: loss)"
      ])
  }

  @Test func `a network and a series are read too`() throws {
    let network = try read(
      """
      title: N
      problem:
        network: {dataset: digits, layers: [dense 16, relu, dense 10], batch_size: 32}
      budget: {epochs: 2}
      optimizers: [sgd]
      long: true
      """)
    #expect(network.kind == .network && network.isLong)
    #expect(network.charts == ["loss", "test_accuracy"])
    let series = try read("title: S\nproblem: {series: seattle-daily-temperature, betas: [0.5, 0]}")
    #expect(series.kind == .smoothing && series.charts == ["bias_correction"])
  }

  @Test func `an unknown optimizer is named with its line and the nearest name`() throws {
    #expect(
      try issues(Self.good.replacing("- sgd", with: "- adm")) == [
        "9: unknown optimizer 'adm' (did you mean 'adam'?)"
      ])
  }

  @Test func `all mistakes of a file are told at once, in order of lines`() throws {
    let found = try issues(
      """
      titel: Bad
      problem:
        surface: rosenbrok
        start: [1]
      budget: {epochs: 5}
      seeds: 0
      target: {loss: low}
      optimizers:
        - adm
        - sgd: {learning_rate: -1, momentun: 0.9}
        - sgd
      charts: [los]
      colour: red
      """)
    #expect(
      found == [
        "1: the scenario needs the key 'title'",
        "1: unknown key 'titel' in the scenario (did you mean 'title'?)",
        "3: unknown surface 'rosenbrok' (did you mean 'rosenbrock'?)",
        "5: budget needs the key 'steps'",
        "5: unknown key 'epochs' in budget (there are: steps)",
        "6: 'seeds' must be a whole number from 1 to 10000, not '0'",
        "7: 'loss' must be a number, not 'low'",
        "9: unknown optimizer 'adm' (did you mean 'adam'?)",
        "10: 'learning_rate' of sgd must be a number above 0, not '-1'",
        "10: unknown key 'momentun' in sgd (there are: label, learning_rate, weight_decay, maximize, schedule, accumulate, centralize, clip_value, clip_norm, l1, keep, keep_share, groups)",
        "11: optimizer 'sgd' stands twice; give one of them a 'label' of its own",
        "12: unknown chart 'los' (did you mean 'loss'?)",
        "13: unknown key 'colour' in the scenario (there are: title, problem, budget, seeds, target, optimizers, charts, long)",
      ])
  }

  @Test(arguments: [
    ("start: [-1.2, 1]", "start: [-1.2]", "4: 'start' must have 2 coordinates, not 1"),
    (
      "start: [-1.2, 1]", "start: [a, 1]",
      "4: 'start' must be a list of finite numbers, such as [0.5, 1]"
    ),
    (
      "start: [-1.2, 1]", "start: [.inf, 1]",
      "4: 'start' must be a list of finite numbers, such as [0.5, 1]"
    ),
    (
      "start: [-1.2, 1]", "dimension: 1",
      "4: 'dimension' must be a whole number from 2 to 1000000, not '1'"
    ),
    ("steps: 10", "steps: 1.5", "5: 'steps' must be a whole number from 1 to 100000000, not '1.5'"),
    ("steps: 10", "steps: '10'", "5: 'steps' must be a whole number from 1 to 100000000, not '10'"),
    (
      "steps: 10", "steps: .nan",
      "5: 'steps' must be a whole number from 1 to 100000000, not '.nan'"
    ),
    ("{steps: 10}", "ten", "5: budget must be a mapping of keys to values"),
    ("seeds: 1", "seeds: [2]", "6: 'seeds' must be a whole number from 1 to 10000, not a list"),
    ("- sgd", "- [sgd]", "9: an optimizer must be a name, or a name with its hyperparameters"),
    (
      "bias_correction: false", "bias_correction: no",
      "10: 'bias_correction' of adam must be true or false, not 'no'"
    ),
    (
      "bias_correction: false", "beta1: 1",
      "10: 'beta1' of adam must be a number of at least 0 and below 1, not '1'"
    ),
    (
      "[loss]", "[test_accuracy]",
      "12: chart 'test_accuracy' does not suit this problem (there are: trajectory, loss)"
    ),
    ("[loss]", "loss", "12: 'charts' must be a list of names"),
    (
      "seeds: 1", "seeds: 3",
      "6: a surface without noise has one result whatever the seed; leave 'seeds' out, or add 'gradient_noise'"
    ),
    ("seeds: 1", "seeds: 1\nseeds: 3", "7: a key stands twice: 'seeds'"),
    ("title: Good", "title: [", "12: no valid YAML: did not find expected ',' or ']'"),
  ])
  func `a mistake is told with its line and what is allowed`(
    text: String, replacement: String, issue: String
  ) throws {
    let mistaken = Self.good.replacing(text, with: replacement)
    #expect(mistaken != Self.good)
    let found = try issues(mistaken)
    // Where YAML's own parser stops is its business; which file and what is ours.
    if issue.contains("YAML") || issue.contains("twice:") {
      #expect(found.count == 1 && found[0].contains(issue.split(separator: ": ")[1]))
    } else {
      #expect(found == [issue])
    }
  }

  @Test(arguments: ["", "# only a comment\n", "- a\n- list\n", "just text"])
  func `a file without keys says what a scenario has`(text: String) throws {
    let found = try issues(text)
    #expect(found.count == 1 && found[0].contains("'title', 'problem', 'budget' and 'optimizers'"))
  }

  @Test func `network mistakes name the layer and the shapes`() throws {
    func network(_ body: String) throws -> [String] {
      try issues(
        "title: N\nproblem:\n  network: \(body)\nbudget: {epochs: 1}\noptimizers: [sgd]\n")
    }
    #expect(
      try network("{dataset: digit, layers: [dense 10]}") == [
        "3: unknown data set 'digit' (did you mean 'digits'?)"
      ])
    #expect(
      try network("{dataset: digits, layers: [dens 10]}") == [
        "3: unknown layer 'dens' (did you mean 'dense'?)"
      ])
    let mismatch = try network("{dataset: digits, layers: [dense 7]}")
    #expect(mismatch.count == 1 && mismatch[0].contains("7") && mismatch[0].contains("10 classes"))
    #expect(
      try network("{dataset: digits, layers: [dense 10], batch_size: 2000}") == [
        "3: 'batch_size' must be a whole number from 1 to 1437, not '2000'"
      ])
    #expect(
      try network("{dataset: digits, layers: [dense 10], loss: mse}") == [
        "3: unknown loss 'mse' (there are: softmax_cross_entropy, sigmoid_cross_entropy, mean_squared_error, softmax_mean_squared_error, reconstruction)"
      ])
    #expect(
      try network("fmnist_2c2b") == [
        "3: unknown network 'fmnist_2c2b' (did you mean 'fmnist_2c2d'?)"
      ])
    #expect(
      try network("{task: digits_mlp, loss: {softmax_cross_entropy: {hardest: 2}}}") == [
        "3: 'hardest' must be a share of the mini-batch above 0 and at most 1, not '2'"
      ])
    #expect(
      try network("{task: digits_mlp, penalty: {l3: 1}}").first?.contains("unknown key 'l3'")
        == true)
    #expect(
      try network("{task: digits_mlp, initialization: hee}") == [
        "3: unknown initialization 'hee' (did you mean 'he'?)"
      ])
  }

  @Test func `shapes that do not fit are told at the line of their layer`() throws {
    let text = """
      title: N
      problem:
        network:
          dataset: digits
          layers:
            - conv 4 3x3 same
            - residual:
                - relu
                - conv 5 3x3 same
            - flatten
            - dense 10
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    #expect(
      try issues(text) == [
        "9: a residual block must keep the shape: 'conv 4 3x3 same' gives it 4×8×8, but layer 3 'conv 5 3x3 same', its last, gives 5×8×8"
      ])
    let fitting = text.replacing("conv 5", with: "conv 4")
    #expect(
      try issues(fitting.replacing("- dense 10", with: "- max_pool 2")) == [
        "11: layer 6 'max_pool 2x2' needs images (channels×height×width), but layer 5 'flatten' gives 256"
      ])
    #expect(
      try issues(fitting.replacing("residual:", with: "residuel:")).first?.hasPrefix(
        "7: unknown block 'residuel' (did you mean 'residual'?)") == true)
  }

  @Test func `blocks, repetitions, starts, losses and penalties are read`() throws {
    let text = """
      title: N
      problem:
        network:
          dataset: digits
          layers:
            - dense 8 init xavier_uniform bias 0.5
            - repeat 3:
                - residual: [dense 8, relu, dense 8]
                - relu
            - dense 10
          initialization: {weights: truncated_normal 0.05, biases: 0.1}
          loss: {sigmoid_cross_entropy: {hardest: 0.25}}
          penalty: {l1: 0.01, l2: 0.02, half: true}
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    try folder.write(text, to: "n.yaml")
    let scenario = try #require(
      ScenarioLibrary(folder: folder.path, charts: testCharts).load(["n"]).first)
    guard case .network(let task) = scenario.problem else {
      Issue.record("a network was written")
      return
    }
    let block = LayerSpecification.residual([.dense(units: 8), .relu, .dense(units: 8)])
    let first = try LayerSpecification(parsing: "dense 8 init xavier_uniform bias 0.5")
    #expect(
      task.specification
        == NetworkSpecification(
          layers: [first, block, .relu, block, .relu, block, .relu, .dense(units: 10)],
          initialization: .truncatedNormal(deviation: 0.05), bias: 0.1, loss: .sigmoidCrossEntropy,
          hardestRatio: 0.25, penalty: Penalty(l1: 0.01, l2: 0.02, isHalved: true)))
  }

  @Test func `a named network brings data, layers and batches, and takes other data`() throws {
    func task(_ body: String) throws -> NetworkTask {
      try folder.write(
        "title: N\nproblem:\n  network: \(body)\nbudget: {epochs: 1}\noptimizers: [sgd]\n",
        to: "n.yaml")
      let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load(["n"])
      guard case .network(let task) = try #require(scenarios.first).problem else {
        throw ScenarioError.notFound("no network")
      }
      return task
    }
    let plain = try task("fmnist_2c2d")
    #expect(plain.dataset == "fashion-mnist" && plain.batchSize == 128)
    let moved = try task("{task: fmnist_2c2d, dataset: digits, batch_size: 32, penalty: {l2: 0.1}}")
    #expect(moved.dataset == "digits" && moved.batchSize == 32)
    #expect(moved.specification.layers == plain.specification.layers)
    #expect(moved.specification.penalty == Penalty(l2: 0.1))
    #expect(try task("fmnist_vae").batchSize == 64)
  }

  @Test func `a file that is no text, or too large to be meant, is refused`() throws {
    let binary = folder.file("binary.yaml")
    try Data([0x74, 0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: binary))
    try folder.write(String(repeating: "# padding\n", count: 200_000), to: "huge.yaml")
    let library = ScenarioLibrary(folder: folder.path, charts: testCharts)
    for name in ["binary", "huge"] {
      #expect(throws: ScenarioError.self) { try library.load([name]) }
    }
  }

  @Test func `an unknown scenario name is answered with the nearest one`() throws {
    try folder.write(Self.good, to: "rosenbrock.yaml")
    let library = ScenarioLibrary(folder: folder.path, charts: testCharts)
    #expect(
      throws: ScenarioError.notFound(
        "no scenario 'rosenbrok' in \(folder.path) (did you mean 'rosenbrock'?)")
    ) { try library.load(["rosenbrok"]) }
  }

  @Test func `mistakes of all files are told together`() throws {
    try folder.write(Self.good.replacing("- sgd", with: "- sgdd"), to: "a.yaml")
    try folder.write(Self.good.replacing("- sgd", with: "- adamm"), to: "b.yaml")
    do {
      _ = try ScenarioLibrary(folder: folder.path, charts: testCharts).all()
      Issue.record("both files are bad")
    } catch {
      guard case .invalid(let issues) = error else { throw error }
      #expect(issues.map(\.path) == [folder.file("a.yaml"), folder.file("b.yaml")])
    }
  }
}
