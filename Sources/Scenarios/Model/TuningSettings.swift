import Optimizers
import Parameters

/// How a scenario is tuned: `tuning:` of its file, or what the command line says instead.
package struct TuningSettings: Sendable {
  package var search = SearchMethod.halton
  /// Trials per optimizer, the same for all; counted in full budgets.
  package var trials = 20
  /// Seeds that a choice is made on; `nil` for three where seeds make a difference.
  package var seeds: Int?
  /// Changes of the rules' own spaces, in the order of the file; `nil` takes a hyperparameter out.
  package var overrides: [Override] = []

  package struct Override: Sendable {
    /// The optimizer's label or rule; `nil` for all that have the hyperparameter.
    package var optimizer: String?
    package var name: String
    package var values: SearchDimension.Values?
  }

  package init() {}

  package static let trialLimit = 10_000

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
