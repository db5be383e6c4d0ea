import Datasets
import Networks
import Parameters
import Surfaces
import Text

extension Scenario.Problem {
  package var summary: String {
    switch self {
    case .surface(let problem):
      let type = type(of: problem.surface)
      let parameters = problem.surface.settings.sorted { $0.key < $1.key }
      let settings = parameters.map { name, value -> String in
        if case .list = value { return "" }
        return ", \(name.replacing("_", with: " ")) \(value)"
      }.joined()
      let lists = parameters.map { name, value -> String in
        guard case .list(let values) = value else { return "" }
        return ", \(values.count) \(name)"
      }.joined()
      let noise =
        problem.gradientNoise > 0 ? ", gradient noise \(problem.gradientNoise.shortest)" : ""
      let formula = problem.surface.texts["expression"] ?? type.equation
      return "\(type.title), \(formula)\(settings)\(lists)\(noise)"
    case .network(let task):
      let layers = task.specification.layers.map(\.description).joined(separator: ", ")
      let loss = task.specification.loss.rawValue.replacing("_", with: " ")
      return "\(task.dataset.name): \(layers); \(loss); \(task.trainingSummary)"
    case .series(let smoothing):
      return
        "\(smoothing.series.replacing("-", with: " ")) for β \(smoothing.betas.map(\.shortest).joined(separator: ", "))"
    }
  }
}

extension NetworkTask {
  /// Batches, and whatever of the data's preparation is not as usual.
  fileprivate var trainingSummary: String {
    var parts = [batchSize == .full ? "full batches" : "batches of \(batchSize)"]
    if lastBatch == .drop { parts.append("last partial batch dropped") }
    if preparation.normalization != .unit {
      parts.append("inputs \(preparation.normalization == .none ? "as stored" : "standardised")")
    }
    if let count = preparation.trainSamples {
      parts.append("\(count) training sample\(count == 1 ? "" : "s")")
    }
    if let validation = preparation.validation {
      switch validation {
      case .count(let count): parts.append("\(count) for validation")
      case .share(let share): parts.append("\((100 * share).shortest) % for validation")
      }
    }
    if preparation.splitSeed != 0 { parts.append("split \(preparation.splitSeed)") }
    return parts.joined(separator: ", ")
  }
}

extension Scenario.Budget {
  package var summary: String {
    switch self {
    case .steps(let steps): "\(steps) step\(steps == 1 ? "" : "s")"
    case .epochs(let epochs): "\(epochs) epoch\(epochs == 1 ? "" : "s")"
    }
  }
}
