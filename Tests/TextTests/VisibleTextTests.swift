import Testing
import Text

@Suite struct VisibleTextTests {
  @Test func `no text reaches a terminal as a command or another order of letters`() {
    #expect("\u{1B}[2J\u{7}a\u{9B}1m".visible == #"\u{1B}[2J\u{7}a\u{9B}1m"#)
    #expect("a\u{202E}b\u{2066}c\u{2069}".visible == #"a\u{202E}b\u{2066}c\u{2069}"#)
    #expect("tab\tcr\r\nline".visible == "tab\\u{9}cr\\u{D}\nline")
    #expect("Grüße, λ → ∞, 👍🏽".visible == "Grüße, λ → ∞, 👍🏽")
    for value in (0...0x1F).map(UInt32.init) + [0x7F] + Array(0x80...0x9F) where value != 0x0A {
      let scalar = Unicode.Scalar(value) ?? " "
      #expect(!"a\(scalar)b".visible.unicodeScalars.contains(scalar))
    }
  }

  @Test func `cells of tables are visible`() {
    var table = TextTable(columns: ["label", "n"])
    table.add(["\u{1B}]0;x\u{7}", "1"])
    #expect(table.text == "label            n\n\\u{1B}]0;x\\u{7}  1")
  }
}
