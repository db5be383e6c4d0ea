import Optimizers
package import Parameters
package import Records

/// How a scenario is tuned: `tuning:` of its file, or the options of the command line.
package struct TuningSettings: Parameterized {
  package static let name = "tuning"
  package static let parameters: [Parameter<TuningSettings>] = [
    Parameter("search", \.search, "search method"),
    Parameter("trials", \.trials, .whole(1...trialLimit), "trials per optimizer, in full budgets"),
    Parameter(
      "seeds", \.seeds, .whole(1...seedLimit),
      "seeds that each choice is based on; one on surfaces without noise"),
    Parameter(
      "metric", \.metric, among: metrics,
      absent: "the metric of the ranking, on the validation set",
      "metric that is optimized, at the end of each run; never of the test set"),
  ]

  package static let trialLimit = 10_000
  package static let seedLimit = 1000

  package var search = SearchMethod.halton
  package var trials = 20
  package var seeds = 3
  /// What candidates are judged by; `nil` for that of the ranking. See ``Scenario/tuningMetric(_:)``.
  package var metric: Metric?
  /// Changes of the rules' own spaces, in the order of the file.
  package var overrides: [Override] = []

  package struct Override: Hashable, Sendable {
    /// The optimizer's label or rule; `nil` for all that have the hyperparameter.
    package var optimizer: String?
    package var name: String
    /// `nil` takes the hyperparameter out of the search.
    package var values: SearchDimension.Values?
  }

  package init() {}

  /// The test set never decides. `loss` is for surfaces, the others for networks.
  package static let metrics = [Metric.loss] + EarlyStopping.metrics

  /// What is searched of an entrant: what its rule declares, as the scenario changes it; the entrant's own name counts most.
  package func space(of entrant: Entrant) -> [SearchDimension] {
    var space = entrant.defaultSpace
    let descriptions = type(of: entrant.optimizer).descriptions
    let general = overrides.filter { $0.optimizer == nil }
    let own = overrides.filter { override in
      override.optimizer.map { entrant.tuningNames.contains($0) } ?? false
    }
    for override in general + own {
      guard let description = descriptions.first(where: { $0.name == override.name }) else {
        continue
      }
      let index = space.firstIndex { $0.name == override.name }
      guard let values = override.values else {
        if let index { space.remove(at: index) }
        continue
      }
      let dimension = SearchDimension(
        name: override.name, values: values, isWhole: description.domain.isWhole)
      if let index { space[index] = dimension } else { space.append(dimension) }
    }
    return space
  }
}

extension Entrant {
  /// What a space may be given to.
  package var tuningNames: [String] { names + [searchLabel] }
}
