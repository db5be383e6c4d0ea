import Datasets
import Foundation
import Testing

@Suite struct DatasetsOwnTests {
  private static func folder(_ path: String, classes: Int? = nil) -> IDXSource {
    var source = IDXSource()
    source.folder = path
    source.classes = classes
    return source
  }

  private func load(
    _ files: [String: String], label: String = "kind", test: CSVSource.Test? = nil,
    classes: Int? = nil
  ) throws -> Dataset {
    try withTemporaryFolder { folder in
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      var source = CSVSource(path: "\(folder)/a.csv", label: label)
      source.classes = classes
      if case .file(let name) = test { source.test = .file("\(folder)/\(name)") }
      if case .held = test, let test { source.test = test }
      return try DatasetSource.csv(source).load(directory: nil)
    }
  }

  /// RFC 4180: quotes, doubled quotes, commas and line breaks within quotes, CRLF, the last line without an end.
  @Test func `a table is read as RFC 4180 has it`() throws {
    let text =
      "\u{FEFF}x,\"the, kind\",y\r\n1.5,\"say \"\"a\"\"\",-2e1\r\n\r\n \"2\",b,3\n+.25, \"two\nlines\" ,0\n7,b,8"
    let error = #expect(throws: DatasetError.self) {
      try load(["a.csv": text], label: "the, kind")
    }
    // A quote after a blank is no quote: RFC 4180 takes blanks as part of the field.
    #expect(error?.description.contains("a.csv:4: ") == true, "\(String(describing: error))")
    let clean = text.replacing(" \"2\"", with: "\"2\"").replacing(
      " \"two\nlines\" ", with: "\"two\nlines\"")
    let data = try load(
      ["a.csv": clean, "b.csv": "x,\"the, kind\",y\n9,b,9\n"], label: "the, kind",
      test: .file("b.csv"))
    #expect(data.train.features == [1.5, -20, 2, 3, 0.25, 0, 7, 8])
    // Sorted as text: b, say "a", two…
    #expect(data.train.labels == [1, 0, 2, 0] && data.classCount == 3)
    #expect(data.test.features == [9, 9] && data.test.labels == [0] && data.name == "a.csv")
  }

  @Test func `labels that are numbers are sorted as numbers`() throws {
    let data = try load(["a.csv": "kind,x\n10,1\n9,2\n-1,3\n10,4\n"], test: .held(.count(1)))
    #expect(data.classCount == 3)
    let all = zip(data.train.features + data.test.features, data.train.labels + data.test.labels)
    #expect(Dictionary(uniqueKeysWithValues: Array(all)) == [1: 2, 2: 1, 3: 0, 4: 2])
  }

  @Test func `a share of the rows is held out, the same ones each time`() throws {
    let rows = (0..<50).map { "\($0),\($0 % 3)" }.joined(separator: "\n")
    let first = try load(["a.csv": "x,kind\n" + rows])
    let second = try load(["a.csv": "x,kind\n" + rows])
    #expect(first.test.count == 10 && first.train.count == 40)
    #expect((first.train.features + first.test.features).sorted() == (0..<50).map(Float.init))
    #expect(first.test.features == second.test.features)
    #expect(first.test.features != (40..<50).map(Float.init))
  }

  struct Spoilt: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var words: [String]
    var label = "kind"
    var classes: Int?
    var test: CSVSource.Test?
  }

  static let spoilt = [
    Spoilt(
      testDescription: "NaN", text: "x,kind\n1,a\nnan,b\n",
      words: [":3:", "a finite number", "'nan'", "'x'"]),
    Spoilt(testDescription: "infinity", text: "x,kind\ninf,a\n1,b\n", words: [":2:", "'inf'"]),
    Spoilt(
      testDescription: "beyond Float", text: "x,kind\n1e39,a\n1,b\n",
      words: [":2:", "'1e39'", "32-bit float can hold"]),
    Spoilt(
      testDescription: "hexadecimal", text: "x,kind\n0x10,a\n1,b\n", words: [":2:", "'0x10'"]),
    Spoilt(testDescription: "text", text: "x,kind\n1,a\nhigh,b\n", words: [":3:", "'high'"]),
    Spoilt(testDescription: "nothing", text: "x,kind\n1,a\n,b\n", words: [":3:", "''"]),
    Spoilt(testDescription: "no label", text: "x,kind\n1,a\n2,\n", words: [":3:", "label"]),
    Spoilt(
      testDescription: "a field too few", text: "x,y,kind\n1,2,a\n3,b\n",
      words: [":3:", "3 fields", "found 2"]),
    Spoilt(
      testDescription: "a field too many", text: "x,kind\n1,a\n2,b,\n",
      words: [":3:", "2 fields", "found 3"]),
    Spoilt(
      testDescription: "unknown column", text: "x,y,kind\n1,1,a\n",
      words: ["'sort'", "x, y, kind"],
      label: "sort"),
    Spoilt(testDescription: "labels alone", text: "kind\na\nb\n", words: [":1:", "beside"]),
    Spoilt(testDescription: "a column twice", text: "x,x,kind\n1,2,a\n", words: ["'x' twice"]),
    Spoilt(testDescription: "no rows", text: "x,kind\n", words: [":2:", "a row"]),
    Spoilt(testDescription: "empty", text: "", words: [":1:", "header"]),
    Spoilt(
      testDescription: "open quote", text: "x,kind\n\"1,a\n", words: [":2:", "closing quote"]),
    Spoilt(
      testDescription: "constant", text: "x,kind\n1,a\n1,b\n1,a\n", words: ["same features"],
      test: .held(.count(1))),
    Spoilt(
      testDescription: "one class", text: "x,kind\n1,a\n2,a\n3,a\n", words: ["class 0"],
      test: .held(.count(1))),
    Spoilt(
      testDescription: "label out of range", text: "x,kind\n1,0\n2,1\n3,2\n",
      words: [":4:", "'2'", "0, 1"], classes: 2),
    Spoilt(
      testDescription: "one row to split", text: "x,kind\n1,0\n", words: ["of 1 rows"]),
  ]

  @Test(arguments: spoilt)
  func `a spoilt table is refused with its line`(spoilt: Spoilt) throws {
    let error = #expect(throws: DatasetError.self) {
      try load(
        ["a.csv": spoilt.text], label: spoilt.label, test: spoilt.test, classes: spoilt.classes)
    }
    for word in spoilt.words + ["a.csv"] {
      #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }
    #expect(error?.isMissing == false)
  }

  @Test func `a test table must have the same columns and known classes`() throws {
    let main = "x,y,kind\n1,2,a\n3,4,b\n"
    for (other, words) in [
      ("y,x,kind\n1,2,a\n", "same order"), ("x,y,kind\n1,2,c\n", "label 'c'"),
    ] {
      let error = #expect(throws: DatasetError.self) {
        try load(["a.csv": main, "b.csv": other], test: .file("b.csv"))
      }
      #expect(error?.description.contains(words) == true)
      #expect(error?.description.contains("b.csv:") == true)
    }
  }

  @Test func `a table too large for memory is refused before it is read`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/big.csv"
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      // A hole of a tebibyte takes no place on the disk.
      #expect(truncate(path, 1 << 40) == 0)
      let error = #expect(throws: DatasetError.self) {
        try CSVSource(path: path, label: "kind").load(name: "big")
      }
      #expect(error?.description.contains("7.0 TiB") == true)
    }
  }

  // MARK: IDX folders

  private func load(_ folder: SmallIDXFolder, classes: Int? = nil) throws -> Dataset {
    try withTemporaryFolder { path in
      try folder.write(to: path)
      return try DatasetSource.idx(Self.folder(path, classes: classes)).load(directory: nil)
    }
  }

  @Test func `a folder of one's own has as many classes as its labels say`() throws {
    let data = try load(SmallIDXFolder())
    #expect(data.classCount == 10 && data.train.count == 3 && data.featureCount == 6)
    #expect(try load(SmallIDXFolder(), classes: 26).classCount == 26)
    let error = #expect(throws: DatasetError.self) { try load(SmallIDXFolder(), classes: 9) }
    #expect(error?.description.contains("label 9 of sample 1 is not one of 0 to 8") == true)
  }

  @Test func `images that are all the same, and one class alone, are refused`() throws {
    var same = SmallIDXFolder()
    same.files[SmallIDXFolder.trainImages] = idx([3, 2, 3], [UInt8](repeating: 7, count: 18))
    #expect(
      #expect(throws: DatasetError.self) { try load(same) }?.description.contains("same features")
        == true)
    var one = SmallIDXFolder()
    one.files[SmallIDXFolder.trainLabels] = idx([3], [5, 5, 5])
    #expect(
      #expect(throws: DatasetError.self) { try load(one) }?.description.contains("class 5") == true)
  }

  @Test func `the size of images is reported from the header`() throws {
    try withTemporaryFolder { path in
      try SmallIDXFolder().write(to: path)
      #expect(try DatasetSource.idx(Self.folder(path)).form().featureCount == 6)
      let table = path + "/t.csv"
      try Data("a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n".utf8).write(to: URL(fileURLWithPath: table))
      #expect(try DatasetSource.csv(CSVSource(path: table, label: "kind")).form().featureCount == 2)
    }
  }

  /// 32 MiB that compress to a thousandth. The middle is damaged, which only shows when all of it is decompressed:
  /// a complaint about the header instead proves that it was not.
  @Test func `of a large file the header is checked before the rest is decompressed`() throws {
    func failure(header: [UInt8], limit: Int? = nil) throws -> DatasetError? {
      var bytes = gzip(header + [UInt8](repeating: 0, count: (1 << 25) - header.count))
      bytes[bytes.count / 2] ^= 0xFF
      return try withTemporaryFolder { path in
        var source = SmallIDXFolder()
        source.files[SmallIDXFolder.trainImages] = nil
        source.files[SmallIDXFolder.trainImages + ".gz"] = bytes
        try source.write(to: path)
        do throws(DatasetError) {
          _ = try IDXFolder(
            path: path, remedy: "", memoryLimit: limit ?? 1 << 34
          ).load(classCount: 10)
          return nil
        } catch {
          return error
        }
      }
    }
    guard case .wrongMagic = try failure(header: [1, 2, 3, 4]) else {
      Issue.record("no wrong magic")
      return
    }
    guard case .trailingBytes(_, 34, 1 << 25) = try failure(header: idx([3, 2, 3], [])) else {
      Issue.record("no trailing bytes")
      return
    }
    // A header that fits: 2²⁵ − 16 bytes of pixels.
    let fitting = idx([UInt32(1 << 25) - 16, 1, 1], [])
    guard case .tooLarge(_, let bytes, _) = try failure(header: fitting, limit: 1 << 27) else {
      Issue.record("not too large")
      return
    }
    #expect(bytes == 5 << 25)
    guard case .damagedGzip = try failure(header: fitting) else {
      Issue.record("the damage does not show")
      return
    }
  }

  @Test func `a plain file with a hole of a tebibyte is refused by its header`() throws {
    try withTemporaryFolder { path in
      try SmallIDXFolder().write(to: path)
      #expect(truncate(path + "/" + SmallIDXFolder.trainImages, 1 << 40) == 0)
      let error = #expect(throws: DatasetError.self) {
        try DatasetSource.idx(Self.folder(path)).load(directory: nil)
      }
      #expect(
        error
          == .trailingBytes(
            path: path + "/" + SmallIDXFolder.trainImages, expected: 34, found: 1 << 40))
    }
  }
}
