package import Records
package import Statistics
import Text

/// Two stores or baselines side by side: one optimizer of one scenario, over the runs that both hold.
///
/// Runs are pairs only if they have the same seed, and on random problems the same base seed: then they start from the same
/// parameters and see the same batches or noise.
package struct PairedComparison: Sendable {
  package enum Verdict: String, Sendable, CaseIterable {
    case better, worse, equal
    /// A deterministic result differs, and no direction is known.
    case changed
    /// They differ, but not by more than chance may do.
    case undecided
    /// Only one side holds it.
    case onlyFirst = "only in the first"
    case onlySecond = "only in the second"
    /// Another problem, start, data, budget, metric or variant, or other random numbers: no comparison.
    case incomparable
  }

  package var scenario: String
  package var optimizer: String
  package var metric: Metric
  /// Runs that were compared.
  package var pairs = 0
  /// Runs without a counterpart on the other side.
  package var unpairedFirst = 0
  package var unpairedSecond = 0
  /// Median over the pairs; over all runs of the side where there are no pairs.
  package var first: Double
  package var second: Double
  /// Median over the pairs of second minus first.
  package var difference = Double.nan
  /// Wilcoxon's, adjusted after Holm over all that is compared; `nil` for problems that are deterministic.
  package var pValue: Double?
  package var cliffsDelta: EffectSize?
  package var hedgesG: EffectSize?
  /// Of the second, seen from the first.
  package var verdict: Verdict
  /// What differs, or what is absent; empty if there is nothing to say.
  package var detail = ""

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
      comparisons += right.optimizers.map { PairedComparison($0, nil, right) }
    }
    let tested = comparisons.indices.filter { comparisons[$0].pValue != nil }
    let adjusted = holmAdjusted(tested.compactMap { comparisons[$0].pValue })
    for (index, value) in zip(tested, adjusted) {
      comparisons[index].pValue = value
      comparisons[index].decide(significance)
    }
    return comparisons
  }

  /// - Precondition: One of the sides is there.
  private init(_ optimizer: String, _ left: BaselineScenario?, _ right: BaselineScenario?) {
    guard let known = left ?? right else { preconditionFailure("a comparison has a side") }
    let own = left?.runs(of: optimizer) ?? []
    let others = right?.runs(of: optimizer) ?? []
    self.optimizer = optimizer
    scenario = known.name
    metric = known.metric
    first = median(of: own.map(\.result))
    second = median(of: others.map(\.result))
    unpairedFirst = own.count
    unpairedSecond = others.count
    guard let left, let right, !own.isEmpty, !others.isEmpty else {
      verdict = own.isEmpty ? .onlySecond : .onlyFirst
      detail = left == nil || right == nil ? "no such scenario there" : "no such optimizer there"
      return
    }
    verdict = .incomparable
    if let difference = right.otherQuestion(than: left)
      ?? right.otherQuestion(than: left, of: optimizer)
    {
      detail = difference
    } else {
      compare(
        PairedRuns(own, others), right, settings: right.settings(of: optimizer, unlike: left))
    }
  }

  /// - Parameter settings: How the optimizer's settings differ.
  private mutating func compare(
    _ runs: PairedRuns, _ scenario: BaselineScenario, settings: String
  ) {
    guard !runs.pairs.isEmpty else {
      detail = runs.absent
      return
    }
    if scenario.isRandom(of: optimizer), let difference = runs.baseSeedDifference {
      detail = difference
      return
    }
    let before = runs.pairs.map(\.first.result)
    let after = runs.pairs.map(\.second.result)
    pairs = runs.pairs.count
    unpairedFirst -= pairs
    unpairedSecond -= pairs
    first = median(of: before)
    second = median(of: after)
    difference = median(of: zip(after, before).map(pairedDifference))
    if scenario.tier == .exact {
      (verdict, detail) = ExactTier.verdict(runs.pairs, metric)
    } else {
      pValue = WilcoxonTest(before, after).pValue
      cliffsDelta = Statistics.cliffsDelta(after, before)
      hedgesG = Statistics.hedgesG(after, before)
      verdict = before == after ? .equal : .undecided
    }
    detail = [detail, settings, runs.absent].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private mutating func decide(_ significance: Double) {
    guard let pValue, verdict == .undecided, pValue < significance else { return }
    verdict = metric.isBetter(difference, than: 0) ? .better : .worse
  }
}

/// The runs of one optimizer on two sides, by seed.
struct PairedRuns {
  /// In the order of the seeds.
  let pairs: [(first: BaselineRun, second: BaselineRun)]
  private let onlyFirst: [Int]
  private let onlySecond: [Int]

  init(_ first: [BaselineRun], _ second: [BaselineRun]) {
    let others = Dictionary(second.map { ($0.seed, $0) }, uniquingKeysWith: { $1 })
    pairs = first.compactMap { run in others[run.seed].map { (run, $0) } }
    let common = Set(pairs.map(\.first.seed))
    onlyFirst = first.map(\.seed).filter { !common.contains($0) }
    onlySecond = second.map(\.seed).filter { !common.contains($0) }
  }

  /// Such as `seeds 3 to 9 only in the first`.
  var absent: String {
    [(onlyFirst, PairedComparison.Verdict.onlyFirst), (onlySecond, .onlySecond)]
      .filter { !$0.0.isEmpty }.map { seeds, side in
        let isRun = seeds.count > 2 && seeds.last == (seeds.first ?? 0) + seeds.count - 1
        let text =
          isRun
          ? "\(seeds.first ?? 0) to \(seeds.last ?? 0)"
          : seeds.map(String.init).joined(separator: ", ")
        return "\(seeds.count == 1 ? "seed" : "seeds") \(text) \(side.rawValue)"
      }.joined(separator: "; ")
  }

  /// Such as `base seed 2, was 1`; `nil` if all pairs have the same one, as far as that is known.
  var baseSeedDifference: String? {
    for (first, second) in pairs {
      if let before = first.baseSeed, let now = second.baseSeed, before != now {
        return "other random numbers: base seed \(now), was \(before)"
      }
    }
    return nil
  }
}
