/// P values adjusted so that the probability of any false positive among them is below the level (Holm 1979).
///
/// In ascending order, p̃ᵢ = max over j ≤ i of min(1, (m − j + 1) pⱼ), with j from 1. The result has the order of the input.
package func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var greatest = 0.0
  for (place, index) in order.enumerated() {
    greatest = max(greatest, min(1, Double(pValues.count - place) * pValues[index]))
    adjusted[index] = greatest
  }
  return adjusted
}
