import Optimizers
import Problems
import Records

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
      task.specification, dataset: dataset, batchSize: task.batchSize)
    var session = TrainingSession(trial, problem: problem, epochs: epochs)
    session.stepper.threads = control.threads
    let status = session.train(control)
    guard let status else { return nil }
    return TrialRecord(
      key: trial.key, configuration: trial.configuration.json, status: status,
      steps: session.stepper.steps, epochs: session.finishedEpochs,
      lossEvaluations: session.evaluations, gradientEvaluations: session.evaluations,
      parameters: problem.parameterCount, stateBytes: session.stepper.stateBytes,
      wallSeconds: (clock.now - begin).seconds, curves: session.curves, trajectory: nil)
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
  /// Mini-batches whose loss and gradient were taken.
  private(set) var evaluations = 0
  private var batchLoss: CurveRecorder
  private var epochCurves: [CurveRecorder]

  private static let epochMetrics: [Metric] = [
    .trainLoss, .trainAccuracy, .testLoss, .testAccuracy,
  ]

  init(_ trial: Trial, problem: NetworkProblem, epochs: Int) {
    self.trial = trial
    self.problem = problem
    self.epochs = epochs
    stepper = PipelineStepper(
      trial.entrant.optimizer, trial.entrant.pipeline,
      layout: ParameterLayout(
        tensors: problem.tensors.map { .init(range: $0.range, shape: $0.shape) }))
    rate = RateRecorder(
      trial.entrant, totalSteps: epochs * problem.batchesPerEpoch, epochs: epochs)
    batchLoss = CurveRecorder(
      .loss, totalSteps: epochs * problem.batchesPerEpoch, hasEpochs: true)
    epochCurves = Self.epochMetrics.map {
      CurveRecorder($0, totalSteps: epochs, hasEpochs: true)
    }
  }

  var curves: [Curve] {
    [batchLoss.curve] + epochCurves.map(\.curve) + (rate?.curves ?? [])
  }

  /// - Returns: How it ended, or `nil` if it was cancelled.
  mutating func train(_ control: TrialControl) -> TrialStatus? {
    let batches = problem.batchesPerEpoch
    let constantRate = trial.entrant.optimizer.learningRate
    var parameters = problem.initialParameters(
      masterSeed: trial.masterSeed, seedIndex: trial.seedIndex)
    var gradient = [Float](repeating: 0, count: problem.parameterCount)
    guard evaluate(parameters.span, epoch: 0) else { return .diverged(step: 0) }
    for epoch in 1...epochs {
      problem.beginEpoch(epoch, masterSeed: trial.masterSeed, seedIndex: trial.seedIndex)
      for batch in 0..<batches {
        if control.isCancelled() { return nil }
        control.progress((Double(epoch - 1) + Double(batch) / Double(batches)) / Double(epochs))
        var gradientSpan = gradient.mutableSpan
        let loss = problem.lossAndGradient(
          batch: batch, parameters: parameters.span, gradient: &gradientSpan)
        evaluations += 1
        batchLoss.record(
          step: stepper.steps, epoch: epoch, value: loss, always: !loss.isFinite)
        guard loss.isFinite else { return .diverged(step: stepper.steps) }
        let step = stepper.steps
        let pace = rate?.next(step: step, epoch: epoch, loss: loss)
        let learningRate = pace?.learningRate ?? constantRate
        stepper.momentum = pace?.momentum
        if stepper.needsObjective {
          // The same mini-batch, at points of the method's own.
          evaluations += stepper.step(
            &parameters, learningRate: learningRate, knownLoss: loss, knownGradient: gradient
          ) { [problem] point, gradient in
            var span = MutableSpan(_unsafeStart: gradient, count: problem.parameterCount)
            return problem.lossAndGradient(
              batch: batch,
              parameters: UnsafeBufferPointer(start: point, count: problem.parameterCount).span,
              gradient: &span)
          }
          continue
        }
        var parametersSpan = parameters.mutableSpan
        stepper.step(&parametersSpan, gradients: gradient.span, learningRate: learningRate)
      }
      finishedEpochs = epoch
      guard evaluate(stepper.evaluationParameters(parameters).span, epoch: epoch) else {
        return .diverged(step: stepper.steps)
      }
    }
    return .finished
  }

  /// Takes the metrics over the whole sets.
  ///
  /// - Returns: Whether both losses are finite.
  private mutating func evaluate(_ parameters: Span<Float>, epoch: Int) -> Bool {
    let train = problem.evaluate(.train, parameters: parameters)
    let test = problem.evaluate(.test, parameters: parameters)
    let values = [train.loss, train.accuracy, test.loss, test.accuracy]
    for (index, value) in values.enumerated() {
      epochCurves[index].record(
        step: stepper.steps, epoch: epoch, value: value, always: true)
    }
    rate?.endEpoch(trainLoss: train.loss, epoch: epoch)
    return train.loss.isFinite && test.loss.isFinite
  }
}
