/// Ranks of treatments within blocks of which some lack some treatments.
package struct RelativeRanks: Sendable, Equatable {
  /// From 1 among the treatments of the block; `nil` for a treatment that the block lacks.
  package let ranks: [[Double?]]
  /// (r − 1)/(kᵢ − 1): 0 for the first and 1 for the last of the kᵢ treatments of a block, so that blocks of different sizes count
  /// alike; `nil` also in blocks with a single treatment.
  package let relative: [[Double?]]
  private let count: Int

  /// - Parameter blocks: One row per block, one value per treatment, lower is better; `nil` for a treatment that the block lacks.
  package init(blocks: [[Double?]]) {
    count = blocks.first?.count ?? 0
    ranks = blocks.map { block in
      let present = block.indices.filter { block[$0] != nil }
      var row = [Double?](repeating: nil, count: block.count)
      for (place, rank) in zip(present, averageRanks(of: present.compactMap { block[$0] })) {
        row[place] = rank
      }
      return row
    }
    relative = ranks.map { row in
      let size = Double(row.count { $0 != nil })
      return row.map { rank in size > 1 ? rank.map { ($0 - 1) / (size - 1) } : nil }
    }
  }

  /// The relative ranks of a treatment in the blocks that have it.
  package func column(_ treatment: Int) -> [Double] { relative.compactMap { $0[treatment] } }

  /// Mean relative rank of each treatment over the blocks that have it; `nan` without one.
  package var means: [Double] { (0..<count).map { mean(of: column($0)) } }

  /// Mean rank of each treatment on the scale from 1 to k of all treatments: 1 + (k − 1) times the mean relative rank. Without a gap,
  /// the average rank.
  package var averages: [Double] { means.map { 1 + Double(count - 1) * $0 } }
}
