import Statistics
import Testing

struct MeanTests {
  @Test func `mean and variance are NumPy's`() {
    // numpy.mean and numpy.var(ddof=1), NumPy 2.4.6.
    let moments = Moments(QuantileTests.values)
    // Seven additions of numbers below 16; the squares reach 128.
    #expect(abs(moments.mean - 3.5928571428571425) <= 7 * 0x1p-49)
    #expect(abs(moments.sampleVariance - 18.958690476190476) <= 14 * 0x1p-46)
  }

  @Test func `a large offset does not drown the variance`() {
    // The example of Chan, Golub and LeVeque (1983); the textbook formula gives a negative number here.
    #expect(Moments([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).sampleVariance == 30)
  }

  @Test func `sums beyond the largest number do not overflow`() {
    #expect(mean(of: [1e308, 1e308, 1e308]) == 1e308)
  }

  @Test func `an infinite value makes the mean infinite wherever it stands`() {
    #expect(mean(of: [1, .infinity, 2]) == .infinity)
    #expect(mean(of: [-.infinity, 1]) == -.infinity)
    #expect(mean(of: [.infinity, 1, -.infinity]).isNaN)
    #expect(mean(of: [1, .nan]).isNaN)
    #expect(Moments([1, .infinity, 2]).sampleVariance.isNaN)
  }

  @Test func `too few values have no mean or variance`() {
    #expect(mean(of: []).isNaN)
    #expect(Moments([1]).sampleVariance.isNaN)
    #expect(Moments([1]).mean == 1)
  }
}
