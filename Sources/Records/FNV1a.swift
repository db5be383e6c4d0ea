/// 64-bit FNV-1a (Fowler, Noll and Vo) of a text's UTF-8: the same in every run, as Swift's own hashes are not.
///
/// For names and colors, which tell few things apart; keys of trials have longer digests.
package func fnv1a(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}
