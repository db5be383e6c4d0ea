import Statistics
import Testing

@Suite struct RoundingFloorTests {
  @Test func `a difference is rounding up to a billionth of the distance to the lowest value`() {
    #expect(RoundingFloor.agree(1, 1 + 0.9e-9, scale: 0))
    #expect(!RoundingFloor.agree(1, 1 + 1.1e-9, scale: 0))
    #expect(RoundingFloor.agree(3e-22, 9e-21, scale: 1))
    #expect(!RoundingFloor.agree(3e-22, 3e-20, scale: 1))
    // Of a loss that starts at 10⁻²⁰, 10⁻²¹ is a tenth.
    #expect(!RoundingFloor.agree(0, 1e-21, scale: 1e-20))
  }

  /// 10⁻⁶ apart at a distance of 10⁻³: no rounding, wherever the lowest value is; 10⁻⁹ of the constant would hide it.
  @Test(arguments: [0, 5, -5, 1e6, -1e6]) func `a constant changes nothing`(offset: Double) {
    let (first, second) = (offset + 1e-3, offset + 1e-3 + 1e-6)
    #expect(!RoundingFloor.agree(first, second, scale: 1, lowest: offset))
    #expect(RoundingFloor.agree(first, first + 1e-13, scale: 1, lowest: offset))
  }

  @Test func `infinite values agree with themselves alone`() {
    #expect(RoundingFloor.agree(.infinity, .infinity, scale: 1))
    #expect(!RoundingFloor.agree(.infinity, 1e300, scale: .infinity))
    #expect(RoundingFloor.agree(.nan, .nan, scale: 1) && !RoundingFloor.agree(.nan, 1, scale: 1))
  }

  /// Each is within the floor of the next, but the last is not within that of the first.
  @Test func `a chain of small differences does not tie its ends`() {
    let values = [1.0, 1.4, 1.8, 3]
    let ranks = averageRanks(of: values, by: <) { abs($0 - $1) < 0.5 }
    #expect(ranks == [1.5, 1.5, 3, 4])
    #expect(averageRanks(of: [3.0, 1, 1], by: <) { $0 == $1 } == [3, 1.5, 1.5])
  }
}
