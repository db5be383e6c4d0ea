import Statistics
import Testing

@Suite struct LogRankTests {
  private func times(_ events: [Double], longerThan rest: [Double] = []) -> [LogRankTest.Time] {
    events.map { .init($0, isEvent: true) } + rest.map { .init($0, isEvent: false) }
  }

  /// scipy.stats.logrank (1.17) of both samples as CensoredData: z² and p.
  @Test func `the statistic is SciPy's`() throws {
    let small = try #require(
      LogRankTest(
        times([8, 12, 26, 14, 21, 27], longerThan: [8, 32, 20, 40]),
        times([33, 28, 41], longerThan: [48, 48, 25, 37, 48, 25, 43])))
    #expect(abs(small.chiSquared - 2.629825388593558 * 2.629825388593558) < 1e-10)
    #expect(abs(small.pValue - 0.008542873404123082) < 1e-12 && !small.isExact)
    // Freireich's remissions under 6-MP and placebo.
    let remission = try #require(
      LogRankTest(
        times(
          [6, 7, 10, 13, 16, 22, 23, 6, 6],
          longerThan: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
        times([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23])))
    #expect(abs(remission.chiSquared - 4.097919104767264 * 4.097919104767264) < 1e-10)
    #expect(abs(remission.pValue - 4.168809109334529e-05) < 1e-13)
    #expect(remission.difference < 0)
  }

  /// All divisions of the pooled sample, each with its own sum of dᵢ₁ − dᵢ nᵢ₁/nᵢ, by itertools.combinations and NumPy.
  @Test func `few runs have the exact distribution`() throws {
    let test = try #require(
      LogRankTest(times([10, 12, 15], longerThan: [30]), times([20, 25], longerThan: [30, 30])))
    #expect(test.isExact && abs(test.difference - 1.2880952380952382) < 1e-14)
    #expect(abs(test.pValue - 0.22857142857142856) < 1e-15)
    let three = try #require(LogRankTest(times([5, 7, 9]), times([], longerThan: [20, 20, 20])))
    // Three against three: 2 of 20 divisions, and never fewer.
    #expect(three.pValue == 0.1)
  }

  @Test func `both orders agree and no event says nothing`() throws {
    let (first, second) = (times([1, 4, 9], longerThan: [12]), times([2, 3, 30]))
    let one = try #require(LogRankTest(first, second))
    let other = try #require(LogRankTest(second, first))
    #expect(
      abs(one.pValue - other.pValue) < 1e-14 && abs(one.difference + other.difference) < 1e-14)
    #expect(LogRankTest(times([], longerThan: [3]), times([], longerThan: [4]))?.pValue == 1)
    #expect(LogRankTest([], first) == nil)
  }
}
