import Optimizers
import Surfaces

/// Runs an optimizer along a recorded trajectory, through the same code that trains.
enum TrajectoryCheck {
  /// - Throws: What is wrong with the case; what is not covered is a finding.
  static func findings(
    for checked: CheckedFields<TrajectoryCase>, optimizer: String, tables: GradientTables
  ) throws(CaseError) -> [Finding] {
    let recorded = checked.content
    try recorded.check()
    do throws(CaseError) {
      let rule = try ReferenceRules.rule(
        named: recorded.optimizer ?? optimizer, values: recorded.hyperparameters,
        field: "hyperparameters")
      try checked.refuseUnknown()
      let problem = try TrajectoryProblem(of: recorded, tables: tables)
      return follow(recorded, with: rule, on: problem) + (try losses(of: recorded, on: problem))
    } catch {
      guard case .notCovered(let what) = error else { throw error }
      return [Finding(recorded.id, "params", notCovered: what, tolerance: recorded.tolerance)]
    }
  }

  private static func follow(
    _ recorded: TrajectoryCase, with rule: some Optimizer, on problem: TrajectoryProblem
  ) -> [Finding] {
    let count = recorded.start.count
    let layout = ParameterLayout(
      tensors: [.init(range: 0..<count, shape: recorded.paramShape)])
    let stepper = rule.stepper(for: layout, as: Double.self)
    var point = recorded.start
    var comparison = TrajectoryComparison(recorded)
    for step in 1...(recorded.recordedSteps.last ?? 1) {
      var span = point.mutableSpan
      stepper.step(&span, learningRate: rule.learningRate) { point, gradient in
        problem.evaluate(step: step, at: point, gradient: gradient)
      }
      comparison.compare(step: step, point: point, stepper: stepper)
    }
    return comparison.findings
  }

  /// The function itself at the recorded points: what a wrong constant changes.
  private static func losses(
    of recorded: TrajectoryCase, on problem: TrajectoryProblem
  ) throws(CaseError) -> [Finding] {
    guard case .surface(let surface) = problem else {
      try CaseError.require(
        recorded.loss == nil && recorded.startLoss == nil, "loss",
        "is given, but gradients alone have none")
      return []
    }
    var findings: [Finding] = []
    if let expected = recorded.startLoss {
      let worst = Finding.deviation([surface.value(at: recorded.start.span)], from: [expected])
      findings.append(
        Finding(recorded.id, "start_loss", worst: worst, tolerance: recorded.tolerance))
    }
    if let expected = recorded.loss {
      let errors = zip(recorded.params, expected).map { point, expected in
        Finding.deviation([surface.value(at: point.span)], from: [expected])
      }
      let worst = errors.max() ?? 0
      findings.append(
        Finding(
          recorded.id, "loss", worst: worst, tolerance: recorded.tolerance,
          step: errors.firstIndex(of: worst).map { recorded.recordedSteps[$0] }))
    }
    return findings
  }
}

extension TrajectoryCase {
  fileprivate var tolerance: Double { max(1e-12, 10 * noiseDeviation) }
}

/// The largest deviation of each recorded quantity so far.
private struct TrajectoryComparison {
  private let recorded: TrajectoryCase
  private var next = 0
  private(set) var findings: [Finding] = []

  init(_ recorded: TrajectoryCase) { self.recorded = recorded }

  mutating func compare(step: Int, point: [Double], stepper: Stepper<Double>) {
    guard next < recorded.recordedSteps.count, recorded.recordedSteps[next] == step else { return }
    defer { next += 1 }
    for (quantity, rows) in recorded.points {
      let found = quantity == "params" ? point : stepper.evaluationParameters(point)
      note(quantity, step: step, found: found, expected: rows[next])
    }
    if let distances = recorded.d {
      note(
        "d", step: step, found: [stepper.quantity(named: "d") ?? .nan], expected: [distances[next]])
    }
    if let counts = recorded.functionEvaluations {
      note(
        "function_evaluations", step: step, found: [Double(stepper.ownEvaluations)],
        expected: [Double(counts[next])])
    }
  }

  private mutating func note(
    _ quantity: String, step: Int, found: [Double], expected: [Double]
  ) {
    let finding = Finding(
      recorded.id, quantity, worst: Finding.deviation(found, from: expected),
      tolerance: recorded.tolerance, step: step)
    guard let index = findings.firstIndex(where: { $0.quantity == quantity }) else {
      findings.append(finding)
      return
    }
    if finding.worstError > findings[index].worstError { findings[index] = finding }
  }
}
