import Statistics
import Testing

@Suite struct BestOfSubsetTests {
  /// The smallest of every subset of `count` values, in ascending order.
  private func smallest(of values: [Double], count: Int) -> [Double] {
    (0..<(1 << values.count)).filter { $0.nonzeroBitCount == count }
      .map { mask in values.indices.filter { mask >> $0 & 1 == 1 }.map { values[$0] }.min() ?? 0 }
      .sorted()
  }

  /// Every subset counted out; the quantile is the least value that at least this share of the subsets does not exceed.
  @Test(arguments: [0.05, 0.25, 0.5, 0.75, 0.95], 1...7)
  func `quantiles are those of all subsets`(probability: Double, count: Int) {
    let values = [0.5, 1, 1, 2.5, 7, 11, .infinity]
    let all = smallest(of: values, count: count)
    let needed = Int((probability * Double(all.count) - 1e-9).rounded(.up))
    #expect(quantileOfBest(probability, ofSorted: values, count: count) == all[max(needed, 1) - 1])
  }

  @Test func `one value is a draw of the sample, all of them are its best`() {
    let values = [1.0, 2, 3]
    #expect(quantileOfBest(0.5, ofSorted: values, count: 1) == 2)
    #expect(quantileOfBest(0.999, ofSorted: values, count: 3) == 1)
    #expect(quantileOfBest(0.5, ofSorted: [.infinity], count: 1) == .infinity)
  }
}
