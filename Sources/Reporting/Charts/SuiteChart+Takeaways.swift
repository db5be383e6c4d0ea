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
    let counts = profile.ratios.map { own in (fastest: own.count { $0 <= 1 }, all: own.count) }
    guard let most = counts.map(\.fastest).max(), most > 0 else { return nil }
    let names = zip(comparison.optimizers, counts).filter { $0.1.fastest == most }
      .map { "\($0.0) (\($0.1.fastest) of \($0.1.all))" }
    return
      "\(SuiteComparison.list(names)) \(names.count == 1 ? "needs" : "need") the fewest evaluations for the most targets."
  }
}

extension SuiteTargetsChart {
  func takeaway(_ comparison: SuiteComparison) -> String? {
    // Shares of different scenarios are not compared.
    guard let shared = comparison.sharedRuntimes,
      let text = TargetProfile.takeaway(
        zip(comparison.optimizers, shared.profiles).map { ($0, $1) })
    else { return nil }
    return shared.scenarios == comparison.scenariosWithLadder
      ? text.capitalizedFirst
      : "In the \(shared.scenarios) scenarios that all optimizers ran in: \(text)"
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
    // What looks equal is equal.
    let names = zip(profiles, shares).filter { percent($0.1) == percent(most) }.map(\.0.label)
    var text =
      names.count == profiles.count && names.count > 1
      ? "by the end, all reached \(percent(most)) of the targets"
      : "by the end, \(SuiteComparison.list(names)) reached the most targets, \(percent(most))"
    let halves = profiles.compactMap { label, profile in
      zip(profile.reached.places, profile.reached.shares).first { $0.1 >= 0.5 }
        .map { (label: label, evaluations: $0.0) }
    }
    if let fewest = halves.map(\.evaluations).min() {
      let least = NumberText.plain(fewest)
      let first = halves.filter { NumberText.plain($0.evaluations) == least }.map(\.label)
      text +=
        "; \(SuiteComparison.list(first)) \(first.count == 1 ? "was" : "were") the first to reach half of them, after \(least) evaluations"
    }
    return text + "."
  }
}

/// A fraction in percent with one decimal, where only all is 100 %.
private func percent(_ share: Double) -> String {
  let tenths = (1000 * share).rounded() / 10
  return "\((share < 1 ? min(tenths, 99.9) : tenths).shortest) %"
}
