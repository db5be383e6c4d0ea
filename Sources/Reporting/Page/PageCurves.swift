import Records
import Text

/// Curves of a scenario, as data for the charts of the page.
struct PageCurves {
  /// Points per line at most; more would not be visible, and a page holds many lines.
  private static let pointLimit = 500

  private let result: ScenarioResult
  /// Metrics that any run recorded, most useful first.
  let metrics: [Metric]

  init(_ result: ScenarioResult) {
    self.result = result
    let recorded = Set(
      result.runs.flatMap { $0.trial.curves.filter { $0.layer == nil }.map(\.metric) })
    let order: [Metric] =
      result.scenario.kind == .network
      ? [
        .testAccuracy, .testR2, .loss, .validationLoss, .validationAccuracy, .validationR2,
        .trainLoss, .testLoss, .trainAccuracy, .trainR2,
      ] : [.loss]
    metrics =
      order.filter(recorded.contains)
      + recorded.subtracting(order).sorted { $0.rawValue < $1.rawValue }
  }

  var data: JSONText { .array(metrics.map(metric)) }

  private func metric(_ metric: Metric) -> JSONText {
    // Runs with batch size 1 have a thousand times the steps of runs with full batches.
    let windows = result.scenario.optimizers.map {
      CurveBand.window(of: $0, result, metric, count: 120)
    }
    let bands = zip(result.scenario.optimizers, windows).compactMap {
      CurveBand($0, metric, result, window: $1, limit: Self.pointLimit)
    }
    let widths = windows.map { $0 ?? 1 }
    // The same as in the picture.
    let limits =
      metric.largerIsBetter
      ? nil
      : ValueAxis.limits(
        bands.flatMap { $0.points.map(\.median) },
        first: result.scenario.axisStarts(bands, of: metric),
        spread: bands.flatMap { $0.points.flatMap { [$0.lower, $0.upper] } },
        target: result.scenario.target(of: metric))
    return .object([
      "name": .text(metric.rawValue),
      "summary": .text(summary(of: metric)),
      "percent": .flag(metric.largerIsBetter),
      "window": .array([widths.min() ?? 1, widths.max() ?? 1].map { .integer($0) }),
      "stopped": result.stoppedRunsWords.map(JSONText.text) ?? .null,
      "limits": limits.map { .numbers([$0.lower, $0.upper]) } ?? .null,
      "series": .array(bands.map(series)),
    ])
  }

  /// What the metric is in this kind of scenario.
  private func summary(of metric: Metric) -> String {
    let isNetwork = result.scenario.kind == .network
    return switch metric {
    case .loss: isNetwork ? "mini-batch loss at each step" : "loss at each step"
    case .gradientNorm: "Euclidean norm of the gradient at each step"
    default: metric.summary
    }
  }

  private func series(_ band: CurveBand) -> JSONText {
    // The band of a single run coincides with its line.
    let hasBand = band.points.contains { $0.lower != $0.median || $0.upper != $0.median }
    return .object([
      "label": .text(band.label),
      "step": .numbers(band.points.map(\.step)),
      "median": .numbers(band.points.map(\.median)),
      "lower": hasBand ? .numbers(band.points.map(\.lower)) : .null,
      "upper": hasBand ? .numbers(band.points.map(\.upper)) : .null,
      "epochs": .number(band.epochsPerStep),
      "evaluations": corners(band.points.map { ($0.step, band.evaluations(by: $0.step)) }),
      "seconds": corners(times(of: band).map { ($0, band.seconds(by: $0)) }),
      "seeds": .integer(band.seeds),
      "diverged": .numbers(band.divergedSteps.map(Double.init)),
      "kept": band.kept.map { .numbers([$0.step, $0.value]) } ?? .null,
    ])
  }

  /// Steps whose times are shown: more would not be visible.
  private func times(of band: CurveBand) -> [Double] {
    let steps = band.points.map(\.step)
    let stride = max(1, steps.count / 40)
    return steps.indices.filter { $0.isMultiple(of: stride) || $0 == steps.count - 1 }.map {
      steps[$0]
    }
  }

  /// A line through points, without those that lie on the line between their neighbors.
  private func corners(_ points: [(step: Double, value: Double)]) -> JSONText {
    let kept = points.indices.filter { index in
      guard index > 0, index < points.count - 1 else { return true }
      let (before, here, after) = (points[index - 1], points[index], points[index + 1])
      let share = (here.step - before.step) / (after.step - before.step)
      let value = before.value + share * (after.value - before.value)
      return abs(value - here.value) > 1e-9 * abs(here.value)
    }
    return .object([
      "step": .numbers(kept.map { points[$0].step }),
      "value": .numbers(kept.map { points[$0].value }),
    ])
  }
}
