import Datasets
import Foundation
import Testing

/// Numbers and labels of tables, and what is tested with.
extension TableTests {
  // MARK: Large numbers

  /// Seconds since 1970, which `Float` rounds to multiples of 128.
  @Test func `numbers are scaled before they become Float`() throws {
    let offset = 1_700_000_000
    func table(_ offset: Int) -> String {
      "time,kind\n" + (0..<60).map { "\(offset + $0 * 37 % 60),\($0 % 2)\n" }.joined()
    }
    for normalization in [Normalization.unit, .standard] {
      var preparation = DataPreparation()
      preparation.normalization = normalization
      let large = try load(table(offset)).prepared(preparation)
      let small = try load(table(0)).prepared(preparation)
      #expect(Set(large.train.features + large.test.features).count == 60)
      for (one, other) in zip(large.train.features, small.train.features) {
        // Both are differences of whole numbers; the mean of large ones has an error of an ulp of 1.7·10⁹, 2⁻²³.
        #expect(abs(one - other) <= 0x1p-22)
      }
    }
  }

  // MARK: Labels

  @Test func `spellings of one number are one class`() throws {
    let data = try load("x,kind\n1,1\n2,1.0\n3,01\n4,2\n5,+2\n6,2e0\n")
    #expect(data.classCount == 2)
    #expect(data.warnings.contains { $0.contains("'01', '1', '1.0'") })
    let counted = try load("x,kind\n1,1\n2,1.0\n3,00\n4,0\n") { $0.classes = 3 }
    #expect(counted.classCount == 3)
    #expect(try load("x,kind\n1,v1\n2,v1.0\n3,v1\n").classCount == 2)
  }

  @Test(arguments: ["", "n"])
  func `a class for nearly every row is refused`(prefix: String) {
    let text = "x,kind\n" + (0..<60).map { "\($0 % 7),\(prefix)\($0)\n" }.joined()
    let refused = refusal(text)
    #expect(refused.contains("60 different labels in 60 rows"), "\(refused)")
    #expect(refused.contains("task: regression") == prefix.isEmpty)
    #expect(refusal(text) { $0.classes = prefix.isEmpty ? 60 : nil }.contains("60"))
  }

  // MARK: Test tables

  @Test func `a test table with the training samples is refused, and shared ones are noted`()
    throws
  {
    let refused = refusal(Self.wine, test: Self.wine)
    #expect(refused.contains("same samples as the training set"), "\(refused)")
    let shuffled = "x,y,kind\n3.0,4,a\n1,2.50,a\n2,3,b\n"
    #expect(refusal(Self.wine, test: shuffled).contains("same samples"))
    let shared = try load(Self.wine, test: "x,y,kind\n3,4,a\n9,9,b\n")
    #expect(
      shared.warnings.contains { $0.contains("1 of 2 test samples are also in the training") })
    #expect(try load(Self.wine, test: "x,y,kind\n3,4,b\n9,9,b\n").warnings.isEmpty)
  }

  // MARK: Values to predict

  @Test func `numbers to predict are scaled by the training samples`() throws {
    let text = "x,price\n" + (0..<10).map { "\($0),\(1_700_000_000 + 10 * $0)\n" }.joined()
    let data = try load(text, label: "price") {
      $0.task = .regression
      $0.test = .held(.count(3))
    }
    #expect(data.predictsValues && data.classCount == 1)
    let prepared = try data.prepared(DataPreparation())
    let values = try #require(prepared.train.values).map(Double.init)
    let mean = values.reduce(0, +) / 7
    #expect(abs(mean) < 1e-6)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 7 - 1) < 1e-6)
    // The line that the numbers are on is a line still.
    let places = prepared.train.features.map(Double.init)
    let slope = (values[1] - values[0]) / (places[1] - places[0])
    for index in 1..<7 {
      #expect(
        abs(values[index] - values[0] - slope * (places[index] - places[0])) < 1e-5)
    }
    var plain = DataPreparation()
    plain.labelScale = .none
    #expect(try data.prepared(plain).train.values?.min() == 1_700_000_000)
  }

  @Test func `values that are missing, words or all the same are refused`() {
    func refused(_ rows: String) -> String {
      refusal("x,price\n" + rows, label: "price") { $0.task = .regression }
    }
    #expect(refused("1,2\n2,?\n3,4\n").contains("'missing: drop'"))
    #expect(refused("1,2\n2,cheap\n3,4\n").contains("a number to predict in column 'price'"))
    let error = #expect(throws: DatasetError.self) {
      try load("x,price\n1,5\n2,5\n3,5\n4,5\n", label: "price") {
        $0.task = .regression
        $0.test = .held(.count(2))
      }.prepared(DataPreparation())
    }
    #expect(error?.description.contains("same value to predict") == true)
  }

  // MARK: Encodings

  @Test(arguments: [
    (String.Encoding.utf16, "UTF-16"), (.utf16LittleEndian, "UTF-16LE"),
    (.utf16BigEndian, "UTF-16BE"), (.utf32, "UTF-32"), (.isoLatin1, "Latin-1"),
    (.windowsCP1252, "Latin-1"),
  ])
  func `other encodings are named with the way to UTF-8`(
    encoding: String.Encoding, name: String
  ) throws {
    let data = try #require("größe,kind\n1,a\n2,b\n".data(using: encoding))
    let refused = refusal(Array(data))
    #expect(refused.contains(name) && refused.contains("iconv"), "\(refused)")
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 1], "spreadsheet"), ([0x1F, 0x8B, 8], "gzip"),
      (Array("x,kind\n1,a\n\u{0}2,b\n".utf8), "a.csv:3:"),
      (Array("x,kind\n1,a\n2,".utf8) + [0x93, 0x41, 0x94, 0x0A], "Windows-1252"),
    ] as [([UInt8], String)])
  func `what is no text is named`(bytes: [UInt8], words: String) {
    let refused = refusal(bytes)
    #expect(refused.contains(words), "\(refused)")
  }
}
