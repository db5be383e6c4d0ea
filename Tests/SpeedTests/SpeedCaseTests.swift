import Optimizers
import Parameters
import Speed
import Testing

@Suite struct SpeedCaseTests {
  /// The sizes are those of other programs; the smallest takes milliseconds. What is measured is no matter for a test.
  @Test func `every rule that is handed its gradient can be timed, and no other is asked`() {
    let cases = SpeedCase.all(quick: true).filter {
      $0.isNamed("step") && $0.name.hasSuffix("/1000")
    }
    let timed = OptimizerCatalogue.all.filter {
      !$0.init().stepper(count: 1, as: Float.self).needsObjective
    }
    #expect(cases.map(\.name) == timed.map { "step/\($0.name)/1000" })
    #expect(!timed.contains { $0.name == "sam" || $0.name == "lbfgs" })
    for one in cases {
      let result = one.run(rounds: 1)
      #expect(result.samples.least > 0 && result.roof.map { $0.least > 0 } == true)
    }
  }
}
