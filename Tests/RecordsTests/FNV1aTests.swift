import Records
import Testing

@Suite struct FNV1aTests {
  /// Test vectors of draft-eastlake-fnv, appendix C.
  @Test func `published digests come out`() {
    #expect(fnv1a("") == 0xcbf2_9ce4_8422_2325)
    #expect(fnv1a("a") == 0xaf63_dc4c_8601_ec8c)
    #expect(fnv1a("foobar") == 0x8594_4171_f739_67e8)
  }
}
