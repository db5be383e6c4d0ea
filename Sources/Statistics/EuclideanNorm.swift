/// √Σx², scaled by the largest entry where squares would overflow or vanish.
package func euclideanNorm(of values: [Double]) -> Double {
  let square = values.reduce(0) { $0 + $1 * $1 }
  // Squares of numbers that vanish are no part of a sum of this size.
  if square >= 1e-270, square.isFinite { return square.squareRoot() }
  let largest = values.reduce(0) { $1.isNaN || abs($1) > $0 ? abs($1) : $0 }
  guard largest > 0, largest.isFinite else { return largest }
  let scaled = values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
  return largest * scaled.squareRoot()
}
