package import Records
package import Statistics

/// Two stores or baselines side by side: one optimizer of one scenario, over the seeds that both hold.
package struct PairedComparison: Sendable {
  package enum Verdict: String, Sendable {
    case better, worse, equal
    /// They differ, but not by more than chance may do.
    case undecided
    /// Only one side holds it.
    case onlyFirst = "only in the first"
    case onlySecond = "only in the second"
    /// Another problem, budget or metric: no comparison.
    case incomparable
  }

  package var scenario: String
  package var optimizer: String
  package var metric: Metric
  package var pairs: Int
  package var first: Double
  package var second: Double
  /// Median over the pairs of second minus first.
  package var difference: Double
  /// Wilcoxon's, adjusted after Holm over all that is compared; `nil` for problems that are deterministic.
  package var pValue: Double?
  package var cliffsDelta: EffectSize?
  package var hedgesG: EffectSize?
  /// Of the second, seen from the first.
  package var verdict: Verdict

  /// - Parameter significance: of all verdicts together.
  package static func all(
    _ first: [BaselineScenario], _ second: [BaselineScenario], significance: Double = 0.05
  ) -> [PairedComparison] {
    var comparisons: [PairedComparison] = []
    for one in first {
      let right = second.first { $0.name == one.name }
      let left = right.map(one.relabeled) ?? one
      let labels =
        left.optimizers + (right?.optimizers ?? []).filter { !left.optimizers.contains($0) }
      comparisons += labels.map { PairedComparison($0, left, right) }
    }
    for right in second where !first.contains(where: { $0.name == right.name }) {
      comparisons += right.optimizers.map {
        var comparison = PairedComparison($0, right, nil)
        comparison.verdict = .onlySecond
        swap(&comparison.first, &comparison.second)
        return comparison
      }
    }
    let tested = comparisons.indices.filter { comparisons[$0].pValue != nil }
    let adjusted = holmAdjusted(tested.compactMap { comparisons[$0].pValue })
    for (index, value) in zip(tested, adjusted) {
      comparisons[index].pValue = value
      comparisons[index].decide(significance)
    }
    return comparisons
  }

  private init(_ optimizer: String, _ left: BaselineScenario, _ right: BaselineScenario?) {
    scenario = left.name
    metric = left.metric
    self.optimizer = optimizer
    let own = left.runs(of: optimizer)
    let others = right?.runs(of: optimizer) ?? []
    let seeds = Set(own.map(\.seed)).intersection(others.map(\.seed)).sorted()
    func results(_ runs: [BaselineRun]) -> [Double] {
      let bySeed = Dictionary(runs.map { ($0.seed, $0.result) }, uniquingKeysWith: { $1 })
      return seeds.compactMap { bySeed[$0] }
    }
    let before = results(own)
    let after = results(others)
    pairs = seeds.count
    first = median(of: own.map(\.result))
    second = median(of: others.map(\.result))
    difference = median(of: zip(after, before).map(pairedDifference))
    verdict = .equal
    if others.isEmpty {
      verdict = .onlyFirst
    } else if own.isEmpty {
      verdict = .onlySecond
    } else if let right,
      seeds.isEmpty || right.otherQuestion(than: left) != nil
        || right.otherQuestion(than: left, of: optimizer) != nil
    {
      verdict = .incomparable
    } else if left.tier == .exact {
      let isSame = zip(before, after).allSatisfy { ExactTier.agree($0, $1, scale: 1) }
      verdict = isSame ? .equal : isBetter ? .better : .worse
    } else {
      pValue = WilcoxonTest(before, after).pValue
      cliffsDelta = Statistics.cliffsDelta(after, before)
      hedgesG = Statistics.hedgesG(after, before)
      verdict = .undecided
      if before == after { verdict = .equal }
    }
  }

  private var isBetter: Bool { metric.isBetter(difference, than: 0) }

  private mutating func decide(_ significance: Double) {
    guard let pValue, verdict == .undecided, pValue < significance else { return }
    verdict = isBetter ? .better : .worse
  }
}
