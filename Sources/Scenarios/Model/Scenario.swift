import Datasets
import Networks
package import Optimizers
import Parameters
package import Records
import Surfaces

/// A valid scenario: the optimizers compared, their problem and their budget.
package struct Scenario: Sendable {
  /// The file's name without extension.
  package var name: String
  package var path: String
  package var title: String
  package var problem: Problem
  package var budget: Budget
  /// What ends a trial before its budget does.
  package var stopping = StoppingRules()
  /// Repetitions per optimizer.
  package var seeds: Int
  package var target: Target?
  /// What networks are ranked by, if the file says so; see ``rankingMetric``.
  package var rankBy: Metric?
  /// With variants, one per optimizer and variant.
  package var entrants: [Entrant]
  package var charts: [String]
  /// Left out of `--all`.
  package var isLong: Bool
  /// How `bench tune` searches it.
  package var tuning = TuningSettings()
  /// The comment at the head of the file; paragraphs are separated by an empty line.
  package var about: String?
  /// Changes by `--set`, in the order of the command line.
  package var changes: [ScenarioChange.Outcome] = []
  /// The command that reproduces its results.
  package var command: String?

  package enum Problem: Sendable {
    case surface(SurfaceProblem)
    case network(NetworkTask)
    case series(SeriesSmoothing)
  }

  /// How long a trial may run.
  package enum Budget: Hashable, Sendable {
    case steps(Int)
    case epochs(Int)
  }
}

/// An optimizer of a scenario, under the name it has there.
package struct Entrant: Sendable {
  package var label: String
  /// The label without the mark of a tuned optimizer, under which a search is stored.
  package var searchLabel: String
  package var optimizer: any Optimizer
  /// How the learning rate changes, if it does.
  package var schedule: LearningRateSchedule?
  /// Around the rule.
  package var pipeline = UpdatePipeline()
  /// Whether the file writes a hyperparameter of the rule, be its value the default or not.
  package var hasWrittenSettings = false
  /// `schedule` and `pipeline` as results keep them: only keys that the scenario has.
  package var extras: [String: Setting] = [:]
  /// What it runs on instead of the scenario's own problem and budget, if the scenario has variants.
  package var variant: ScenarioVariant?
  /// Whether its hyperparameters come from a stored search.
  package let isTuned: Bool
  /// The search that they came from.
  package var tuning: String?

  /// - Parameter isTuned: whether its hyperparameters come from a stored search; the label then shows it.
  package init(label: String, optimizer: any Optimizer, isTuned: Bool = false) {
    self.label = isTuned ? "\(label) (tuned)" : label
    searchLabel = label
    self.optimizer = optimizer
    self.isTuned = isTuned
  }

  package var rule: String { type(of: optimizer).name }
}

extension Scenario {
  package var kind: ScenarioRecord.Kind { problem.kind }

  /// Why more seeds are of no use where ``isRandom`` is false.
  package static let sameForEverySeed =
    "a surface without noise has the same result for every seed; add 'starts', 'instances' or 'gradient_noise' to the scenario"

  /// Whether seeds make a difference: they do on networks, where gradients are noisy, and where starts or instances are random.
  package var isRandom: Bool { problems.contains(where: \.isRandom) }
}

extension Scenario.Problem {
  package var kind: ScenarioRecord.Kind {
    switch self {
    case .surface: .surface
    case .network: .network
    case .series: .smoothing
    }
  }

  package var isRandom: Bool {
    switch self {
    case .surface(let problem): problem.isRandom
    case .network: true
    case .series: false
    }
  }

  /// `nil` for what is no network.
  package var network: NetworkTask? {
    if case .network(let task) = self { task } else { nil }
  }

  /// Whether it is a network that records gradient norms by layer.
  package var recordsGradientNorms: Bool { network?.recordsGradientNorms ?? false }

  /// Whether it is a network whose data have a validation set.
  package var hasValidation: Bool { network?.preparation.validation != nil }

  /// Whether it is a classification problem, so that there are accuracies.
  package var tellsClasses: Bool {
    network.map { $0.specification.loss.tellsClasses && !$0.dataset.predictsValues } ?? false
  }

  /// Whether numbers are predicted, so that there is R².
  package var predictsValues: Bool {
    network.map { $0.specification.loss.tellsClasses && $0.dataset.predictsValues } ?? false
  }

  /// Whether it is a surface of two coordinates.
  package var isPlane: Bool {
    if case .surface(let problem) = self { problem.surface.dimension == 2 } else { false }
  }

  /// Whether one picture of the surface with its start holds for both.
  package func hasSameLandscape(as other: Self) -> Bool {
    guard case .surface(let own) = self, case .surface(let other) = other else { return false }
    return type(of: own.surface) == type(of: other.surface) && own.start == other.start
      && own.surface.settings == other.surface.settings
      && own.surface.texts == other.surface.texts
      && own.domain?.x == other.domain?.x && own.domain?.y == other.domain?.y
  }
}
