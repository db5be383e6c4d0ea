import Statistics
import Testing

struct RankTests {
  @Test func `ranks are SciPy's`() {
    // scipy.stats.rankdata, SciPy 1.17.1.
    #expect(averageRanks(of: QuantileTests.values) == [5, 1, 2, 6, 3.5, 3.5, 7])
    #expect(
      averageRanks(of: [2, .infinity, 1, 2, .infinity, 0, 2]) == [4, 6.5, 2, 4, 6.5, 1, 4])
  }

  @Test func `ranks sum to n(n + 1)/2 whatever the ties`() {
    for values in [[], [1], [1, 1, 1], [2, 1, .infinity, .infinity, .nan], [.nan, .nan, 0]] {
      let count = Double(values.count)
      #expect(averageRanks(of: values).reduce(0, +) == count * (count + 1) / 2)
    }
  }

  @Test func `nan is worse than infinity and ties with nan`() {
    #expect(averageRanks(of: [.nan, .infinity, 1, .nan]) == [3.5, 2, 1, 3.5])
  }
}
