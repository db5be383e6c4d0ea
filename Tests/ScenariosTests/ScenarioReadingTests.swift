import Foundation
import Optimizers
import Parameters
import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// What a scenario file says, and what may be wrong in it anywhere.
@Suite struct ScenarioReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  @Test func `a good file says what it means`() throws {
    let scenario = try desk.read(ScenarioDesk.good)
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
    let series = try desk.issues("title: S\nproblem: {series: seattle, betas: [0.5, 2]}\n")
    #expect(series.count == 2 && series.allSatisfy { $0.hasPrefix("2: ") })
    let network = try desk.issues(
      """
      title: N
      problem: {network: {dataset: digitz, layers: [dense 10]}}
      budget: {epochs: 1}
      target: {train_accuracy: 2}
      optimizers: [sgd]
      charts: [trajectory]
      """)
    #expect(
      network == [
        "2: unknown data set 'digitz' (did you mean 'digits'?)",
        "4: 'train_accuracy' must be a fraction from 0 to 1, not '2'",
        "6: chart 'trajectory' does not suit this problem (there are: loss, test_accuracy)",
      ])
  }

  @Test func `an unknown optimizer is named with its line and the nearest name`() throws {
    #expect(
      try desk.issues(ScenarioDesk.good.replacing("- sgd", with: "- adm")) == [
        "9: unknown optimizer 'adm' (did you mean 'adam'?)"
      ])
  }

  @Test func `all mistakes of a file are reported at once, in order of lines`() throws {
    let found = try desk.issues(
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
        "1: unknown key 'titel' in the scenario (did you mean 'title'?)",
        "1: the scenario needs the key 'title'",
        "3: unknown surface 'rosenbrok' (did you mean 'rosenbrock'?)",
        "5: unknown key 'epochs' in budget (there are: steps)",
        "5: budget needs the key 'steps'",
        "6: 'seeds' must be a whole number from 1 to 10000, not '0'",
        "7: 'loss' must be a number, not 'low'",
        "9: unknown optimizer 'adm' (did you mean 'adam'?)",
        "10: unknown key 'momentun' in sgd (there are: learning_rate, weight_decay, maximize, label, tuned, schedule, accumulate, centralize, clip_value, clip_norm, l1, l2, decoupled_decay, keep, keep_share, groups)",
        "10: 'learning_rate' of sgd must be a number above 0, not '-1'",
        "11: optimizer 'sgd' appears twice; give one a different 'label'",
        "12: unknown chart 'los' (did you mean 'loss'?)",
        "13: unknown key 'colour' in the scenario (there are: title, problem, budget, optimizers, variants, seeds, starts, instances, target, rank_by, early_stopping, convergence, charts, long, tuning)",
      ])
  }

  @Test(arguments: [
    ("start: [-1.2, 1]", "start: [-1.2]", "4: 'start' must have 2 coordinates, not 1"),
    (
      "start: [-1.2, 1]", "start: [a, 1]",
      "4: 'start' must be a list of numbers up to 1e100 in size, such as [0.5, 1], not a list"
    ),
    (
      "start: [-1.2, 1]", "start: [.inf, 1]",
      "4: 'start' must be a list of numbers up to 1e100 in size, such as [0.5, 1], not a list"
    ),
    (
      "start: [-1.2, 1]", "dimension: 1",
      "4: 'dimension' must be a whole number from 2 to 1000000, not '1'"
    ),
    ("steps: 10", "steps: 1.5", "5: 'steps' must be a whole number from 1 to 100000000, not '1.5'"),
    (
      "steps: 10", "steps: '10'",
      "5: 'steps' must be a whole number from 1 to 100000000, not '10' (remove the quotes: they make it text)"
    ),
    (
      "steps: 10", "steps: .nan",
      "5: 'steps' must be a whole number from 1 to 100000000, not '.nan'"
    ),
    ("{steps: 10}", "ten", "5: budget must be a mapping of keys to values, not 'ten'"),
    ("seeds: 1", "seeds: [2]", "6: 'seeds' must be a whole number from 1 to 10000, not a list"),
    ("- sgd", "- [sgd]", "9: an optimizer must be a name, or a name with its hyperparameters"),
    (
      "bias_correction: false", "bias_correction: no",
      "10: 'bias_correction' of adam must be true or false, not 'no'"
    ),
    (
      "bias_correction: false", "beta1: 1",
      "10: 'beta1' of adam must be a number in [0, 1), not '1'"
    ),
    (
      "[loss]", "[test_accuracy]",
      "12: chart 'test_accuracy' does not suit this problem (there are: trajectory, loss)"
    ),
    ("[loss]", "loss", "12: 'charts' must be a list of names"),
    (
      "seeds: 1", "seeds: 3",
      "6: a surface without noise has the same result for every seed; leave 'seeds' out, or add 'starts', 'instances' or 'gradient_noise'"
    ),
    ("seeds: 1", "seeds: 1\nseeds: 3", "7: the key 'seeds' appears twice in one mapping"),
    ("title: Good", "title: [", "12: invalid YAML: did not find expected ',' or ']'"),
  ])
  func `a mistake is reported with its line and what is allowed`(
    text: String, replacement: String, issue: String
  ) throws {
    let mistaken = ScenarioDesk.good.replacing(text, with: replacement)
    #expect(mistaken != ScenarioDesk.good)
    let found = try desk.issues(mistaken)
    // Where YAML's own parser stops is its business; which file and what is ours.
    if issue.contains("YAML") {
      #expect(found.count == 1 && found[0].contains(issue.split(separator: ": ")[1]))
    } else {
      #expect(found == [issue])
    }
  }

  @Test func `the comment at the head of a file is kept as its paragraphs`() throws {
    let text = "# What to see,\n# in two lines.\n#\n# Second paragraph.\n" + ScenarioDesk.good
    #expect(try desk.read(text).about == "What to see, in two lines.\n\nSecond paragraph.")
    #expect(try desk.read(ScenarioDesk.good).about == nil)
  }
}
