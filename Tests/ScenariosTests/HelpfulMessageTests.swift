import Foundation
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Plausible mistakes, many of them habits from other libraries, and the messages that lead on.
@Suite struct HelpfulMessageTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private func issues(
    problem: String = "surface: rosenbrock", budget: String = "steps: 10",
    optimizers: String = "[sgd]"
  ) throws -> [String] {
    try desk.issues(
      "title: T\nproblem: {\(problem)}\nbudget: {\(budget)}\noptimizers: \(optimizers)\n")
  }

  @Test(arguments: [
    (
      "[sgd: {momentum: 0.9, nesterov: true}]",
      "4: 'momentum' is not a setting of sgd; nesterov is a separate optimizer here: '- nesterov: {momentum: 0.9}'"
    ),
    (
      "[sgd: {learning_rate: 0.1, momentum: 0.9}]",
      "4: 'momentum' is not a setting of sgd; momentum is a separate optimizer here: '- momentum: {learning_rate: 0.1, momentum: 0.9}'"
    ),
    (
      "\n  - adam:\n    learning_rate: 0.1",
      "5: an optimizer must be a name, or a name with its hyperparameters: indent 'learning_rate' below 'adam', or write '- adam: {learning_rate: 0.1}'"
    ),
    (
      "{adam: {learning_rate: 0.1}}",
      "4: 'optimizers' must be a list: write '- ' before each optimizer"
    ),
    (
      "[adam: {learning_rate: \"0.1\"}]",
      "4: 'learning_rate' of adam must be a number above 0, not '0.1' (remove the quotes: they make it text)"
    ),
    (
      "[sgd: {schedule: {type: cosine}}]",
      "4: unknown schedule 'type' (a schedule is its name: 'schedule: cosine', or 'schedule: {cosine: {...}}')"
    ),
    (
      "[sgd: {schedule: CosineAnnealing}]",
      "4: unknown schedule 'CosineAnnealing' (did you mean 'cosine'?)"
    ),
    (
      "[sgd: {schedule: OneCycleLR}]",
      "4: unknown schedule 'OneCycleLR' (did you mean 'one_cycle'?)"
    ),
    ("[sgd, sgd]", "4: optimizer 'sgd' appears twice; give one a different 'label'"),
  ])
  func `a mistake in an optimizer is answered with what to write`(
    optimizers: String, issue: String
  ) throws {
    #expect(try issues(optimizers: optimizers) == [issue])
  }

  @Test func `a tab is called a tab`() throws {
    let found = try desk.issues("title: T\nproblem:\n\tsurface: rosenbrock\n")
    #expect(found == ["3: invalid YAML: a tab; only spaces can indent lines"])
  }

  @Test func `functions are written without a prefix`() throws {
    #expect(
      try issues(problem: "surface: {expression: \"np.sin(x)\"}, start: [1]").first?.hasSuffix(
        "(functions are written without a prefix such as 'np.')") == true)
  }

  @Test func `a start without a loss is refused`() throws {
    let found = try issues(problem: "surface: {expression: log(x)}, start: [-1]")
    #expect(found.count == 1 && found[0].hasPrefix("2: the loss at the start is not finite"))
  }

  @Test func `softmax is part of the loss`() throws {
    let found = try issues(
      problem: "network: {dataset: digits, layers: [dense 10, softmax]}", budget: "epochs: 1")
    #expect(
      found == [
        "2: unknown layer 'softmax': the softmax is part of the loss; leave it out, the last layer gives the logits"
      ])
  }

  @Test func `a control character is shown, not sent`() throws {
    let error = #expect(throws: ScenarioError.self) {
      try desk.read("\"a\\e[2Jb\": 1\n" + ScenarioDesk.good)
    }
    let text = error?.description ?? ""
    #expect(!text.contains("\u{1B}") && text.contains("'a\\u{1B}[2Jb'"))
  }

  // MARK: All mistakes together

  @Test func `a repeated key hides no other mistake`() throws {
    let found = try desk.issues(
      """
      title: T
      problem: {surface: rosenbrock}
      budget: {steps: 10}
      optimizers:
        - adam: {beta1: 0.9, learning_rate: 0.1, beta1: 0.8}
        - sgdd
      seeds: 0
      seeds: 2
      """)
    #expect(
      found == [
        "5: the key 'beta1' appears twice in one mapping",
        "6: unknown optimizer 'sgdd' (did you mean 'sgd'?)",
        "7: 'seeds' must be a whole number from 1 to 10000, not '0'",
        "8: the key 'seeds' appears twice in one mapping",
      ])
  }

  @Test func `a missing file hides no bad layer, and no bad layer a missing file`() throws {
    let found = try issues(
      problem: "network: {dataset: {csv: none.csv, label: kind}, layers: [dens 3]}",
      budget: "epochs: 1")
    #expect(found.count == 2)
    #expect(found.contains { $0.hasSuffix("none.csv: no such file or folder") })
    #expect(found.contains("2: unknown layer 'dens' (did you mean 'dense'?)"))
  }

  @Test func `a bad range hides no unknown key of variants`() throws {
    let found = try desk.issues(
      """
      title: T
      problem: {surface: rosenbrock}
      budget: {steps: 10}
      optimizers: [sgd]
      variants:
        learning_rat: {log: [1, 0.1], count: 3}
        maximise: [true, false]
      """)
    #expect(
      found == [
        "6: variants cannot change 'learning_rat' (did you mean 'learning_rate'?)",
        "6: 'log' of 'learning_rat' must be two numbers above 0, the lower one first, such as [1.0e-4, 1]",
        "7: variants cannot change 'maximise' (did you mean 'maximize'?)",
      ])
  }

  @Test func `every part of a network with mistakes is read`() throws {
    let found = try issues(
      problem:
        "network: {task: digits_mpl, penalty: {l3: 1}, loss: mse, batch_size: 0, normalization: z}",
      budget: "epochs: 0")
    #expect(found.count == 6, "\(found)")
  }

  // MARK: Aliases

  @Test func `one alias used many times is no bomb`() throws {
    let text = """
      title: T
      problem: {surface: rosenbrock}
      budget: {steps: 10}
      optimizers:
        - sgd: {label: first, learning_rate: &rate 0.001}

      """
    let others = (1...200).map { "  - sgd: {label: l\($0), learning_rate: *rate}\n" }
    #expect(try desk.read(text + others.joined()).entrants.count == 201)
  }

  @Test func `residual blocks count with the layers that they hold`() throws {
    var layers = "[dense 8, relu]"
    for _ in 0..<4 {
      layers = "[" + (0..<9).map { _ in "{residual: \(layers)}" }.joined(separator: ", ") + "]"
    }
    let found = try issues(
      problem: "network: {dataset: digits, layers: \(layers)}", budget: "epochs: 1")
    #expect(!found.isEmpty && found.allSatisfy { $0.contains("makes more than 4096 layers") })
  }
}
