import Testing
import Text

/// CSV as RFC 4180 has it.
@Suite struct CSVReaderTests {
  private func rows(_ text: String, trimsBlanks: Bool = false) throws -> [[String]] {
    var reader = CSVReader(Array(text.utf8), trimsBlanks: trimsBlanks)
    var rows: [[String]] = []
    while try reader.next() { rows.append(reader.texts) }
    return rows
  }

  /// The examples of RFC 4180, section 2, rules 1 to 7.
  @Test(arguments: [
    ("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("aaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    (
      "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx",
      [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    ("\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]),
  ])
  func `the standard's examples read as it says`(text: String, expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test func `LF ends a line, blank lines and a byte order mark are no fields`() throws {
    #expect(try rows("\u{FEFF}a,b\n\n1,2\n\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("").isEmpty)
    #expect(try rows("\n\n").isEmpty)
    #expect(try rows("a,\n,") == [["a", ""], ["", ""]])
  }

  @Test func `blanks are a field's own unless they are to be trimmed`() throws {
    #expect(try rows(" a , \" b\"") == [[" a ", " \" b\""]])
    #expect(try rows(" a ,\" b\"", trimsBlanks: true) == [["a", " b"]])
  }

  @Test func `rows know the lines they begin in`() throws {
    var reader = CSVReader(Array("a\n\n\"b\nc\"\nd".utf8), firstLine: 7)
    var lines: [Int] = []
    while try reader.next() { lines.append(reader.line) }
    #expect(lines == [7, 9, 11])
  }

  @Test(arguments: [
    ("a\n\"b", 2, "closing quote"), ("a,\"b\nc\"d", 2, "comma after a quoted"),
  ])
  func `quotes that do not close are reported with their line`(
    text: String, line: Int, expected: String
  ) {
    let error = #expect(throws: CSVError.self) { try rows(text) }
    #expect(error?.line == line && error?.expected.contains(expected) == true)
  }

  @Test func `numbers are decimal, finite and fill their field`() throws {
    var reader = CSVReader(Array("7,0123456792,-1.5e2,1e-3,1e39,nan,inf,0x10,,1 2".utf8))
    #expect(try reader.next())
    let numbers = (0..<reader.fieldCount).map(reader.number)
    #expect(numbers == [7, 123_456_792, -150, 0.001, 1e39, nil, nil, nil, nil, nil])
  }

  @Test(arguments: ["plain", "a,b", "say \"so\"", "two\nlines", "\r\n", "", "\"", " blanks "])
  func `what is quoted reads back`(text: String) throws {
    let line = CSVText.quoted(text) + ",end\n"
    #expect(try rows(line) == [[text, "end"]])
  }
}
