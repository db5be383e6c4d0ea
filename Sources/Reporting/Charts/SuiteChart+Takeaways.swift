import Analysis
import Foundation
import Statistics
import Text

// What each chart across scenarios says of these results, computed from them.

extension RankMapChart {
  func takeaway(_ comparison: SuiteComparison) -> String? { comparison.firstsSentence }
}

extension CriticalDifferenceChart {
  func takeaway(_ comparison: SuiteComparison) -> String? {
    guard let first = comparison.optimizers.first else { return nil }
    let joined = comparison.optimizers.indices.dropFirst().count {
      comparison.isAlike(0, $0)
    }
    let others = comparison.optimizers.count - 1
    return joined == others
      ? "No optimizer differs significantly from the first, \(first)."
      : "\(first) is first; \(joined) of the other \(others) do not differ significantly from it."
  }
}

extension ProfileChart {
  func takeaway(_ comparison: SuiteComparison) -> String? {
    guard let profile = comparison.profile else { return nil }
    let shares = comparison.optimizers.indices.map { profile.share(solver: $0, factor: 1) }
    guard let most = shares.filter({ !$0.isNaN }).max(), most > 0 else { return nil }
    let names = zip(comparison.optimizers, shares).filter { $0.1 == most }.map(\.0)
    return
      "\(SuiteComparison.list(names)) \(names.count == 1 ? "needs" : "need") the fewest evaluations most often, for "
      + "\(percent(most)) of the targets."
  }
}

extension SuiteTargetsChart {
  func takeaway(_ comparison: SuiteComparison) -> String? {
    TargetProfile.takeaway(
      zip(comparison.optimizers, comparison.runtimes).map { ($0, $1) })
  }
}

extension DuelsChart {
  func takeaway(_ comparison: SuiteComparison) -> String? {
    guard comparison.optimizers.count > 1 else { return nil }
    let matrix = comparison.winTieLoss
    let beaten = comparison.optimizers.indices.dropFirst().count {
      matrix[0][$0].wins > matrix[0][$0].losses
    }
    return
      "\(comparison.optimizers[0]) wins more scenarios than it loses against \(beaten) of \(comparison.optimizers.count - 1) others."
  }
}

extension TargetProfile {
  /// Who reached most targets by the end, and who reached half of them first.
  static func takeaway(_ profiles: [(label: String, profile: RuntimeProfile)]) -> String? {
    let shares = profiles.map { $0.profile.reached.shares.last ?? 0 }
    guard let most = shares.max(), most > 0 else { return nil }
    let names = zip(profiles, shares).filter { $0.1 == most }.map(\.0.label)
    var text =
      "By the end, \(SuiteComparison.list(names)) reached the most targets, \(percent(most))"
    let halves = profiles.compactMap { label, profile in
      zip(profile.reached.places, profile.reached.shares).first { $0.1 >= 0.5 }
        .map { (label: label, evaluations: $0.0) }
    }
    if let fastest = halves.min(by: { $0.evaluations < $1.evaluations }) {
      text +=
        "; \(fastest.label) was the first to reach half of them, after \(NumberText.plain(fastest.evaluations)) evaluations"
    }
    return text + "."
  }
}

/// A fraction in whole percent.
private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
