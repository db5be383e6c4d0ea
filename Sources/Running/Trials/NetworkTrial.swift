import Datasets
import Networks
import Optimizers
import Records
import Scenarios

/// Trains one network with one optimizer, in `Float`.
enum NetworkTrial {
  /// - Returns: What the trial left, or `nil` if it was cancelled.
  /// - Throws: Why the network does not suit the data.
  static func run(
    _ trial: Trial, on task: NetworkTask, dataset: Dataset, epochs: Int, control: TrialControl
  ) throws(NetworkError) -> TrialRecord? {
    let clock = ContinuousClock()
    let begin = clock.now
    let problem = try NetworkProblem(
      task.specification, dataset: dataset,
      batchSize: task.batchSize.count(of: dataset.train.count), lastBatch: task.lastBatch)
    problem.isCancelled = control.isCancelled
    var session = TrainingSession(
      trial, problem: problem, epochs: epochs, recordsGradientNorms: task.recordsGradientNorms,
      begin: begin)
    session.stepper.threads = control.threads
    session.stepper.isCancelled = control.isCancelled
    let end = session.train(control)
    guard let end else { return nil }
    return TrialRecord(
      key: trial.key, configuration: trial.configuration.json, status: end.status,
      stopReason: end.reason, restoredEpoch: end.status == .finished ? session.restoredEpoch : nil,
      steps: session.stepper.steps, epochs: session.finishedEpochs,
      lossEvaluations: session.spent.losses, gradientEvaluations: session.spent.gradients,
      parameters: problem.parameterCount, stateBytes: session.stepper.stateBytes,
      wallSeconds: (clock.now - begin).seconds,
      evaluationCounts: session.spent.evaluationCounts, clock: session.spent.readings,
      curves: session.curves, trajectory: nil)
  }
}

/// The loop over epochs and mini-batches; nothing in it allocates once curves have their room.
private struct TrainingSession {
  let trial: Trial
  let problem: NetworkProblem
  let epochs: Int
  let stepper: PipelineStepper<Float>
  private var rate: RateRecorder?
  private(set) var finishedEpochs = 0
  /// Mini-batches whose loss and gradient were taken, and the time.
  private(set) var spent: SpentRecorder
  /// The losses of the mini-batches since the last update, each times its samples, and these.
  private var group = (loss: 0.0, samples: 0)
  private var batchLoss: CurveRecorder
  private var epochCurves: [(metric: Metric, recorder: CurveRecorder)]
  private var gradientNorms: GradientNormRecorder?
  private var convergence: ConvergenceMonitor?
  private var earlyStopping: EarlyStoppingMonitor?

  /// The whole sets that are evaluated, in the order of their curves.
  private let splits: [(split: NetworkProblem.Split, loss: Metric, accuracy: Metric)]

  /// How training ended.
  typealias End = (status: TrialStatus, reason: StopReason)

  init(
    _ trial: Trial, problem: NetworkProblem, epochs: Int, recordsGradientNorms: Bool,
    begin: ContinuousClock.Instant
  ) {
    self.trial = trial
    self.problem = problem
    self.epochs = epochs
    stepper = PipelineStepper(
      trial.entrant.optimizer, trial.entrant.pipeline,
      layout: ParameterLayout(
        tensors: problem.tensors.map { .init(range: $0.range, shape: $0.shape) }))
    let updates = trial.entrant.updates(of: epochs * problem.batchesPerEpoch)
    rate = RateRecorder(trial.entrant, totalSteps: updates, epochs: epochs)
    spent = SpentRecorder(
      begin: begin, totalSteps: updates,
      varies: stepper.needsObjective || stepper.microBatches > 1)
    batchLoss = CurveRecorder(.loss, totalSteps: updates, hasEpochs: true)
    let validation: [(NetworkProblem.Split, Metric, Metric)] =
      problem.dataset.validation == nil
      ? [] : [(.validation, .validationLoss, .validationAccuracy)]
    splits =
      [(.train, .trainLoss, .trainAccuracy)] + validation + [(.test, .testLoss, .testAccuracy)]
    epochCurves = splits.flatMap { problem.hasAccuracy ? [$0.loss, $0.accuracy] : [$0.loss] }
      .map { ($0, CurveRecorder($0, totalSteps: epochs, hasEpochs: true)) }
    gradientNorms =
      recordsGradientNorms
      ? GradientNormRecorder(problem, totalSteps: updates) : nil
    convergence = trial.stopping.convergence.map(ConvergenceMonitor.init)
    earlyStopping = trial.stopping.earlyStopping.map(EarlyStoppingMonitor.init)
  }

  var curves: [Curve] {
    [batchLoss.curve] + epochCurves.map(\.recorder.curve) + (rate?.curves ?? [])
      + (gradientNorms?.curves ?? [])
  }

  /// The epoch that is the result, if a rule names one.
  var restoredEpoch: Int? {
    earlyStopping.flatMap { $0.rule.restoresBest ? $0.bestEpoch : nil }
  }

  /// - Returns: How it ended, or `nil` if it was cancelled.
  mutating func train(_ control: TrialControl) -> End? {
    let batches = problem.batchesPerEpoch
    var parameters = problem.initialParameters(
      masterSeed: trial.masterSeed, seedIndex: trial.seedIndex)
    var gradient = [Float](repeating: 0, count: problem.parameterCount)
    let end = evaluate(parameters.span, epoch: 0)
    if control.isCancelled() { return nil }
    if let end { return end }
    for epoch in 1...epochs {
      problem.beginEpoch(epoch, masterSeed: trial.masterSeed, seedIndex: trial.seedIndex)
      for batch in 0..<batches {
        control.progress((Double(epoch - 1) + Double(batch) / Double(batches)) / Double(epochs))
        var gradientSpan = gradient.mutableSpan
        var loss = problem.lossAndGradient(
          batch: batch, parameters: parameters.span, gradient: &gradientSpan)
        // What was cancelled half way is no value.
        if control.isCancelled() { return nil }
        spent.add()
        let isLast = epoch == epochs && batch == batches - 1
        if stepper.microBatches > 1, loss.isFinite {
          guard let mean = take(gradient.span, loss: loss, batch: batch, isLast: isLast) else {
            continue
          }
          loss = mean
        }
        record(loss, gradient.span, epoch: epoch)
        guard loss.isFinite else { return (.diverged(step: stepper.steps), .divergence) }
        update(&parameters, loss: loss, gradient: gradient, batch: batch, epoch: epoch)
        if control.isCancelled() { return nil }
      }
      finishedEpochs = epoch
      let end = evaluate(stepper.evaluationParameters(parameters).span, epoch: epoch)
      if control.isCancelled() { return nil }
      if let end { return end }
    }
    return (.finished, .budget)
  }

  /// Adds a mini-batch's gradient to those of the next update, weighted by its samples.
  ///
  /// - Returns: The mean loss of all of them once they make an update.
  private mutating func take(
    _ gradient: Span<Float>, loss: Double, batch: Int, isLast: Bool
  ) -> Double? {
    let samples = problem.sampleCount(ofBatch: batch)
    stepper.add(gradient, weight: Double(samples))
    group = (group.loss + loss * Double(samples), group.samples + samples)
    guard stepper.pending == stepper.microBatches || isLast else { return nil }
    defer { group = (0, 0) }
    return group.loss / Double(group.samples)
  }

  /// Notes loss and gradient of the next update.
  private mutating func record(_ loss: Double, _ gradient: Span<Float>, epoch: Int) {
    let step = stepper.steps
    batchLoss.record(step: step, epoch: epoch, value: loss, always: !loss.isFinite)
    spent.record(step: step, always: !loss.isFinite)
    guard gradientNorms != nil else { return }
    if stepper.microBatches > 1, stepper.pending > 0, loss.isFinite {
      let mean = stepper.meanGradient
      gradientNorms?.record(mean.span, step: step, epoch: epoch, always: false)
    } else {
      gradientNorms?.record(gradient, step: step, epoch: epoch, always: !loss.isFinite)
    }
  }

  /// Makes an update from a gradient, or from those added before.
  private mutating func update(
    _ parameters: inout [Float], loss: Double, gradient: [Float], batch: Int, epoch: Int
  ) {
    let step = stepper.steps
    let pace = rate?.next(step: step, epoch: epoch, loss: loss)
    let learningRate = pace?.learningRate ?? trial.entrant.optimizer.learningRate
    stepper.momentum = pace?.momentum
    if stepper.needsObjective {
      // The same mini-batch, at points of the method's own.
      spent.add(
        stepper.step(
          &parameters, learningRate: learningRate, knownLoss: loss, knownGradient: gradient
        ) { [problem] point, gradient in
          var span = MutableSpan(_unsafeStart: gradient, count: problem.parameterCount)
          return problem.lossAndGradient(
            batch: batch,
            parameters: UnsafeBufferPointer(start: point, count: problem.parameterCount).span,
            gradient: &span, isProbe: true)
        })
      return
    }
    var parametersSpan = parameters.mutableSpan
    if stepper.microBatches > 1 {
      stepper.update(&parametersSpan, learningRate: learningRate)
    } else {
      stepper.step(&parametersSpan, gradients: gradient.span, learningRate: learningRate)
    }
  }

  /// Takes the metrics over the whole sets.
  ///
  /// - Returns: How training ends here, if it does.
  private mutating func evaluate(_ parameters: Span<Float>, epoch: Int) -> End? {
    var values: [Metric: Double] = [:]
    for part in splits {
      let evaluation = problem.evaluate(part.split, parameters: parameters)
      values[part.loss] = evaluation.loss
      values[part.accuracy] = evaluation.accuracy
    }
    for index in epochCurves.indices {
      epochCurves[index].recorder.record(
        step: stepper.steps, epoch: epoch, value: values[epochCurves[index].metric] ?? .nan,
        always: true)
    }
    spent.record(step: stepper.steps, always: true)
    let trainLoss = values[.trainLoss] ?? .nan
    rate?.endEpoch(values, epoch: epoch)
    guard splits.allSatisfy({ values[$0.loss]?.isFinite == true }) else {
      return (.diverged(step: stepper.steps), .divergence)
    }
    // Both watch every epoch, whichever of them ends it.
    let hasConverged = convergence?.observe(trainLoss) ?? false
    var isPatienceOver = false
    if epoch > 0, let metric = earlyStopping?.rule.metric, let value = values[metric] {
      isPatienceOver = earlyStopping?.observe(value, epoch: epoch) ?? false
    }
    if hasConverged { return (.finished, .convergence) }
    return isPatienceOver ? (.finished, .earlyStopping) : nil
  }
}
