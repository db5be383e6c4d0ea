import Optimizers

/// Runs an optimizer along a recorded trajectory, through the same code that trains.
enum TrajectoryCheck {
  static func findings(for recorded: TrajectoryCase, tables: [String: [[Double]]]) -> [Finding] {
    do throws(NotCovered) {
      let rule = try ReferenceRules.rule(for: recorded)
      let problem = try TrajectoryProblem(of: recorded, tables: tables)
      guard recorded.params.count == recorded.recordedSteps.count else {
        throw NotCovered(what: "'params' without a row per recorded step")
      }
      return follow(recorded, with: rule, on: problem)
    } catch {
      return [
        Finding(
          name: recorded.id, quantity: "params", verdict: .notCovered, worstError: .nan,
          tolerance: tolerance(recorded), step: nil, remark: error.what)
      ]
    }
  }

  private static func tolerance(_ recorded: TrajectoryCase) -> Double {
    max(1e-12, 10 * recorded.noiseDeviation)
  }

  private static func follow(
    _ recorded: TrajectoryCase, with rule: some Optimizer, on problem: TrajectoryProblem
  ) -> [Finding] {
    let count = recorded.start.count
    let layout = ParameterLayout(
      tensors: [.init(range: 0..<count, shape: recorded.paramShape)])
    let stepper = rule.stepper(for: layout, as: Double.self)
    var point = recorded.start
    var comparison = Comparison(recorded, tolerance: tolerance(recorded))
    for step in 1...recorded.steps {
      var span = point.mutableSpan
      stepper.step(&span, learningRate: rule.learningRate) { point, gradient in
        problem.evaluate(step: step, at: point, gradient: gradient)
      }
      comparison.compare(step: step, point: point, stepper: stepper)
    }
    return comparison.findings
  }
}

/// The largest deviation of each recorded quantity so far.
private struct Comparison {
  private let recorded: TrajectoryCase
  private let tolerance: Double
  private var next = 0
  private(set) var findings: [Finding] = []

  init(_ recorded: TrajectoryCase, tolerance: Double) {
    self.recorded = recorded
    self.tolerance = tolerance
  }

  mutating func compare(step: Int, point: [Double], stepper: Stepper<Double>) {
    guard next < recorded.recordedSteps.count, recorded.recordedSteps[next] == step else { return }
    defer { next += 1 }
    note("params", step: step, found: point, expected: recorded.params[next])
    for (quantity, rows) in [
      ("averaged_params", recorded.averagedParams), ("eval_params", recorded.evalParams),
      ("slow_params", recorded.slowParams),
    ] {
      if let rows {
        note(
          quantity, step: step, found: stepper.evaluationParameters(point), expected: rows[next])
      }
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
    let deviations = zip(found, expected).map { abs($0 - $1) / max(1, abs($1)) }
    // A NaN is no small deviation, and max would overlook it.
    let worst =
      found.count != expected.count || deviations.contains(where: \.isNaN)
      ? .infinity : deviations.max() ?? 0
    let verdict: Finding.Verdict = worst <= tolerance ? .agrees : .differs
    let finding = Finding(
      name: recorded.id, quantity: quantity, verdict: verdict, worstError: worst,
      tolerance: tolerance, step: step, remark: "")
    guard let index = findings.firstIndex(where: { $0.quantity == quantity }) else {
      findings.append(finding)
      return
    }
    if worst > findings[index].worstError { findings[index] = finding }
  }
}
