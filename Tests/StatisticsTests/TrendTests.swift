import Statistics
import Testing

@Suite struct TrendTests {
  /// Anscombe's first data set in the order of x = 4 … 14; R's lm gives 0.500090909….
  @Test func `the slope is that of the least-squares line`() throws {
    let values = [4.26, 5.68, 7.24, 4.82, 6.95, 8.81, 8.04, 8.33, 10.84, 7.58, 9.96]
    let found = try #require(slope(of: values))
    #expect(abs(found - 55.01 / 110) < 1e-12)
  }

  @Test func `a line has its own slope, one value has none`() {
    #expect(slope(of: [3, 1, -1]) == -2)
    #expect(slope(of: [1]) == nil && slope(of: []) == nil)
  }
}
