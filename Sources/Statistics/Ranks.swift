/// Ranks from 1 for the smallest value; equal values share the mean of their ranks.
///
/// (Kendall 1945, "The treatment of ties in ranking problems"; SciPy's `rankdata` with `average`.) Infinities
/// rank by their order, and equal ones tie. `nan` is worse than any other value: all of them share the last ranks.
/// - Complexity: O(*n* log *n*).
package func averageRanks(of values: [Double]) -> [Double] {
  averageRanks(of: values, by: precedes) { !precedes($0, $1) }
}

/// Ranks from 1 for the first value in an order; values that tie with the first of a group share the mean of the group's ranks.
///
/// - Parameters:
///   - precedes: A strict weak order.
///   - ties: Whether a value shares the ranks of an earlier one, which is the first of its group: a small difference to each
///     neighbor does not join the ends of a long chain.
/// - Complexity: O(*n* log *n*).
package func averageRanks<Value>(
  of values: [Value], by precedes: (Value, Value) -> Bool, ties: (Value, Value) -> Bool
) -> [Double] {
  let order = values.indices.sorted { precedes(values[$0], values[$1]) }
  var ranks = [Double](repeating: 0, count: values.count)
  var first = 0
  while first < order.count {
    var end = first + 1
    while end < order.count, ties(values[order[first]], values[order[end]]) { end += 1 }
    // Ranks first + 1 … end.
    let rank = Double(first + 1 + end) / 2
    for index in order[first..<end] { ranks[index] = rank }
    first = end
  }
  return ranks
}

private func precedes(_ left: Double, _ right: Double) -> Bool {
  left < right || (right.isNaN && !left.isNaN)
}
