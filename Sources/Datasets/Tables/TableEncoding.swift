/// What the bytes of a table are, if not UTF-8.
enum TableEncoding {
  /// - Throws: `DatasetError.malformedTable` that names the encoding, or the kind of file, and what to do.
  static func check(_ bytes: [UInt8], path: String) throws(DatasetError) {
    if let kind = magic.first(where: { bytes.starts(with: $0.bytes) }) {
      throw .malformedTable(
        path: path, line: 1, expected: "a table as text; \(kind.remedy)", found: kind.name)
    }
    if let encoding = wide(bytes) {
      throw .malformedTable(
        path: path, line: 1,
        expected: "text in UTF-8 (convert it: iconv -f \(encoding) -t UTF-8 OLD > NEW)",
        found: encoding)
    }
    guard let place = firstInvalid(bytes) else { return }
    let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
    let byte = String(bytes[place], radix: 16, uppercase: true)
    // Windows-1252 has characters where Latin-1 has control codes.
    let encoding = bytes.contains { (0x80...0x9F).contains($0) } ? "WINDOWS-1252" : "LATIN1"
    let name = encoding == "LATIN1" ? "Latin-1 (ISO 8859-1)" : "Windows-1252"
    throw .malformedTable(
      path: path, line: line,
      expected:
        "text in UTF-8 (if it is \(name), convert it: iconv -f \(encoding) -t UTF-8 OLD > NEW)",
      found: bytes[place] == 0 ? "a zero byte" : "the byte 0x\(byte)")
  }

  private static let magic: [(bytes: [UInt8], name: String, remedy: String)] = [
    ([0x1F, 0x8B], "gzip data", "decompress it first"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive or a spreadsheet", "save it as CSV first"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an old spreadsheet", "save it as CSV first"),
    (Array("BZh".utf8), "bzip2 data", "decompress it first"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data", "decompress it first"),
    (Array("PAR1".utf8), "Parquet data", "save it as CSV first"),
    (Array("SQLite format 3".utf8), "a database", "export a table as CSV first"),
  ]

  /// UTF-16 or UTF-32, by its mark or by the zero bytes that ASCII characters have in it.
  private static func wide(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    let head = bytes.prefix(256)
    let zeros = [0, 1].map { rest in
      head.indices.count { $0 % 2 == rest && head[$0] == 0 }
    }
    guard let place = [0, 1].first(where: { 5 * zeros[$0] > 2 * head.count }) else { return nil }
    if zeros[1 - place] > 0 { return "UTF-32" }
    return place == 0 ? "UTF-16BE" : "UTF-16LE"
  }

  /// Where the first byte is that is no UTF-8, or zero.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var place = 0
    let count = bytes.count
    return bytes.withUnsafeBufferPointer { bytes -> Int? in
      while place < count {
        let byte = bytes[place]
        if byte == 0 { return place }
        if byte < 0x80 {
          place += 1
          continue
        }
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(byte), place + length <= count,
          (1..<length).allSatisfy({ bytes[place + $0] & 0xC0 == 0x80 })
        else { return place }
        place += length
      }
      return nil
    }
  }
}
