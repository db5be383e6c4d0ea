import Analysis
import Foundation
import Text

extension TestReach {
  /// A sentence for tables and captions if no result could be significant; `nil` otherwise.
  /// - Parameter unit: What the pairs are, in the plural: seeds or scenarios.
  func warning(_ unit: String) -> String? {
    guard !canReject else { return nil }
    let least = leastPValue >= 1 ? "1" : String(format: "%.2g", leastPValue)
    let family =
      comparisons == 1 ? "one comparison" : "\(NumberText.grouped(comparisons)) comparisons"
    return
      "No paired test can be significant here: with \(pairs) \(unit) and \(family), the smallest possible "
      + "adjusted p value (Wilcoxon, Holm) is \(least). At least \(pairsNeeded) \(unit) are needed."
  }
}
