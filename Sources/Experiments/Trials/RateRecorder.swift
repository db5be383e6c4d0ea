import Optimizers
import Records

/// The learning rate of a trial whose optimizer has a schedule, step by step, and its curve.
struct RateRecorder {
  private var course: ScheduleCourse
  private let unit: ScheduleUnit
  private var recorder: CurveRecorder
  /// The rate of the current epoch, while it lasts.
  private var epochRate: (epoch: Int, rate: Double)?

  /// - Parameter epochs: of the whole trial; `nil` where there are none.
  /// - Returns: `nil` if the rate is constant.
  init?(_ entrant: Entrant, totalSteps: Int, epochs: Int?) {
    guard let schedule = entrant.schedule else { return nil }
    unit = schedule.unit
    course = ScheduleCourse(
      schedule.schedule, base: entrant.optimizer.learningRate,
      total: unit == .step ? totalSteps : epochs ?? totalSteps)
    recorder = CurveRecorder(.learningRate, totalSteps: totalSteps, hasEpochs: epochs != nil)
  }

  /// The rate of a step.
  ///
  /// - Parameters:
  ///   - step: steps before this one.
  ///   - epoch: counted from 1.
  ///   - loss: that the gradient of the step was taken of; what a schedule per step learns of success.
  mutating func next(step: Int, epoch: Int = 0, loss: Double) -> Double {
    let rate: Double
    switch unit {
    case .step:
      // The loss is that of the parameters that the step before led to.
      if step > 0 { course.observe(loss) }
      rate = course.rate(at: step)
    case .epoch:
      if let epochRate, epochRate.epoch == epoch {
        rate = epochRate.rate
      } else {
        rate = course.rate(at: epoch - 1)
        epochRate = (epoch, rate)
      }
    }
    recorder.record(step: step, epoch: epoch, value: rate)
    return rate
  }

  /// Tells a schedule per epoch of an epoch's success; `epoch` 0 is the time before training.
  mutating func endEpoch(trainLoss: Double, epoch: Int) {
    guard unit == .epoch, epoch > 0 else { return }
    course.observe(trainLoss)
  }

  var curve: Curve { recorder.curve }
}
