import Optimizers
import Records
import Scenarios

/// The learning rate, and the momentum, of a trial whose optimizer has a schedule, step by step, and their curves.
struct RateRecorder {
  private var course: ScheduleCourse
  private let unit: ScheduleUnit
  private var rates: CurveRecorder
  private var momenta: CurveRecorder
  private let hasMomentum: Bool
  /// What holds for the current epoch, while it lasts.
  private var current: (epoch: Int, pace: Pace)?

  /// What a schedule says of a step.
  struct Pace {
    var learningRate: Double
    /// In the place of the rule's own; `nil` leaves it.
    var momentum: Double?
  }

  /// - Parameter epochs: of the whole trial; `nil` where there are none.
  /// - Returns: `nil` if the rate is constant.
  init?(_ entrant: Entrant, totalSteps: Int, epochs: Int?) {
    guard let schedule = entrant.schedule else { return nil }
    unit = schedule.unit
    course = ScheduleCourse(
      schedule.schedule, base: entrant.optimizer.learningRate,
      total: unit == .step ? totalSteps : epochs ?? totalSteps)
    hasMomentum = entrant.optimizer.hasMomentum
    rates = CurveRecorder(.learningRate, totalSteps: totalSteps, hasEpochs: epochs != nil)
    momenta = CurveRecorder(.momentum, totalSteps: totalSteps, hasEpochs: epochs != nil)
  }

  /// Rate and momentum of a step.
  ///
  /// - Parameters:
  ///   - step: updates before this one.
  ///   - epoch: counted from 1.
  ///   - loss: that the gradient of the step was taken of; what a schedule per step learns of success.
  mutating func next(step: Int, epoch: Int = 0, loss: Double) -> Pace {
    let pace: Pace
    switch unit {
    case .step:
      // The loss is that of the parameters that the step before led to.
      if step > 0 { course.observe(loss) }
      pace = self.pace(at: step)
    case .epoch:
      if let current, current.epoch == epoch {
        pace = current.pace
      } else {
        pace = self.pace(at: epoch - 1)
        current = (epoch, pace)
      }
    }
    rates.record(step: step, epoch: epoch, value: pace.learningRate)
    if let momentum = pace.momentum { momenta.record(step: step, epoch: epoch, value: momentum) }
    return pace
  }

  private mutating func pace(at position: Int) -> Pace {
    Pace(
      learningRate: course.rate(at: position),
      momentum: hasMomentum ? course.momentum(at: position) : nil)
  }

  /// Passes an epoch's metrics to a schedule per epoch; `epoch` 0 is the time before training.
  mutating func endEpoch(_ values: [Metric: Double], epoch: Int) {
    guard unit == .epoch, epoch > 0 else { return }
    let metric = course.watched.flatMap { Metric(rawValue: $0.rawValue) } ?? .trainLoss
    if let value = values[metric] { course.observe(value) }
  }

  /// A curve of momenta only where there are some.
  var curves: [Curve] {
    let momenta = momenta.curve
    return [rates.curve] + (momenta.values.isEmpty ? [] : [momenta])
  }
}
