import Records

/// Gradient norms of one optimizer by layer and window of steps: the largest over all seeds, so that no spike is lost.
struct LayerNorms {
  var label: String
  /// Names such as `1-dense` in the order of the network.
  var layers: [String]
  /// By layer, then window; `nil` where most runs had diverged, or nothing was recorded.
  var values: [[Double?]]
  var seeds: Int
  var diverged: Int

  /// - Parameter window: Number of steps whose largest norm is one value.
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

  /// Largest finite value of each window.
  private static func windows(_ curve: Curve, window: Int, count: Int) -> [Double?] {
    var values = [Double?](repeating: nil, count: count)
    for (step, value) in zip(curve.steps, curve.values)
    where value.isFinite && step / window < count {
      values[step / window] = max(values[step / window] ?? value, value)
    }
    return values
  }
}
