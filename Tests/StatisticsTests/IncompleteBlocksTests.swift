import Statistics
import Testing

/// Blocks that lack some treatments.
@Suite struct IncompleteBlocksTests {
  /// Times to assemble, nine people by four methods (Skillings and Mack 1981), as in R's package Skillings.Mack.
  private static let assembly: [[Double?]] = [
    [3.2, 4.1, 3.8, 4.2], [3.1, 3.9, 3.4, 4.0], [4.3, 3.5, 4.6, 4.8], [3.5, 3.6, 3.9, 4.0],
    [3.6, 4.2, 3.7, 3.9], [4.5, 4.7, 3.7, nil], [nil, 4.2, 3.4, nil], [4.3, 4.6, 4.4, 4.9],
    [3.5, nil, 3.7, 3.9],
  ]

  /// Ski.Mack(y) of that package prints 15.493049 and 0.001440296302 (three degrees of freedom).
  @Test func `the published example comes out`() throws {
    let test = try #require(SkillingsMackTest(blocks: Self.assembly))
    #expect(abs(test.chiSquared - 15.493048797529276) < 1e-10 && test.degrees == 3)
    #expect(abs(test.pValue - 0.0014402963024908563) < 1e-13)
  }

  /// Brady's rates of stuttering (1969), with ties and one gap, as in R's package PMCMRplus; the number by numpy.linalg.pinv and
  /// scipy.stats.rankdata.
  @Test func `ties share ranks`() throws {
    let blocks: [[Double?]] = [
      [3, 5, 15], [1, 3, 18], [5, 4, 21], [2, nil, 6], [0, 2, 17], [0, 2, 10], [0, 3, 8],
      [0, 2, 13],
    ]
    let test = try #require(SkillingsMackTest(blocks: blocks))
    #expect(abs(test.chiSquared - 13.280951844580969) < 1e-10)
    #expect(abs(test.pValue - 0.0013064053484354553) < 1e-13)
  }

  @Test func `without a gap it is Friedman's test`() throws {
    let complete = Self.assembly.filter { $0.allSatisfy { $0 != nil } }
    let test = try #require(SkillingsMackTest(blocks: complete))
    let friedman = try #require(FriedmanTest(blocks: complete.map { $0.compactMap(\.self) }))
    // scipy.stats.friedmanchisquare of the six blocks: 13.
    #expect(abs(test.chiSquared - 13) < 1e-12 && abs(friedman.chiSquared - 13) < 1e-12)
    #expect(abs(test.pValue - friedman.chiSquaredPValue) < 1e-14)
  }

  @Test func `treatments that never meet are not compared`() {
    #expect(
      SkillingsMackTest(blocks: [[1, 2, nil, nil], [nil, nil, 1, 2], [2, 1, nil, nil]]) == nil)
    // By way of a third one they are.
    #expect(SkillingsMackTest(blocks: [[1, 2, nil], [nil, 1, 2], [1, nil, nil]]) != nil)
    #expect(SkillingsMackTest(blocks: [[1, 2]]) == nil && SkillingsMackTest(blocks: []) == nil)
  }

  @Test func `relative ranks go from first to last, whatever the size of a block`() {
    let ranks = RelativeRanks(blocks: [
      [10, 20, 30, 40, 50], [nil, nil, 7, 8, nil], [1, 1, nil, 2, nil],
    ])
    #expect(ranks.ranks[1] == [nil, nil, 1, 2, nil] && ranks.ranks[2] == [1.5, 1.5, nil, 3, nil])
    #expect(ranks.relative[0] == [0, 0.25, 0.5, 0.75, 1])
    #expect(ranks.relative[2] == [0.25, 0.25, nil, 1, nil])
    #expect(ranks.column(3) == [0.75, 1, 1] && ranks.means[2] == 0.25)
    // On the scale of all five: 1 + 4 · ¼.
    #expect(ranks.averages[2] == 2)
    // A single treatment is neither first nor last.
    #expect(RelativeRanks(blocks: [[nil, 3]]).relative == [[nil, nil]])
  }

  @Test func `without a gap they average to the average ranks`() {
    let blocks = [[3.0, 1, 2, 9], [1, 1, 4, 8], [2, 7, 7, 7]]
    for (own, other) in zip(
      RelativeRanks(blocks: blocks).averages, averageRanks(overBlocks: blocks))
    {
      #expect(abs(own - other) < 1e-14)
    }
  }

  @Test func `wins and profiles leave out what did not run`() {
    let blocks: [[Double?]] = [[1, 2, nil], [2, nil, 1], [3, 1, nil]]
    let matrix = WinTieLoss.matrix(blocks: blocks)
    #expect(matrix[0][1] == WinTieLoss([1, 3], [2, 1]) && matrix[1][2] == WinTieLoss([], []))
    let profile = PerformanceProfile(times: [[1, 2, nil], [.infinity, nil, 3]])
    #expect(profile.ratios == [[1, .infinity], [2], [1]])
    #expect(profile.share(solver: 2, factor: 1) == 1 && profile.share(solver: 0, factor: 9) == 0.5)
  }
}
