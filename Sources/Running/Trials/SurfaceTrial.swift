import Optimizers
import Records
import Scenarios
import Surfaces

/// Runs one optimizer on a surface, in `Double`.
///
/// Of rules that average, what is recorded and drawn, and what convergence is judged by, is the surface at the average, as on networks
/// after an epoch; looking there is no evaluation of the optimizer's.
enum SurfaceTrial {
  /// Steps between looks at the control: a step in two dimensions takes tens of nanoseconds.
  private static func controlInterval(dimension: Int) -> Int { max(1, 2048 / dimension) }

  /// - Returns: What the trial left, or `nil` if it was cancelled.
  static func run(
    _ trial: Trial, on problem: SurfaceProblem, steps budget: Int, control: TrialControl
  ) -> TrialRecord? {
    let clock = ContinuousClock()
    let begin = clock.now
    let surface = problem.function
    let optimizer = trial.entrant.optimizer
    let dimension = surface.dimension
    let stepper = PipelineStepper<Double>(
      optimizer, trial.entrant.pipeline, layout: ParameterLayout(count: dimension))
    var rate = RateRecorder(trial.entrant, totalSteps: budget, epochs: nil)
    var path = PathRecorder(dimension: dimension, totalSteps: budget)
    var point = problem.start
    var gradient = [Double](repeating: 0, count: dimension)
    // The same for every optimizer. The loss and the gradient's norm are recorded without them.
    var noise = StepNoise(
      problem.gradientTerms(masterSeed: trial.masterSeed, seedIndex: trial.seedIndex),
      dimension: dimension)
    var status = TrialStatus.finished
    var evaluations = 0
    let controlInterval = controlInterval(dimension: dimension)
    let needsObjective = stepper.needsObjective
    var convergence = trial.stopping.convergence.map(ConvergenceMonitor.init)
    var reason = StopReason.budget
    for step in 0...budget {
      if step.isMultiple(of: controlInterval) {
        if control.isCancelled() { return nil }
        control.progress(Double(step) / Double(budget))
      }
      var gradientSpan = gradient.mutableSpan
      let loss = surface.value(at: point.span, gradient: &gradientSpan)
      evaluations += 1
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // A norm may overflow on the way to divergence; the loss is what decides.
      var isFinite = loss.isFinite && gradient.allSatisfy(\.isFinite)
      var seen = (point: point, loss: loss, norm: norm)
      if stepper.evaluatesElsewhere {
        seen.point = stepper.evaluationParameters(point)
        var slope = seen.point
        var span = slope.mutableSpan
        seen.loss = surface.value(at: seen.point.span, gradient: &span)
        seen.norm = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
      isFinite = isFinite && seen.loss.isFinite
      let hasConverged = convergence?.observe(seen.loss) ?? false
      path.record(
        step: step, point: seen.point, loss: seen.loss, gradientNorm: seen.norm,
        always: step == budget || hasConverged || !isFinite)
      guard isFinite else {
        status = .diverged(step: step)
        reason = .divergence
        break
      }
      if hasConverged {
        reason = .convergence
        break
      }
      guard step < budget else { break }
      let pace = rate?.next(step: step, loss: loss)
      let learningRate = pace?.learningRate ?? optimizer.learningRate
      stepper.momentum = pace?.momentum
      noise.draw(step: step)
      var noisySpan = gradient.mutableSpan
      noise.add(to: &noisySpan)
      if needsObjective {
        let origin = point
        evaluations += stepper.step(
          &point, learningRate: learningRate, knownLoss: loss, knownGradient: gradient
        ) { [noise] point, gradient in
          var span = MutableSpan(_unsafeStart: gradient, count: dimension)
          let loss = surface.value(
            at: UnsafeBufferPointer(start: point, count: dimension).span, gradient: &span)
          noise.add(to: &span)
          return noise.isNone ? loss : loss + noise.work(from: origin, to: point)
        }
        continue
      }
      var pointSpan = point.mutableSpan
      stepper.step(&pointSpan, gradients: gradient.span, learningRate: learningRate)
    }
    return TrialRecord(
      key: trial.key, configuration: trial.configuration.json, status: status,
      stopReason: reason, steps: stepper.steps, epochs: 0, lossEvaluations: evaluations,
      gradientEvaluations: evaluations, parameters: dimension, stateBytes: stepper.stateBytes,
      wallSeconds: (clock.now - begin).seconds,
      curves: path.curves + (rate?.curves ?? []),
      trajectory: path.trajectory)
  }
}

/// The loss, the gradient's norm and the first two coordinates along a way.
private struct PathRecorder {
  private var loss: CurveRecorder
  private var gradientNorm: CurveRecorder
  private var way = Trajectory(steps: [], x: [], y: [], loss: [])
  private let stride: Int
  private let isDrawn: Bool

  init(dimension: Int, totalSteps: Int) {
    loss = CurveRecorder(.loss, totalSteps: totalSteps, hasEpochs: false)
    gradientNorm = CurveRecorder(.gradientNorm, totalSteps: totalSteps, hasEpochs: false)
    stride = CurveRecorder.stride(totalSteps: totalSteps)
    isDrawn = dimension >= 2
  }

  mutating func record(
    step: Int, point: [Double], loss value: Double, gradientNorm norm: Double, always: Bool
  ) {
    guard always || step.isMultiple(of: stride) else { return }
    loss.record(step: step, value: value, always: true)
    gradientNorm.record(step: step, value: norm, always: true)
    guard isDrawn else { return }
    way.steps.append(step)
    way.x.append(point[0])
    way.y.append(point[1])
    way.loss.append(value)
  }

  var curves: [Curve] { [loss.curve, gradientNorm.curve] }
  var trajectory: Trajectory? { isDrawn ? way : nil }
}
