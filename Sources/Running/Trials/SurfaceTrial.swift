import Optimizers
import Records
import Scenarios
import Statistics
import Surfaces

/// Runs one optimizer on a surface, in `Double`.
///
/// A step of the budget is one gradient; with several of them to an update, what is recorded, scheduled and judged is the update.
/// Of rules that average, what is recorded and drawn, and what convergence is judged by, is the surface at the average, as on networks
/// after an epoch; looking there is no evaluation of the optimizer's.
enum SurfaceTrial {
  /// - Returns: What the trial left, or `nil` if it was cancelled.
  static func run(
    _ trial: Trial, on problem: SurfaceProblem, steps budget: Int, control: TrialControl
  ) -> TrialRecord? {
    let clock = ContinuousClock()
    let begin = clock.now
    var session = SurfaceSession(trial, on: problem, steps: budget, begin: begin)
    guard let end = session.run(control) else { return nil }
    let (stepper, spent) = (session.stepper, session.spent)
    return TrialRecord(
      key: trial.key, configuration: trial.configuration.json, status: end.status,
      stopReason: end.reason, steps: stepper.steps, epochs: 0, lossEvaluations: spent.losses,
      gradientEvaluations: spent.gradients, parameters: problem.surface.dimension,
      stateBytes: stepper.stateBytes, wallSeconds: (clock.now - begin).seconds,
      evaluationCounts: spent.evaluationCounts, clock: spent.readings,
      curves: session.path.curves + (session.rate?.curves ?? []),
      trajectory: session.path.trajectory)
  }
}

/// The loop over the gradients of the budget.
private struct SurfaceSession {
  let surface: any Surface
  let budget: Int
  let stepper: PipelineStepper<Double>
  private let learningRate: Double
  private(set) var rate: RateRecorder?
  private(set) var path: PathRecorder
  private(set) var spent: SpentRecorder
  private let start: [Double]
  /// The same for every optimizer. The loss and the gradient's norm are recorded without it.
  private var noise: StepNoise
  private var convergence: ConvergenceMonitor?

  /// How a trial ended.
  typealias End = (status: TrialStatus, reason: StopReason)

  init(
    _ trial: Trial, on problem: SurfaceProblem, steps budget: Int,
    begin: ContinuousClock.Instant
  ) {
    surface = problem.function
    self.budget = budget
    let dimension = surface.dimension
    learningRate = trial.entrant.optimizer.learningRate
    stepper = PipelineStepper(
      trial.entrant.optimizer, trial.entrant.pipeline, layout: ParameterLayout(count: dimension))
    let updates = trial.entrant.updates(of: budget)
    rate = RateRecorder(trial.entrant, totalSteps: updates, epochs: nil)
    path = PathRecorder(dimension: dimension, totalSteps: updates)
    spent = SpentRecorder(
      begin: begin, totalSteps: updates,
      varies: stepper.needsObjective || stepper.microBatches > 1,
      shortestStride: max(1, 64 / dimension))
    start = problem.start
    noise = StepNoise(
      problem.gradientTerms(masterSeed: trial.masterSeed, seedIndex: trial.seedIndex),
      dimension: dimension)
    convergence = trial.stopping.convergence.map(ConvergenceMonitor.init)
  }

  /// - Returns: How it ended, or `nil` if it was cancelled.
  mutating func run(_ control: TrialControl) -> End? {
    stepper.isCancelled = control.isCancelled
    // Steps between looks at the control: a step in two dimensions takes tens of nanoseconds, one with a search any time.
    let interval = stepper.needsObjective ? 1 : max(1, 2048 / surface.dimension)
    let (surface, stepper) = (surface, stepper)
    var point = start
    var gradient = [Double](repeating: 0, count: start.count)
    for taken in 0...budget {
      if taken.isMultiple(of: interval) {
        if control.isCancelled() { return nil }
        control.progress(Double(taken) / Double(budget))
      }
      var gradientSpan = gradient.mutableSpan
      let loss = surface.value(at: point.span, gradient: &gradientSpan)
      spent.add()
      // The point is new after an update only.
      if stepper.pending == 0, let end = look(loss, gradient, at: point, isLast: taken == budget) {
        return end
      }
      noise.draw(step: taken)
      var noisySpan = gradient.mutableSpan
      noise.add(to: &noisySpan)
      if stepper.microBatches > 1 {
        stepper.add(gradient.span)
        guard stepper.pending == stepper.microBatches || taken == budget - 1 else { continue }
      }
      update(&point, loss: loss, gradient: gradient)
    }
    preconditionFailure("the last look ends the trial")
  }

  /// Notes a new point.
  ///
  /// - Returns: How the trial ends here, if it does.
  private mutating func look(
    _ loss: Double, _ gradient: [Double], at point: [Double], isLast: Bool
  ) -> End? {
    // A norm may overflow on the way to divergence; the loss is what decides.
    var isFinite = loss.isFinite && gradient.allSatisfy(\.isFinite)
    var seen = (point: point, loss: loss, norm: euclideanNorm(of: gradient))
    if stepper.evaluatesElsewhere {
      seen.point = stepper.evaluationParameters(point)
      var slope = seen.point
      var span = slope.mutableSpan
      seen.loss = surface.value(at: seen.point.span, gradient: &span)
      seen.norm = euclideanNorm(of: slope)
    }
    isFinite = isFinite && seen.loss.isFinite
    let hasConverged = convergence?.observe(seen.loss) ?? false
    let step = stepper.steps
    let isEnd = isLast || hasConverged || !isFinite
    path.record(
      step: step, point: seen.point, loss: seen.loss, gradientNorm: seen.norm, always: isEnd)
    spent.record(step: step, always: isEnd)
    if !isFinite { return (.diverged(step: step), .divergence) }
    if hasConverged { return (.finished, .convergence) }
    return isLast ? (.finished, .budget) : nil
  }

  /// Makes an update from the gradient, or from those added before.
  private mutating func update(_ point: inout [Double], loss: Double, gradient: [Double]) {
    let step = stepper.steps
    let pace = rate?.next(step: step, loss: loss)
    let learningRate = pace?.learningRate ?? learningRate
    stepper.momentum = pace?.momentum
    if stepper.needsObjective {
      let origin = point
      let count = origin.count
      let made = stepper.step(
        &point, learningRate: learningRate, knownLoss: loss, knownGradient: gradient
      ) { [surface, noise] point, gradient in
        var span = MutableSpan(_unsafeStart: gradient, count: count)
        let loss = surface.value(
          at: UnsafeBufferPointer(start: point, count: count).span, gradient: &span)
        noise.add(to: &span)
        return noise.isNone ? loss : loss + noise.work(from: origin, to: point)
      }
      spent.add(made)
      return
    }
    var pointSpan = point.mutableSpan
    if stepper.microBatches > 1 {
      stepper.update(&pointSpan, learningRate: learningRate)
    } else {
      stepper.step(&pointSpan, gradients: gradient.span, learningRate: learningRate)
    }
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
