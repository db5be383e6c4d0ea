import Randomness
import Testing

@Suite struct KeyedGeneratorTests {
  private let key = RandomKey(masterSeed: 42, purpose: .batchOrder, seedIndex: 3, epoch: 2, step: 7)

  @Test func `equal keys give equal numbers`() {
    var first = key.generator()
    var second = key.generator()
    for _ in 0..<100 { #expect(first.next() == second.next()) }
  }

  @Test func `each part of a key changes the numbers`() {
    var others = [key, key, key, key, key]
    others[0].masterSeed += 1 << 40
    others[1].purpose = .initialParameters
    others[2].seedIndex += 1
    others[3].epoch += 1
    others[4].step += 1
    for other in others {
      var first = key.generator()
      var second = other.generator()
      #expect(first.next() != second.next())
    }
  }

  @Test func `a permutation holds every index once`() {
    for count in [0, 1, 2, 3, 10, 1000] {
      var generator = key.generator()
      #expect(generator.permutation(of: count).sorted() == Array(0..<count))
    }
  }

  /// Each of the 6 orders of 3 elements appears in 1/6 of 6,000 draws: expected 1,000, standard deviation
  /// √(6000·1/6·5/6) = 28.9; five of them are crossed once in 3·10⁵ tests.
  @Test func `every order of three elements is equally likely`() {
    var generator = key.generator()
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[generator.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    for count in counts.values { #expect(abs(count - 1000) < 145) }
  }

  /// 100,000 draws: the mean has a standard error of 0.0032, the variance one of √(2/n) = 0.0045;
  /// bounds at five standard errors.
  @Test func `normal numbers have mean zero and variance one`() {
    var generator = key.generator()
    let numbers = (0..<100_000).map { _ in generator.normal() }
    let mean = numbers.reduce(0, +) / 100_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99_999
    #expect(abs(mean) < 0.016)
    #expect(abs(variance - 1) < 0.0225)
  }

  @Test func `uniform numbers lie in the half-open unit interval`() {
    var generator = key.generator()
    for _ in 0..<10_000 { #expect((0..<1).contains(generator.uniform())) }
  }
}
