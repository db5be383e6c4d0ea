/// Numbers of wins, ties and losses of one treatment against another, over blocks with both.
package struct WinTieLoss: Sendable, Equatable {
  package var wins = 0
  package var ties = 0
  package var losses = 0

  /// - Parameters:
  ///   - first: Lower is better; infinite for failures, and two failures tie.
  ///   - tolerance: Largest relative difference that is a tie.
  package init(_ first: [Double], _ second: [Double], tolerance: Double = 0) {
    precondition(first.count == second.count, "a comparison needs pairs")
    for (left, right) in zip(first, second) {
      let difference = pairedDifference(left, right)
      let margin = left.isFinite && right.isFinite ? tolerance * max(abs(left), abs(right)) : 0
      if abs(difference) <= margin {
        ties += 1
      } else if difference < 0 {
        wins += 1
      } else {
        losses += 1
      }
    }
  }

  /// Row i against column j, over the blocks that have both; blocks as for ``RelativeRanks``. A treatment ties with itself.
  package static func matrix(blocks: [[Double?]], tolerance: Double = 0) -> [[WinTieLoss]] {
    let places = (blocks.first ?? []).indices
    return places.map { row in
      places.map { column in
        let shared = blocks.compactMap { block in
          block[row].flatMap { first in block[column].map { (first, $0) } }
        }
        return WinTieLoss(shared.map(\.0), shared.map(\.1), tolerance: tolerance)
      }
    }
  }
}
