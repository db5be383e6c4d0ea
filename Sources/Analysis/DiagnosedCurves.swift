import Statistics

/// The curves of a training run that a diagnosis is made from, and the rule.
///
/// Its numbers were chosen on runs of four networks with known faults (seed 0) and are tested on other seeds; see
/// docs/trust.md.
package struct DiagnosedCurves: Sendable {
  /// Mean training loss before training and after each epoch.
  package var training: [Double]
  /// Fraction of training samples classified correctly, as many values.
  package var trainingAccuracy: [Double]?
  /// The same of the validation set, or of the test set without one.
  package var heldOut: [Double]?
  package var heldOutAccuracy: [Double]?
  /// Loss of the mini-batch of each step.
  package var batches: [Double]

  package init(
    training: [Double], trainingAccuracy: [Double]? = nil, heldOut: [Double]? = nil,
    heldOutAccuracy: [Double]? = nil, batches: [Double] = []
  ) {
    self.training = training
    self.trainingAccuracy = trainingAccuracy
    self.heldOut = heldOut
    self.heldOutAccuracy = heldOutAccuracy
    self.batches = batches
  }

  /// The first of the rules that matches; `nil` for fewer than two epochs and losses that do not start above zero.
  var diagnosis: Diagnosis? {
    guard (training + (heldOut ?? [])).allSatisfy(\.isFinite) else { return .divergence }
    guard training.count >= 3, let first = training.first, first > 0 else { return nil }
    if onlyTrainingImproves { return .suspiciousData }
    if !isFitted, let trouble { return trouble }
    if isOverfitted { return .overfitting }
    if isFitted { return .converged }
    return isFalling ? .stillLearning : .converged
  }

  // MARK: Parts of the rule

  private var first: Double { training[0] }
  private var last: Double { training[training.count - 1] }
  private var epochs: Int { training.count - 1 }

  /// The last third of values, at least three.
  private func recent(_ values: [Double]) -> [Double] {
    Array(values.suffix(max(3, (values.count + 2) / 3)))
  }

  private func gain(_ accuracy: [Double]) -> Double { accuracy[accuracy.count - 1] - accuracy[0] }

  /// Training accuracy rose by more than 0.1 and the held-out one by less than a fifth of that. Without accuracies: the training
  /// loss was halved and the held-out one never got 5 % below its start.
  private var onlyTrainingImproves: Bool {
    if let trainingAccuracy, let heldOutAccuracy {
      let rise = mean(of: recent(heldOutAccuracy)) - heldOutAccuracy[0]
      return gain(trainingAccuracy) > 0.1 && rise < 0.2 * gain(trainingAccuracy)
    }
    guard let heldOut, let least = heldOut.dropFirst().min() else { return false }
    return last < 0.5 * first && least > 0.95 * heldOut[0]
  }

  /// 99.9 % of the training samples are right, or 1 % of the loss is left.
  private var isFitted: Bool {
    (trainingAccuracy?.last ?? 0) >= 0.999 || last < 0.01 * first
  }

  private var hasLearned: Bool {
    trainingAccuracy.map { gain($0) >= 0.1 } ?? (last < 0.9 * first)
  }

  /// Too large a rate, or no learning at all.
  private var trouble: Diagnosis? {
    let highest = training.dropFirst().max() ?? first
    let batchRise = (batches.max() ?? 0) / max(batches.first ?? 1, .leastNormalMagnitude)
    if last > 1.05 * first { return .rateTooLarge }
    if batchRise > 3 || highest > 1.5 * first, last > 0.2 * first { return .rateTooLarge }
    let end = recent(training)
    let rise = zip(end.dropFirst(), end).map { $0 - $1 }.max() ?? 0
    if rise > 0.15 * mean(of: end), last > 0.05 * first { return .rateTooLarge }
    guard !hasLearned else { return nil }
    let fallsSteadily = zip(end.dropFirst(), end).allSatisfy { $0 < $1 }
    if fallsSteadily, end[0] - last > 0.002 * end[0] { return .stillLearning }
    return batchRise > 1.5 || highest > 1.1 * first ? .rateTooLarge : .deadUnits
  }

  /// The held-out loss ends a fifth above its lowest value, or 3 % with an accuracy five points below the training accuracy.
  private var isOverfitted: Bool {
    guard let heldOut, let end = heldOut.last, let least = heldOut.min(), least > 0 else {
      return false
    }
    let isApart: Bool
    if let fit = trainingAccuracy?.last, let held = heldOutAccuracy?.last {
      isApart = fit - held >= 0.05
    } else {
      isApart = end > 2 * last
    }
    return end >= 1.2 * least && end > 1.5 * last || end >= 1.03 * least && isApart
  }

  /// Along the line through the last fifth of the epochs, as many epochs again would lower the loss by more than 5 %, and by
  /// more than 0.5 % of its start.
  private var isFalling: Bool {
    let end = Array(training.suffix(max(3, (training.count + 4) / 5)))
    guard let slope = slope(of: end) else { return false }
    return -slope * Double(epochs) > max(0.05 * mean(of: end), 0.005 * first)
  }
}
