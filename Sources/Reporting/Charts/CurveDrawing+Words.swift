import Records
import Text

/// What the chart says in words.
extension CurveDrawing {
  var headline: String {
    switch metric {
    case .loss: along == .steps ? "how fast the loss falls" : "what a lower loss costs"
    case .learningRate: "how the learning rate changes"
    case .gradientNorm: "how steep it is on the way"
    default: metric.words
    }
  }

  var quantity: String {
    switch metric {
    case .loss: scenario.kind == .network ? "training loss of the mini-batch" : "loss"
    case .gradientNorm: "norm of the gradient"
    default: metric.words
    }
  }

  func legend(_ band: CurveBand) -> String {
    let name = GnuplotText.name(band.label)
    let last = band.points.last.map { NumberText.short($0.median) } ?? "no value"
    return switch (band.divergedSteps.count, band.seeds) {
    case (0, _): "\(name)  \(last)"
    case (1, 1): "\(name) (✕ \(band.divergedSteps[0]))"
    case (let some, let all): "\(name)  \(last) (\(some)/\(all) ✕)"
    }
  }

  func note(_ remark: String) -> String {
    let seeds = Set(result.runs.map(\.seed)).count
    var parts = result.missingRuns
    if let longest = windows.max(), longest > 1, let shortest = windows.min() {
      parts.append(
        shortest == longest
          ? "medians of about \(longest) steps"
          : "medians of \(shortest) to \(longest) steps, more for longer runs")
    }
    if hasUnlikeLengths { parts.append("\(along.noun) on a logarithmic axis") }
    let isSpread =
      metric != .learningRate || bands.contains { $0.points.contains { $0.lower < $0.upper } }
    if seeds > 1, isSpread { parts.append("median of \(seeds) seeds, band: quartiles") }
    if seeds > 1, result.hasRunsThatStoppedEarly {
      parts.append("runs that stopped early stay at their last value")
    }
    parts.append("last value beside the name")
    if !remark.isEmpty { parts.append(remark) }
    if result.runs.contains(where: { $0.trial.status.divergedStep != nil }) {
      parts.append(seeds > 1 ? "✕: diverged" : "✕ n: diverged at step n")
    }
    return parts.joined(separator: "; ")
  }
}
