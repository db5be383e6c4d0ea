import Foundation
import Records
package import Scenarios
package import TestSupport

package let testCharts = ChartNames([
  .init(name: "trajectory", needs: ChartNeeds([.surface], landscape: true), isUsual: true),
  .init(name: "loss", needs: ChartNeeds([.surface, .network]), isUsual: true),
  .init(name: "test_accuracy", needs: ChartNeeds([.network], classes: true), isUsual: true),
  .init(name: "bias_correction", needs: ChartNeeds([.smoothing]), isUsual: true),
])

/// Reads scenarios from texts, in a folder of its own.
package struct ScenarioDesk {
  package let folder: TemporaryFolder

  package init() throws { folder = try TemporaryFolder() }

  package var library: ScenarioLibrary { ScenarioLibrary(folder: folder.path, charts: testCharts) }

  package func read(_ text: String) throws -> Scenario {
    let path = try folder.write(text, to: "x.yaml")
    return try library.load([path])[0]
  }

  /// `LINE: MESSAGE` of each issue.
  package func issues(_ text: String) throws -> [String] {
    do throws(any Error) {
      _ = try read(text)
      return []
    } catch let error as ScenarioError {
      guard case .invalid(let issues) = error else { throw error }
      precondition(issues.allSatisfy { $0.path == folder.file("x.yaml") })
      return issues.map { issue in "\(issue.line.map(String.init) ?? "-"): \(issue.message)" }
    }
  }

  package static let good = """
    title: Good
    problem:
      surface: rosenbrock
      start: [-1.2, 1]
    budget: {steps: 10}
    seeds: 1
    target: {loss: 1.0e-6}
    optimizers:
      - sgd
      - adam: {learning_rate: 0.05, bias_correction: false}
      - adam: {label: quick adam, learning_rate: 0.5}
    charts: [loss]
    """
}
