import Records

/// Gradient norms of one optimizer's layers in windows of its steps: the largest of all seeds, so that no single spike is lost.
struct LayerNorms {
  var label: String
  /// In the order of the network, as `1-dense`.
  var layers: [String]
  /// By layer, then window; `nil` where most runs had diverged, or nothing was recorded.
  var values: [[Double?]]
  var seeds: Int
  var diverged: Int

  /// - Parameter window: Steps whose largest norm makes one value of a run.
  init?(_ participant: Participant, _ result: ScenarioResult, window: Int, count: Int) {
    let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
    let curves = trials.map { trial in
      trial.curves.filter { $0.metric == .gradientNorm && $0.layer != nil }
    }
    guard let longest = curves.max(by: { $0.count < $1.count }), !longest.isEmpty else {
      return nil
    }
    label = participant.label
    seeds = trials.count
    diverged = trials.count { $0.status.divergedStep != nil }
    layers = longest.compactMap(\.layer)
    values = layers.map { layer in
      let runs = curves.compactMap { own in own.first { $0.layer == layer } }
        .map { Self.windows($0, window: window, count: count) }
      return (0..<count).map { index in
        let there = runs.compactMap { $0[index] }
        return 2 * there.count > trials.count ? there.max() : nil
      }
    }
  }

  /// The largest of the finite values of each window.
  private static func windows(_ curve: Curve, window: Int, count: Int) -> [Double?] {
    var values = [Double?](repeating: nil, count: count)
    for (step, value) in zip(curve.steps, curve.values)
    where value.isFinite && step / window < count {
      values[step / window] = max(values[step / window] ?? value, value)
    }
    return values
  }
}
