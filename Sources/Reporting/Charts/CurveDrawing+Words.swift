import Records
import Text

/// Texts of the chart.
extension CurveDrawing {
  var headline: String {
    switch metric {
    case .loss:
      switch along {
      case .steps: "loss over steps"
      case .evaluations: "loss over gradient evaluations"
      case .seconds: "loss over time"
      }
    case .learningRate: "learning rate over steps"
    case .gradientNorm: "gradient norm over steps"
    default: metric.words
    }
  }

  var quantity: String {
    switch metric {
    case .loss: scenario.kind == .network ? "mini-batch loss" : "loss"
    case .gradientNorm: "gradient norm, ‖∇f(θ)‖"
    default: metric.words
    }
  }

  func legend(_ band: CurveBand) -> String {
    let name = GnuplotText.name(band.label)
    let last = band.points.last.map { NumberText.short($0.median) } ?? "no value"
    return switch (band.divergedSteps.count, band.seeds) {
    case (0, _): "\(name)  \(last)"
    case (1, 1): "\(name) (✕ \(band.divergedSteps[0]))"
    case (let some, let all) where some == all: "\(name) (\(some)/\(all) ✕)"
    case (let some, let all): "\(name)  \(last) (\(some)/\(all) ✕)"
    }
  }

  func note(_ remark: String) -> String {
    let seeds = Set(result.runs.map(\.seed)).count
    var parts = result.missingRuns
    if let longest = windows.max(), longest > 1, let shortest = windows.min() {
      parts.append(
        shortest == longest
          ? "smoothed: means over windows of \(longest) steps"
          : "smoothed: means over windows of \(shortest) to \(longest) steps")
    }
    if hasUnlikeLengths { parts.append("log x axis") }
    if seeds > 1, hasBands || metric != .learningRate {
      let band = panels.isCrowded ? "" : ", band: quartiles"
      parts.append("median of \(scenario.replicates(seeds))\(band)")
    }
    if seeds > 1, let words = result.stoppedRunsWords { parts.append(words) }
    if let spread { parts.append(spread) }
    parts.append(
      result.hasRunsThatStoppedEarly && result.endsWithMostRuns
        ? "legend: end of the line" : "legend: final value")
    if !remark.isEmpty { parts.append(remark) }
    if result.runs.contains(where: { $0.trial.status.divergedStep != nil }) {
      parts.append(seeds > 1 ? "n/m ✕: n of m runs diverged" : "✕ n: diverged at step n")
    }
    return parts.joined(separator: "; ")
  }

  /// Whose place on the x axis is not known, if anyone's.
  private var spread: String? {
    let unknown =
      switch along {
      case .steps: false
      case .evaluations: !bands.allSatisfy(\.knowsEvaluations)
      case .seconds: !bands.allSatisfy(\.knowsSeconds)
      }
    return unknown
      ? "runs stored without \(along.rawValue) by step: total divided evenly over the steps" : nil
  }
}
