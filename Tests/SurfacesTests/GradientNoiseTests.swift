import Surfaces
import Testing

@Suite struct GradientNoiseTests {
  private func drawn(_ term: some GradientTerm, steps: [Int], dimension: Int = 2) -> [[Double]] {
    var term = term
    return steps.map { step in
      var gradient = [Double](repeating: 0, count: dimension)
      var span = gradient.mutableSpan
      term.add(to: &span, step: step)
      return gradient
    }
  }

  @Test func `noise depends on seed and step alone, in whatever order it is drawn`() {
    let noise = GradientNoise(deviation: 0.5, masterSeed: 1, seedIndex: 0)
    let forwards = drawn(noise, steps: [0, 1, 2])
    #expect(drawn(noise, steps: [2, 1, 0]) == forwards.reversed())
    #expect(Set(forwards).count == 3)
    #expect(
      drawn(GradientNoise(deviation: 0.5, masterSeed: 1, seedIndex: 1), steps: [0, 1, 2])
        != forwards)
    #expect(
      drawn(GradientNoise(deviation: 0.5, masterSeed: 2, seedIndex: 0), steps: [0, 1, 2])
        != forwards)
    #expect(
      drawn(GradientNoise(deviation: 1, masterSeed: 1, seedIndex: 0), steps: [0])[0]
        == forwards[0].map { 2 * $0 })
  }

  /// The mean of 20,000 values has a deviation of σ/√20000, their mean square one of σ²√(2/20000); five of each are exceeded once in
  /// two million seeds, and this seed is fixed.
  @Test func `noise has mean zero and the deviation asked for`() {
    let values = drawn(
      GradientNoise(deviation: 3, masterSeed: 1, seedIndex: 0), steps: Array(0..<10_000)
    ).joined()
    let mean = values.reduce(0, +) / 20_000
    let square = values.reduce(0) { $0 + $1 * $1 } / 20_000
    #expect(abs(mean) < 5 * 3 / 141.4)
    #expect(abs(square - 9) < 5 * 9 * 0.01)
  }

  @Test func `a pass over the batches meets every sample once, but for a remainder`() {
    let noise = BatchNoise(
      contributions: (0..<10).map { Double(1 << $0) }, dimension: 1, batchSize: 3)
    #expect(noise.batchesPerEpoch == 3)
    let term = noise.term(masterSeed: 1, seedIndex: 0)
    for pass in 0..<4 {
      let sums = drawn(term, steps: [0, 1, 2].map { $0 + 3 * pass }, dimension: 1)
        .map { Int((3 * $0[0]).rounded()) }
      #expect(sums.allSatisfy { $0.nonzeroBitCount == 3 })
      #expect(sums.reduce(0, |).nonzeroBitCount == 9)
    }
    let first = drawn(term, steps: [0, 1, 2], dimension: 1)
    #expect(drawn(term, steps: [3, 4, 5], dimension: 1) != first)
    #expect(drawn(term, steps: [4, 1, 0], dimension: 1)[2] == first[0])
  }
}
