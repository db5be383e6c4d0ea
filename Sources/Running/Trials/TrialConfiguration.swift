import CXXHash
import Datasets
import Foundation
import Networks
import Optimizers
import Parameters
import Records
import Scenarios
import Surfaces
import Text

/// Everything that can change the result of a trial: no labels, no titles, no paths.
///
/// The machine is not included. Another processor may round matrix products differently, in the last bits.
package struct TrialConfiguration: Sendable, Hashable {
  /// Canonical JSON: sorted keys, shortest numbers.
  package let json: String

  /// Raised whenever a change to the code changes results, so that old ones are not taken for new.
  static let engineVersion = 5

  /// The version for trials whose results alone a later change altered, so that all others are still found: 6 where gradients are
  /// accumulated (updates are counted, each batch has the weight of its samples), where a line search may leave the domain, and where
  /// a schedule watches a loss that may be negative.
  private static func engineVersion(of entrant: Entrant, on problem: Scenario.Problem) -> Int {
    let watches = entrant.schedule?.schedule.watchesTraining ?? false
    let isAltered =
      entrant.pipeline.microBatches > 1 || entrant.optimizer.comparesLosses
      || watches && problem.kind == .surface
    return isAltered ? 6 : engineVersion
  }

  private struct Content: Encodable {
    var engine: Int
    var rule: String
    var hyperparameters: [String: Setting]
    var problem: [String: Setting]
    var start: [Double]?
    var layers: [String]?
    var steps: Int?
    var epochs: Int?
    var masterSeed: UInt64
    var seed: Int
  }

  init(
    entrant: Entrant, problem: Scenario.Problem, budget: Scenario.Budget,
    stopping: StoppingRules = StoppingRules(), masterSeed: UInt64, seedIndex: Int,
    data: DatasetShelf.Entry?
  ) {
    var content = Content(
      engine: Self.engineVersion(of: entrant, on: problem), rule: entrant.rule,
      hyperparameters: entrant.settings, problem: [:], masterSeed: masterSeed,
      seed: seedIndex)
    switch problem {
    case .surface(let problem):
      content.problem = problem.surface.flatSettings.mapValues(Setting.init)
      content.problem["surface"] = .text(type(of: problem.surface).name)
      for (name, text) in problem.surface.texts { content.problem[name] = .text(text) }
      if problem.gradientNoise > 0 {
        content.problem["gradient_noise"] = .number(problem.gradientNoise)
      }
      content.problem.merge(problem.replicateSettings) { own, _ in own }
      content.start = problem.start
    case .network(let task):
      content.problem = [
        "dataset": .text(task.dataset.kind), "data": .text(data?.digest ?? ""),
        "batch_size": .number(Double(task.batchSize.count(of: data?.dataset.train.count ?? 0))),
      ]
      for (name, text) in task.specification.settings { content.problem[name] = .text(text) }
      content.problem.merge(task.trainingSettings) { own, _ in own }
      content.layers = task.specification.layers.map(\.description)
    case .series(let smoothing):
      content.problem = ["series": .text(smoothing.series)]
    }
    content.problem.merge(stopping.settings) { own, _ in own }
    switch budget {
    case .steps(let steps): content.steps = steps
    case .epochs(let epochs): content.epochs = epochs
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    do {
      json = String(decoding: try encoder.encode(content), as: UTF8.self)
    } catch {
      preconditionFailure("every number of a configuration was checked to be finite: \(error)")
    }
  }

  package var key: String { ContentDigest.hexadecimal(of: Array(json.utf8)) }
}

extension Scenario.Problem {
  /// Digest of the problem, its data and budget without an optimizer: identifies what the result of a search is valid for.
  ///
  /// The key of a trial of one fixed rule, so that everything that changes a trial changes it.
  func taskDigest(
    for budget: Scenario.Budget, stopping: StoppingRules, data: DatasetShelf.Entry?
  ) -> String {
    TrialConfiguration(
      entrant: Entrant(label: "", optimizer: SGD()), problem: self, budget: budget,
      stopping: stopping, masterSeed: 0, seedIndex: 0, data: data
    ).key
  }
}

extension SurfaceProblem {
  /// What makes its surface an instance or, before a seed settles it, what starts and instances are drawn from. Nothing where runs
  /// share start and surface.
  fileprivate var replicateSettings: [String: Setting] {
    func text(_ numbers: [Double]) -> Setting {
      .text(numbers.map(\.shortest).joined(separator: " "))
    }
    var settings = replicates.settings
    if replicates.starts?.region == .domain {
      settings["starts.domain"] = text(
        [region.x, region.y].flatMap { [$0.lowerBound, $0.upperBound] })
    }
    if let instance {
      // With the seeds, which are in every key, these determine it.
      settings["instance.rotate"] = .flag(instance.rotation != nil)
      settings["instance.shift"] = .number(instance.largestShift)
      settings["instance.center"] = text(instance.center)
    }
    return settings
  }
}

extension NetworkTask {
  /// Settings of training and data that are not at their defaults: a setting that is new leaves the keys of former trials
  /// as they were. The batch size is keyed by its number of samples.
  fileprivate var trainingSettings: [String: Setting] {
    let settings = TrainingOptions.keyed(training).merging(DataPreparation.keyed(preparation)) {
      own, _ in own
    }.filter { $0.key != "batch_size" && $0.key != "split_seed" }
    guard preparation.splits else { return settings }
    return settings.merging(["split_seed": .number(Double(preparation.splitSeed))]) { own, _ in own
    }
  }
}

extension Parameterized {
  /// The settings of a value that are not at their defaults; those that may be a word are texts.
  fileprivate static func keyed(_ value: Self) -> [String: Setting] {
    let changed = value.changedSettings
    return Dictionary(
      uniqueKeysWithValues: descriptions.compactMap { parameter in
        changed[parameter.name].map {
          (parameter.name, parameter.domain.isMixed ? .text($0.description) : Setting($0))
        }
      })
  }
}

extension ParameterDomain {
  /// Whether values are of several kinds.
  fileprivate var isMixed: Bool {
    switch self {
    case .either: true
    case .phrased(_, let domain): domain.isMixed
    default: false
    }
  }
}

extension DatasetSource {
  /// As trials are keyed: user data are identified by their digest, wherever their files are.
  fileprivate var kind: String {
    switch self {
    case .catalogue(let name): name
    case .idx: "idx"
    case .csv: "csv"
    }
  }
}

/// 128-bit digests of content (XXH3), for keys; not a defense against forgery.
enum ContentDigest {
  static func hexadecimal<Element: BitwiseCopyable>(of array: [Element]) -> String {
    let hash = array.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    return [hash.high64, hash.low64].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension Entrant {
  /// Every hyperparameter with its value, those of a wrapped rule under `rule.NAME`, and the settings around the rule that are
  /// not at their defaults, as records keep them.
  var settings: [String: Setting] {
    optimizer.flatSettings.mapValues(Setting.init).merging(extras) { own, _ in own }
  }
}
