import Datasets
import Scenarios

extension Scenario {
  /// The scenario as it is searched: networks without a validation set hold out a tenth of their training samples.
  ///
  /// What was chosen is then run with all of them.
  var heldOut: Scenario {
    var scenario = self
    scenario.problem = problem.heldOut
    for index in entrants.indices {
      scenario.entrants[index].variant?.problem = self.problem(of: entrants[index]).heldOut
    }
    return scenario
  }
}

extension Scenario.Problem {
  fileprivate static let validationShare = 0.1

  fileprivate var heldOut: Self {
    guard case .network(var task) = self, task.preparation.validation == nil else { return self }
    task.preparation.validation = .share(Self.validationShare)
    return .network(task)
  }
}
