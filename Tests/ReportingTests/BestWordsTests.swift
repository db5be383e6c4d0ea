import Analysis
import Records
import Reporting
import Testing

/// How tables and page name the best.
@Suite struct BestWordsTests {
  /// Last accuracies by optimizer and seed.
  private static func result(_ accuracies: [(String, [Double])]) -> ScenarioResult {
    var runs: [ScenarioResult.Run] = []
    for (label, values) in accuracies {
      for (seed, value) in values.enumerated() {
        let curve = Curve(
          metric: .testAccuracy, steps: [0, 1], epochs: [0, 1], values: [0.1, value])
        runs.append(
          .init(
            optimizer: label, seed: seed,
            trial: TrialRecord(
              key: "\(label)\(seed)", configuration: "", status: .finished, steps: 1, epochs: 1,
              lossEvaluations: 1, gradientEvaluations: 1, parameters: 1, stateBytes: 0,
              wallSeconds: 0, curves: [curve], trajectory: nil)))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "net", title: "Net", problem: .legacy("p"), budget: .epochs(1), kind: .network,
        rankedBy: .testAccuracy,
        optimizers: accuracies.map {
          Participant(label: $0.0, rule: "sgd", hyperparameters: [:], chosenSettings: .handPicked)
        },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        isRandom: true, rankedSamples: 360), runs: runs)
  }

  private static func text(_ accuracies: [(String, [Double])]) -> String? {
    let result = result(accuracies)
    return ScenarioAnalysis(result).best?.text(in: result.scenario)
  }

  /// Ten seeds around a level; odd seeds may be on the other side of it.
  private static func seeds(_ level: Double, mixed: Double = 0) -> [Double] {
    (0..<10).map { seed in
      let side = seed.isMultiple(of: 2) ? mixed : -mixed
      return level + 0.001 * Double(seed) + side
    }
  }

  @Test func `the first is named with those that are not distinguishable`() {
    #expect(
      Self.text([("worse", Self.seeds(0.5)), ("adam", Self.seeds(0.9))]) == "adam")
    #expect(
      Self.text([
        ("adam", Self.seeds(0.9)), ("near", Self.seeds(0.8995, mixed: 0.002)),
        ("worse", Self.seeds(0.5)),
      ]) == "adam (near not distinguishable)")
    let many = (0..<5).map { ("n\($0)", Self.seeds(0.8995, mixed: 0.002)) }
    #expect(
      Self.text([("adam", Self.seeds(0.9))] + many) == "adam (5 of 5 others not distinguishable)")
  }

  @Test func `too few seeds are called so`() {
    #expect(Self.text([("a", [0.9]), ("b", [0.5])]) == "none (first: a; one seed)")
    #expect(
      Self.text([("a", [0.9, 0.9, 0.9]), ("b", [0.5, 0.5, 0.5])])
        == "none (first: a; 3 seeds: too few to test)")
  }

  @Test func `long lists are counted`() {
    let tied = (0..<49).map { ("t\($0)", [0.9]) }
    let others = (0..<12).map { ("o\($0)", [0.5]) }
    #expect(Self.text(tied + others) == "none (first: 49 of 61 tied; one seed)")
  }

  private static func sentence(
    _ accuracies: [(String, [Double])], rules: [String] = []
  ) -> String? {
    var result = result(accuracies)
    for (index, rule) in rules.enumerated() { result.scenario.optimizers[index].rule = rule }
    return ScenarioAnalysis(result).best?.sentence(in: result.scenario)
  }

  @Test func `variants of one rule are called variants`() {
    let far = [("a", Self.seeds(0.9)), ("b", Self.seeds(0.5))]
    #expect(
      Self.sentence(far)
        == "Every other variant is worse by Wilcoxon's signed-rank test over 10 seeds (Holm).")
    #expect(Self.sentence(far, rules: ["sgd", "adam"])?.hasPrefix("Every other optimizer") == true)
    #expect(Self.sentence([("a", [0.9]), ("b", [0.5])])?.contains("another variant") == true)
  }

  @Test func `a worse one that is not distinguishable from the first is not praised`() {
    let accuracies = outdoneAccuracies
    #expect(Self.text(accuracies) == "wild (steady not distinguishable)")
    let sentence = Self.sentence(accuracies) ?? ""
    #expect(sentence.contains("(Holm): steady."))
    #expect(
      sentence.contains("Not distinguishable from it either, but worse than steady: slow, slower."))
  }

  @Test func `a test that one seed can turn says so`() {
    let near = (0..<6).map { ("n\($0)", Self.seeds(0.8995, mixed: 0.002)) }
    let limit =
      "With 10 seeds and 21 pairs, one seed with the opposite order can be enough to make two variants indistinguishable"
    #expect(Self.sentence([("a", Self.seeds(0.9))] + near)?.contains(limit) == true)
    // 3 pairs: 3 · 4/2¹⁰ is below 0.05.
    #expect(Self.sentence([("a", Self.seeds(0.9))] + near.prefix(2))?.contains("With") == false)
  }

  @Test func `tied first optimizers have their own quartiles`() throws {
    let page = try PageTests.page([
      Self.result([
        ("a", [0.8, 0.9, 0.9, 0.9, 1]), ("b", [0.9, 0.9, 0.9, 0.95, 0.95]), ("c", Self.five),
      ])
    ])
    #expect(
      page.contains(
        "<strong>a, b</strong>, 90.00 % (quartiles 90.00 % to 90.00 % for a, 90.00 % to 95.00 % for b, 5 runs each)."
      ))
  }

  @Test func `nobody is bold where nothing is tested`() throws {
    let untested = try PageTests.page([Self.result([("a", [0.9]), ("b", [0.5])])])
    #expect(!untested.contains("Bold:"))
    let tested = try PageTests.page([
      Self.result([("a", Self.seeds(0.9)), ("b", Self.seeds(0.5))])
    ])
    #expect(tested.contains("Bold: first, or not distinguishable from the first."))
  }

  private static let five = [0.1, 0.2, 0.3, 0.4, 0.5]

  /// The first has the best median, but also much worse runs; another one is steady; two are a little worse than that in every run.
  private var outdoneAccuracies: [(String, [Double])] {
    let steady = Self.seeds(0.9)
    return [
      ("wild", steady.enumerated().map { $1 + ($0 < 6 ? 0.02 : -0.5) }),
      ("steady", steady), ("slow", steady.map { $0 - 0.001 }),
      ("slower", steady.map { $0 - 0.002 }),
    ]
  }

  @Test func `the page says what the choice rests on and what one sample is worth`() throws {
    let page = try PageTests.page([
      Self.result([("a", [0.9, 0.9, 0.9]), ("b", [0.5, 0.5, 0.5])])
    ])
    #expect(page.contains("First by median test accuracy: <strong>a</strong>, 90.00 %"))
    #expect(
      page.contains(
        "No variant is named best: with 3 seeds, the smallest p value that a paired test could have is 0.25 (Wilcoxon, Holm); at least 6 seeds are needed."
      ))
    #expect(page.contains("One of 360 test samples is 0.28 %."))
    #expect(page.contains("hand-picked"))
  }

  @Test func `fewer than five scenarios have no leaderboard, and the page says so`() throws {
    let page = try PageTests.page(Examples.repeated(Examples.saddleResult, count: 4))
    #expect(!page.contains("id=\"leaderboard\"") && !page.contains("id=\"matrix\""))
    #expect(page.contains("No ranking across scenarios: it needs at least 5 scenarios"))
    let ranked = try PageTests.page(Examples.repeated(Examples.saddleResult, target: -1))
    #expect(ranked.contains("id=\"leaderboard\"") && ranked.contains("id=\"matrix\""))
    #expect(
      ranked.contains("It rests on 5 scenarios (saddle, saddle 1, saddle 2, saddle 3, saddle 4)"))
  }
}
