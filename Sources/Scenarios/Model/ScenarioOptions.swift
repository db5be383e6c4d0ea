package import Parameters
package import Records

/// The simple keys of a scenario file.
package struct ScenarioOptions: Parameterized {
  package static let name = "scenario"
  package static let parameters: [Parameter<ScenarioOptions>] = [
    Parameter("title", \.title, .text("a text of one line"), "heading of its results").required(),
    Parameter("seeds", \.seeds, .whole(1...10_000), "runs per optimizer"),
    Parameter(
      "rank_by", \.rankBy, among: Scenario.rankingMetrics,
      absent: "test_accuracy; test_loss where there are no classes",
      "metric that networks are ranked by, at the end of each run"),
    Parameter("long", \.isLong, "leaves the scenario out of --all"),
  ]

  package var title = ""
  package var seeds = 1
  package var rankBy: Metric?
  package var isLong = false

  package init() {}
}

/// How long a run on a surface is.
package struct StepBudget: Parameterized {
  package static let name = "budget"
  package static let parameters: [Parameter<StepBudget>] = [
    Parameter("steps", \.steps, .whole(1...100_000_000), "of a surface: steps of each run")
      .required()
  ]

  package var steps = 1

  package init() {}
}

/// How long a network is trained.
package struct EpochBudget: Parameterized {
  package static let name = "budget"
  package static let parameters: [Parameter<EpochBudget>] = [
    Parameter("epochs", \.epochs, .whole(1...100_000), "of a network: passes over its samples")
      .required()
  ]

  package var epochs = 1

  package init() {}
}
