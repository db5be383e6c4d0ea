/// A tensor as a matrix: its first axis against all others. A vector is a matrix of one row.
struct MatrixShape: Hashable, Sendable {
  let rows: Int
  let columns: Int

  init(_ shape: [Int]) {
    rows = shape.count > 1 ? shape[0] : 1
    columns = rows == 0 ? 0 : shape.reduce(1, *) / rows
  }

  var count: Int { rows * columns }

  /// k: the step of an orthogonal matrix as Jordan et al. 2024 scale it, √max(1, rows/columns), or such that its entries are
  /// as large as AdamW's, 0.2·√max(rows, columns) (Liu et al. 2025, equation 4).
  func scale(matchingAdamW: Bool) -> Double {
    matchingAdamW
      ? 0.2 * Double(max(rows, columns)).squareRoot()
      : max(1, Double(rows) / Double(columns)).squareRoot()
  }
}
