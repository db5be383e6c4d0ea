import Optimizers
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Aliases, nesting and size are bounded while a file is read, with the line, whichever way they are written.
@Suite struct SizeLimitTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private static let good = ScenarioDesk.good + "\n"

  /// Levels of nine aliases each: 9⁸ values.
  private func bomb(name: (Int) -> String, decoration: String = "") -> String {
    let levels = (1..<9).map { level in
      let aliases = Array(repeating: "*\(name(level - 1))", count: 9).joined(separator: ", ")
      return "a\(level): &\(name(level)) [\(decoration)\(aliases)]"
    }
    return (["a0: &\(name(0)) [1, 1, 1, 1, 1, 1, 1, 1, 1]"] + levels).joined(separator: "\n")
  }

  private func chain(_ length: Int, name: (Int) -> String) -> String {
    "x:\n- &\(name(0)) [1]\n"
      + (1..<length).map { "- &\(name($0)) [*\(name($0 - 1))]\n" }.joined()
  }

  @Test func `aliases of aliases are refused where they become too many values`() throws {
    for text in [
      bomb { "a\($0)" }, bomb { "a-\($0)" }, bomb { _ in "a" }, bomb { "_\($0)" },
      bomb(name: { "a\($0)" }, decoration: #""x # y", "#),
      bomb(name: { "a\($0)" }, decoration: "'it''s &a1 [*a2]', "),
      bomb { "a\($0)" } + "\n? *a8\n: 1", bomb { "a\($0)" } + "\n? [*a8]\n: 1",
      bomb { "a\($0)" }.replacing(", ", with: ",\n  "),
    ] {
      let found = try desk.issues(Self.good + text + "\n")
      #expect(
        found.count == 1 && found[0].contains("more than 100000 values up to here"), "\(found)")
    }
  }

  @Test func `lists in lists are refused where they become too deep, by aliases or not`() throws {
    let line = Self.good.count { $0 == "\n" } + 1 + 98
    for name in [{ "a\($0)" }, { "a-\($0)" }, { _ in "a" }] as [(Int) -> String] {
      let found = try desk.issues(Self.good + chain(30_000, name: name))
      #expect(found.count == 1)
      #expect(
        found[0].hasPrefix("\(line): lists and mappings nested more than 100 deep"), "\(found)")
    }
    for text in ["[", "{a: "] {
      let close = text == "[" ? "]" : "}"
      let nested = String(repeating: text, count: 120) + "1" + String(repeating: close, count: 120)
      let found = try desk.issues(Self.good + "x: \(nested)\n")
      #expect(found.count == 1 && found[0].contains("nested more than 100 deep"), "\(found)")
      let endless = try desk.issues(
        Self.good + "x: \(String(repeating: text, count: 100_000))\n")
      #expect(endless.count == 1)
    }
  }

  @Test func `aliases mean what they name, the latest of that name`() throws {
    let text = """
      title: Aliases
      problem: {surface: {expression: "x*y*2 + x^2"}, start: &s [1, 2]}
      budget: {steps: 3}
      optimizers:
        - &one {sgd: {learning_rate: &rate 0.25, label: "*rate"}}
        - momentum: {learning_rate: *rate, label: a*b &c}
        - adam: {learning_rate: &rate 0.5}
        - rmsprop: {learning_rate: *rate}
      """
    let scenario = try desk.read(text)
    #expect(scenario.entrants.map(\.optimizer.learningRate) == [0.25, 0.25, 0.5, 0.5])
    #expect(scenario.entrants.map(\.label) == ["*rate", "a*b &c", "adam", "rmsprop"])
  }

  @Test(arguments: [
    ("x: *nothing", "invalid YAML: no anchor &nothing before *nothing"),
    ("x: &a [*a]", "invalid YAML: no anchor &a before *a"),
    ("x: *", "invalid YAML: no anchor & before *"),
    ("? &k title2\n: 1\n? *k\n: 2", "the key 'title2' appears twice in one mapping"),
    ("x: &list [1]\n? *list\n: 2", "a key must be a name, not a list"),
  ])
  func `an alias that leads nowhere or to no key is refused`(text: String, message: String) throws {
    let found = try desk.issues(Self.good + text + "\n")
    #expect(found.count == 1 && found[0].hasSuffix(message), "\(found)")
  }

  @Test func `a file full of mistakes reports the first hundred`() throws {
    let keys = (0..<5000).map { "key\($0): 1\n" }.joined()
    let found = try desk.issues(Self.good + keys)
    #expect(
      found.count == 101 && found[100].hasSuffix("and 4900 more mistakes"), "\(found.last ?? "")")
    let repeated = (0..<3000).map { "key\($0): 1\nkey\($0): 2\n" }.joined()
    #expect(try !desk.issues(Self.good + repeated).isEmpty)
    #expect(try !desk.issues(String(repeating: "title: x\n", count: 100_000)).isEmpty)
  }

  @Test func `rules within rules are bounded`() throws {
    func wrapped(_ count: Int, in name: (Int) -> String) -> String {
      (0..<count).reduce("sgd") { "{\(name($1)): {rule: \($0)}}" }
    }
    func text(_ rule: String) -> String {
      ScenarioDesk.good.replacing("  - sgd\n", with: "  - \(rule)\n")
    }
    #expect(text("x") != ScenarioDesk.good)
    let mixed = { (index: Int) in index.isMultiple(of: 2) ? "sam" : "lookahead" }
    #expect(try desk.read(text(wrapped(4, in: mixed))).entrants.count > 0)
    for count in [5, 6, 30] {
      for name in [{ _ in "sam" }, { _ in "lookahead" }, mixed] as [(Int) -> String] {
        let found = try desk.issues(text(wrapped(count, in: name)))
        #expect(
          found.count == 1 && found[0].contains("wraps more than 4 rules within one another"),
          "\(found)")
      }
    }
  }

  @Test func `optimizers, variants and trials are bounded`() throws {
    func text(optimizers: Int, variants: Int, rest: String = "") -> String {
      """
      title: Many
      problem: {surface: rosenbrock, gradient_noise: 0.1}
      budget: {steps: 1}
      optimizers:
      \((0..<optimizers).map { "- sgd: {label: a\($0)}" }.joined(separator: "\n"))
      \(variants == 0 ? "" : "variants:\n")\((0..<variants).map { "- {label: v\($0), budget.steps: \($0 + 1)}" }.joined(separator: "\n"))
      \(rest)
      """
    }
    #expect(
      try desk.issues(text(optimizers: 1001, variants: 0))
        == ["5: 'optimizers' has 1001 entries; at most 1000 are allowed"])
    let many = try desk.issues(text(optimizers: 100, variants: 101))
    #expect(
      many.count == 1
        && many[0].hasSuffix("101 variants of 100 optimizers are more than 10000 comparisons"))
    let trials = try desk.issues(text(optimizers: 101, variants: 0, rest: "seeds: 10000"))
    #expect(
      trials.count == 1
        && trials[0].hasSuffix("101 optimizers with 10000 seeds are more than 1000000 trials"))
  }

  @Test func `layers within residual blocks count`() throws {
    func text(_ layers: String) -> String {
      """
      title: Blocks
      problem: {network: {dataset: digits, layers: [\(layers), dense 10], batch_size: 8}}
      budget: {epochs: 1}
      optimizers: [sgd]
      """
    }
    let nested = (0..<4).reduce("dense 64") { inner, _ in
      "repeat 9: [{residual: [\(inner)]}]"
    }
    for layers in [
      nested, "repeat 1024: [repeat 5: [relu]]",
      "repeat 1000: [{residual: [relu, relu, relu, relu]}]",
    ] {
      let found = try desk.issues(text(layers))
      #expect(found.count == 1 && found[0].contains("more than 4096 layers"), "\(found)")
    }
  }
}
