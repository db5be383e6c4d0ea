/// Slope of the least-squares line through values at unit spacing; `nil` for fewer than two values.
///
/// b = Σ (t − t̄)(y − ȳ) / Σ (t − t̄)² for t = 0, 1, …
package func slope(of values: some Collection<Double>) -> Double? {
  guard values.count >= 2 else { return nil }
  let middle = Double(values.count - 1) / 2
  let center = mean(of: Array(values))
  var products = 0.0
  var squares = 0.0
  for (index, value) in values.enumerated() {
    let distance = Double(index) - middle
    products += distance * (value - center)
    squares += distance * distance
  }
  return products / squares
}
