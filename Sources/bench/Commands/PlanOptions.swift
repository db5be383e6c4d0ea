import ArgumentParser
import Gate
import Text

/// What `bench compare --plan` plans for.
struct PlanOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --plan: difference in standard deviations of the paired differences; can be repeated (default: \(SeedPlan.usualEffects.map(\.shortest).joined(separator: ", ")), or the observed ones).",
      valueName: "d"))
  var effect: [Double] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --plan and results: difference in units of the metric.", valueName: "value"))
  var difference: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --plan: probability to detect the difference (default: 0.8).", valueName: "p"))
  var power: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --plan: significance level of all tests together (default: 0.05).", valueName: "p"))
  var significance: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --plan: tests that share the level (default: 1; with results, all pairs of the scenario's optimizers, as in the report).",
      valueName: "n"))
  var tests: Int?

  func validate() throws {
    for value in effect + [difference].compactMap(\.self) where !(value > 0 && value.isFinite) {
      throw ValidationError("--effect and --difference must be above 0.")
    }
    if !effect.isEmpty, difference != nil {
      throw ValidationError("Give either --effect or --difference.")
    }
    for value in [power, significance].compactMap(\.self) where !(value > 0 && value < 1) {
      throw ValidationError("--power and --significance must be between 0 and 1.")
    }
    if let tests, !(1...1_000_000).contains(tests) {
      throw ValidationError("--tests must be from 1 to 1000000.")
    }
  }

  /// Whether nothing was given.
  var isUsual: Bool {
    effect.isEmpty && difference == nil && power == nil && significance == nil && tests == nil
  }

  var question: SeedPlan.Question {
    SeedPlan.Question(
      power: power ?? 0.8, significance: significance ?? 0.05, tests: tests, effects: effect,
      difference: difference)
  }
}
