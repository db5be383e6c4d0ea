import Randomness
import Testing

/// Against NumPy 2.4.6's `RandomState`.
@Suite struct LegacyNumPyGeneratorTests {
  /// Words 1 to 3, and 998 to 1000, which lie beyond the first refill.
  @Test func `words are MT19937's`() {
    var generator = LegacyNumPyGenerator(seed: 42)
    let words = (0..<1000).map { _ in generator.bits() }
    #expect(words.prefix(3) == [1_608_637_542, 3_421_126_067, 4_083_286_876])
    #expect(words.suffix(3) == [1_116_476_131, 4_235_742_911, 1_946_654_618])
    var zero = LegacyNumPyGenerator(seed: 0)
    let others = (0..<3).map { _ in zero.bits() }
    #expect(others == [2_357_136_044, 2_546_248_239, 3_071_714_933])
  }

  @Test func `uniforms are random_sample's`() {
    var generator = LegacyNumPyGenerator(seed: 42)
    let uniforms = (0..<3).map { _ in generator.uniform() }
    #expect(uniforms == [0.3745401188473625, 0.9507143064099162, 0.7319939418114051])
  }

  /// The logarithm is the C library's on both sides; another one may differ by an ulp.
  @Test func `normals are standard_normal's`() {
    var generator = LegacyNumPyGenerator(seed: 7)
    let normals = (0..<1000).map { _ in generator.normal() }
    for (found, wanted) in zip(
      normals.prefix(3) + normals.suffix(2),
      [
        1.690525703800356, -0.4659373705408328, 0.0328201636785844, -0.6285217021012837,
        -0.6774392378782009,
      ])
    {
      #expect(abs(found - wanted) <= 4 * wanted.ulp)
    }
  }

  @Test func `a uniform between normals leaves the pair whole`() {
    var generator = LegacyNumPyGenerator(seed: 7)
    let drawn = [
      generator.normal(), generator.uniform(from: 30, to: 60), generator.normal(),
      generator.normal(),
    ]
    for (found, wanted) in zip(
      drawn, [1.690525703800356, 59.339685359898084, -0.4659373705408328, 0.09316606097975175])
    {
      #expect(abs(found - wanted) <= 4 * wanted.ulp)
    }
  }
}
