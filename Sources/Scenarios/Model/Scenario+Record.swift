import Datasets
import Networks
import Parameters
package import Records
import Surfaces

extension Scenario {
  /// The scenario's own problem as records keep it; without the digest of data, which nothing here reads.
  package var problemRecord: ProblemRecord { ProblemRecord(problem) }

  /// The scenario's own budget as records keep it.
  package var budgetRecord: BudgetRecord {
    guard kind != .smoothing else { return .none }
    return switch budget {
    case .steps(let count): .steps(count, stopping: stopping.settings)
    case .epochs(let count): .epochs(count, stopping: stopping.settings)
    }
  }
}

extension ProblemRecord {
  package init(_ problem: Scenario.Problem) {
    self =
      switch problem {
      case .surface(let problem): .surface(SurfaceRecord(problem))
      case .network(let task): .network(NetworkRecord(task))
      case .series(let smoothing):
        .series(SeriesRecord(name: smoothing.series, betas: smoothing.betas))
      }
  }
}

extension SurfaceRecord {
  package init(_ problem: SurfaceProblem) {
    let type = type(of: problem.surface)
    self.init(
      name: type.name, title: type.title, equation: problem.surface.formula,
      expression: problem.surface.texts["expression"],
      settings: problem.surface.settings.mapValues(Setting.recorded),
      start: problem.start, gradientNoise: problem.gradientNoise,
      domain: problem.domain.map { domain in
        [domain.x, domain.y].map { [$0.lowerBound, $0.upperBound] }
      },
      replicates: problem.replicates.isRandom ? problem.replicates.settings : nil)
  }
}

extension NetworkRecord {
  init(_ task: NetworkTask) {
    var settings = task.specification.settings.mapValues(Setting.text)
    settings["batch_size"] = .recorded(task.batchSize.parameterValue)
    for changed in [task.training.changedSettings, task.preparation.changedSettings] {
      settings.merge(changed.mapValues(Setting.recorded)) { own, _ in own }
    }
    self.init(
      dataset: task.dataset.name, source: task.dataset.kind,
      layers: task.specification.layers.map(LayerRecord.init), settings: settings)
  }
}

extension LayerRecord {
  init(_ layer: LayerSpecification) {
    self =
      switch layer.content {
      case .layer: .layer(layer.description)
      case .residual(let layers): .residual(layers.map(LayerRecord.init))
      }
  }
}

extension DatasetSource {
  /// How the data came here: `idx`, `csv` or `catalogue`.
  fileprivate var kind: String {
    switch self {
    case .catalogue: "catalogue"
    case .idx: "idx"
    case .csv: "csv"
    }
  }
}
