import Optimizers
import Problems
import Records

/// A scenario file that was read and found valid: what is compared, on what, how long.
public struct Scenario: Sendable {
  /// The file's name without extension.
  public var name: String
  public var path: String
  public var title: String
  public var problem: Problem
  public var budget: Budget
  /// What ends a trial before its budget does.
  public var stopping = StoppingRules()
  /// Repetitions per optimizer.
  public var seeds: Int
  public var target: Target?
  /// With variants, one per optimizer and variant.
  public var entrants: [Entrant]
  public var charts: [String]
  /// Left out of `--all`.
  public var isLong: Bool
  /// How `bench tune` searches it.
  public var tuning = TuningSettings()
  /// The comment at the head of the file; paragraphs apart by an empty line.
  public var about: String?
  /// The command that runs it as it is, for whoever wants to see the same numbers.
  public var command: String?

  public enum Problem: Sendable {
    case surface(SurfaceProblem)
    case network(NetworkTask)
    case series(SeriesSmoothing)
  }

  /// How long a trial may run.
  public enum Budget: Hashable, Sendable {
    case steps(Int)
    case epochs(Int)
  }
}

/// A surface and where to start on it.
public struct SurfaceProblem: Sendable {
  public var surface: any Surface
  public var start: [Double]
  /// Deviation of the normal noise on each derivative, 0 for none. The loss that is recorded has no noise.
  public var gradientNoise = 0.0
  /// What is drawn, where not the surface's own.
  public var domain: SurfaceDomain?

  /// Whether seeds make a difference.
  var isRandom: Bool { gradientNoise > 0 || surface.batchNoise != nil }

  /// What is added to the gradients of one seed.
  func gradientTerms(masterSeed: UInt64, seedIndex: Int) -> [any GradientTerm] {
    var terms: [any GradientTerm] = []
    if let batches = surface.batchNoise {
      terms.append(batches.term(masterSeed: masterSeed, seedIndex: seedIndex))
    }
    if gradientNoise > 0 {
      terms.append(
        GradientNoise(
          deviation: gradientNoise, masterSeed: masterSeed, seedIndex: seedIndex))
    }
    return terms
  }
}

/// A network and what it learns from.
public struct NetworkTask: Sendable {
  public var dataset: DatasetSource
  /// How its samples are split and scaled.
  public var preparation = DataPreparation()
  public var specification: NetworkSpecification
  public var batchSize = BatchSize.samples(defaultBatchSize)
  public var lastBatch = LastBatch.keep
  /// Whether the norm of each layer's gradient is recorded.
  public var recordsGradientNorms = false
  /// Where the scenario tells of the network, and of the size of its batches where it does, for messages.
  var line: Int?
  var batchSizeLine: Int?

  package static let defaultInitialization = Initialization.he
  package static let defaultLoss = LossFunction.softmaxCrossEntropy
  package static let defaultBatchSize = 128
}

/// How many samples make a mini-batch.
public enum BatchSize: Hashable, Sendable, CustomStringConvertible {
  case samples(Int)
  /// All training samples: gradient descent proper.
  case full

  public func count(of trainSamples: Int) -> Int {
    switch self {
    case .samples(let count): count
    case .full: trainSamples
    }
  }

  public var description: String {
    switch self {
    case .samples(let count): "\(count)"
    case .full: "full"
    }
  }
}

/// A measured series and the averages to take of it.
public struct SeriesSmoothing: Sendable {
  public var series: String
  public var betas: [Double]
}

/// An optimizer that takes part, under the name it has in this scenario.
public struct Entrant: Sendable {
  public var label: String
  /// The label without what tells that it is tuned: what a search of it is known by.
  var searchLabel: String
  public var optimizer: any Optimizer
  /// How the learning rate changes, if it does.
  public var schedule: LearningRateSchedule?
  /// What surrounds the rule.
  public var pipeline = UpdatePipeline()
  /// `schedule` and `pipeline` as results keep them: only keys that the scenario has.
  var extras: [String: Setting] = [:]
  /// What it runs on instead of the scenario's own problem and budget, if the scenario has variants.
  public var variant: ScenarioVariant?
  /// Whether a stored search is to say its hyperparameters.
  public let isTuned: Bool
  /// The search that said them.
  public var tuning: String?

  /// - Parameter isTuned: whether a stored search is to say its hyperparameters; the label then tells it.
  init(label: String, optimizer: any Optimizer, isTuned: Bool = false) {
    self.label = isTuned ? "\(label) (tuned)" : label
    searchLabel = label
    self.optimizer = optimizer
    self.isTuned = isTuned
  }

  public var rule: String { type(of: optimizer).name }
}

extension Scenario {
  /// One line each, as records keep them.
  public var problemSummary: String { problem.summary }
  public var budgetSummary: String {
    kind == .smoothing ? "no training" : budget.summary + stopping.summary
  }

  public var kind: ScenarioRecord.Kind { problem.kind }

  /// Whether seeds make a difference: they do on networks and where gradients are noisy.
  public var isRandom: Bool { problems.contains(where: \.isRandom) }
}

extension Scenario.Problem {
  public var kind: ScenarioRecord.Kind {
    switch self {
    case .surface: .surface
    case .network: .network
    case .series: .smoothing
    }
  }

  var isRandom: Bool {
    switch self {
    case .surface(let problem): problem.isRandom
    case .network: true
    case .series: false
    }
  }

  /// `nil` for what is no network.
  var network: NetworkTask? {
    if case .network(let task) = self { task } else { nil }
  }

  /// Whether it is a network that records gradient norms by layer.
  var recordsGradientNorms: Bool { network?.recordsGradientNorms ?? false }

  /// Whether it is a network whose data have a validation set.
  var hasValidation: Bool { network?.preparation.validation != nil }

  /// Whether it tells classes apart, so that there are accuracies.
  var tellsClasses: Bool { network?.specification.loss.tellsClasses ?? false }

  /// Whether it is a surface of two coordinates.
  var isPlane: Bool {
    if case .surface(let problem) = self { problem.surface.dimension == 2 } else { false }
  }

  /// Whether one picture of the surface with its start holds for both.
  func hasSameLandscape(as other: Self) -> Bool {
    guard case .surface(let own) = self, case .surface(let other) = other else { return false }
    return type(of: own.surface) == type(of: other.surface) && own.start == other.start
      && own.surface.settings == other.surface.settings
      && own.surface.texts == other.surface.texts
      && own.domain?.x == other.domain?.x && own.domain?.y == other.domain?.y
  }
}
