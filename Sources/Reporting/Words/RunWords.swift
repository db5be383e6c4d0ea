import Analysis
import Foundation
import Records
import Text

/// What a run's curves say about it, in sentences with their numbers.
struct RunWords {
  let analysis: ScenarioAnalysis
  private let winners: Set<String>

  init(_ analysis: ScenarioAnalysis) {
    self.analysis = analysis
    winners = Set(analysis.winners.map(\.optimizer))
  }

  /// Why a run diverged or failed; `nil` for other runs.
  func failure(_ run: ScenarioResult.Run) -> String? {
    if let error = run.trial.status.error { return error }
    guard let step = run.trial.status.divergedStep else { return nil }
    if step == 0 { return "the loss of the start is not finite" }
    let head = "the loss or a parameter became infinite or NaN at step \(NumberText.grouped(step))"
    guard let advice = analysis.rateAdvice[run.optimizer] else { return head }
    var text = "\(head): the learning rate, \(advice.rate.shortest), is too large"
    if let stable = advice.stable {
      text += "; no run with \(stable.rate.shortest) diverged (\(stable.optimizer))"
    }
    if let bound = advice.curvatureBound {
      text += "; by the curvature at the start, rates below \(Self.short(bound)) are stable"
    }
    return text
  }

  /// The diagnosis of a run in words; `nil` without one.
  func diagnosis(_ run: ScenarioResult.Run, _ diagnosis: Diagnosis?) -> String? {
    if let failure = failure(run) { return failure }
    guard let diagnosis else { return nil }
    let text = observation(run, diagnosis)
    // What is best cannot be at fault compared with the others.
    let isBest = winners.contains(run.optimizer) && diagnosis.isFault
    return isBest
      ? "\(text); best of this scenario all the same" : "\(text): \(hint(run, diagnosis))"
  }

  private func hint(_ run: ScenarioResult.Run, _ diagnosis: Diagnosis) -> String {
    guard diagnosis == .stillLearning,
      let better = analysis.rateAdvice[run.optimizer]?.better
    else { return diagnosis.advice }
    return
      "the learning rate is too small; with \(better.rate.shortest) the training loss ends below half "
      + "(\(better.optimizer))"
  }

  private func observation(_ run: ScenarioResult.Run, _ diagnosis: Diagnosis) -> String {
    let trial = run.trial
    func values(_ metric: Metric) -> [Double] { trial.curve(metric)?.values ?? [] }
    let training = values(.trainLoss)
    let hasValidation = trial.curve(.validationLoss) != nil
    let heldOut = values(hasValidation ? .validationLoss : .testLoss)
    let set = hasValidation ? "validation" : "test"
    let ends = "from \(Self.short(training.first)) to \(Self.short(training.last))"
    switch diagnosis {
    case .divergence: return "a loss became infinite or NaN"
    case .rateTooLarge:
      return "the training loss jumps; it went \(ends)"
    case .deadUnits: return "the training loss stayed where it was, \(ends)"
    case .stillLearning: return "the training loss was still falling, \(ends)"
    case .converged: return "the training loss is flat at \(Self.short(training.last))"
    case .overfitting:
      let least = heldOut.min() ?? .nan
      let epoch = heldOut.firstIndex(of: least) ?? 0
      return
        "the \(set) loss was lowest after epoch \(epoch) (\(Self.short(least))) and ends at "
        + "\(Self.short(heldOut.last)), the training loss at \(Self.short(training.last))"
    case .suspiciousData:
      let accuracy = values(hasValidation ? .validationAccuracy : .testAccuracy).last
      let fit = values(.trainAccuracy).last
      if let fit, let accuracy {
        return
          "training accuracy is \(Self.percent(fit)), \(set) accuracy \(Self.percent(accuracy))"
      }
      return "the training loss fell \(ends), the \(set) loss did not"
    }
  }

  private static func short(_ value: Double?) -> String { value.map(NumberText.short) ?? "–" }

  private static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}
