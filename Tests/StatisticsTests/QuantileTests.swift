import Statistics
import Testing

struct QuantileTests {
  static let values = [3.1, -1.2, 0.5, 7.25, 2.0, 2.0, 11.5]

  // numpy.quantile, NumPy 2.4.6, default method.
  @Test(arguments: [
    (0.0, -1.2), (0.1, -0.17999999999999983), (0.25, 1.25), (0.5, 2.0), (0.75, 5.175),
    (0.9, 8.950000000000001), (1.0, 11.5),
  ])
  func `quantiles are NumPy's`(probability: Double, expected: Double) {
    // One product and one sum of numbers below 16: two roundings of at most 2⁻⁵³ · 16 each.
    #expect(abs(quantile(probability, of: Self.values) - expected) <= 0x1p-48)
  }

  @Test func `the median of an even count lies halfway`() {
    #expect(median(of: [4, 1, 3, 2]) == 2.5)
    #expect(median(of: [7]) == 7)
  }

  @Test func `a quantile is monotone in its probability and stays within the values`() {
    var previous = -Double.infinity
    for step in 0...100 {
      let value = quantile(Double(step) / 100, of: Self.values)
      #expect(value >= previous && value >= -1.2 && value <= 11.5)
      previous = value
    }
  }

  @Test func `a minority of infinite values leaves the median finite and a majority does not`() {
    #expect(median(of: [1, 2, .infinity]) == 2)
    #expect(median(of: [1, .infinity, .infinity]) == .infinity)
    #expect(median(of: [1, .infinity]) == .infinity)
    #expect(median(of: [-.infinity, 1]) == -.infinity)
    #expect(median(of: [.infinity, .infinity]) == .infinity)
    #expect(median(of: [-.infinity, .infinity]).isNaN)
  }

  @Test func `no value and nan have no quantile`() {
    #expect(median(of: []).isNaN)
    #expect(median(of: [1, .nan, 2]).isNaN)
  }
}
