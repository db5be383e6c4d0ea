import Optimizers
import Testing

@Suite struct ReferenceTests {
  private static let files = ["sgd", "momentum_ewma", "adagrad", "adadelta", "rmsprop", "adam"]

  /// Deviation is max|p − p'|/max(1, |p|) as the reference defines it, and so is the tolerance.
  @Test(arguments: files)
  func `every step agrees with the reference trajectory`(file: String) throws {
    let cases = try ReferenceCase.all(of: file)
    #expect(!cases.isEmpty)
    for reference in cases {
      let rule = try reference.rule(from: file)
      let stepper = rule.stepper(count: reference.start.count, as: Double.self)
      var point = reference.start
      var recorded = zip(reference.recordedSteps, reference.params).makeIterator()
      var next = recorded.next()
      var compared = 0
      for step in 1...reference.steps {
        let gradient = try reference.gradient(step: step, at: point)
        var span = point.mutableSpan
        stepper.step(&span, gradients: gradient.span, learningRate: rule.learningRate)
        guard let (recordedStep, expected) = next, recordedStep == step else { continue }
        let deviation = zip(point, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
        #expect(
          deviation <= max(1e-12, 10 * reference.noiseDeviation),
          "\(reference.id), step \(step)")
        compared += 1
        next = recorded.next()
      }
      #expect(compared == reference.params.count)
    }
  }
}
