/// Skillings–Mack test: whether k treatments differ over blocks of which some lack some treatments (Skillings and Mack 1981, "On the
/// use of a Friedman-type statistic in balanced and unbalanced block designs").
///
/// With rᵢⱼ the rank of treatment j among the kᵢ treatments of block i, Aⱼ = Σᵢ √(12/(kᵢ + 1)) (rᵢⱼ − (kᵢ + 1)/2). T = AᵀΣ⁻A, with
/// σⱼₗ = −(number of blocks with both) for j ≠ l and rows that sum to 0, is χ² with k − 1 degrees of freedom. Without a gap, T is
/// Friedman's χ². Equal values share ranks without a correction of the variance, so that T is too small rather than too large.
package struct SkillingsMackTest: Sendable, Equatable {
  package var chiSquared: Double
  /// k − 1.
  package var degrees: Int
  package var pValue: Double

  /// - Parameter blocks: One row per block, one value per treatment, lower is better; `nil` for a treatment that the block lacks. Blocks
  ///   with fewer than two values say nothing.
  /// - Returns: `nil` for fewer than two treatments or blocks, and where some treatments meet no others, even by way of third ones.
  package init?(blocks: [[Double?]]) {
    let blocks = blocks.filter { $0.count { $0 != nil } >= 2 }
    guard blocks.count >= 2, let count = blocks.first?.count, count >= 2 else { return nil }
    precondition(blocks.allSatisfy { $0.count == count }, "every block has a place per treatment")
    var sums = [Double](repeating: 0, count: count)
    var meetings = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for block in blocks {
      let present = block.indices.filter { block[$0] != nil }
      let size = Double(present.count)
      let ranks = averageRanks(of: present.compactMap { block[$0] })
      for (place, rank) in zip(present, ranks) {
        sums[place] += (12 / (size + 1)).squareRoot() * (rank - (size + 1) / 2)
        for other in present where other != place {
          meetings[place][other] -= 1
          meetings[place][place] += 1
        }
      }
    }
    // The sums add up to 0, so the last one is redundant, and without it the matrix has an inverse.
    let last = count - 1
    guard
      let solution = Self.solution(
        meetings[..<last].map { Array($0[..<last]) }, Array(sums[..<last]))
    else { return nil }
    chiSquared = zip(sums, solution).reduce(0) { $0 + $1.0 * $1.1 }
    degrees = last
    pValue = Distribution.chiSquaredTail(chiSquared, degrees: Double(last))
  }

  /// x with Mx = b for a symmetric positive definite matrix of integers, by Cholesky's decomposition; `nil` for a singular one.
  private static func solution(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let count = right.count
    var lower = matrix
    for column in 0..<count {
      for row in column..<count {
        var sum = matrix[row][column]
        for index in 0..<column { sum -= lower[row][index] * lower[column][index] }
        if row == column {
          // The pivots of a connected design are at least 1/k.
          guard sum > 1e-9 else { return nil }
          lower[row][column] = sum.squareRoot()
        } else {
          lower[row][column] = sum / lower[column][column]
        }
      }
    }
    var solution = right
    for row in 0..<count {
      for index in 0..<row { solution[row] -= lower[row][index] * solution[index] }
      solution[row] /= lower[row][row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for index in (row + 1)..<count { solution[row] -= lower[index][row] * solution[index] }
      solution[row] /= lower[row][row]
    }
    return solution
  }
}
