import Datasets
import Foundation
import Parameters
import Testing

/// Tables as people have them.
@Suite struct TableTests {
  /// - Parameter change: what a scenario says of the table.
  func load(
    _ bytes: [UInt8], label: String = "kind", test: String? = nil,
    _ change: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var source = CSVSource(path: path, label: label)
      source.test = .held(.count(1))
      if let test {
        try Data(test.utf8).write(to: URL(fileURLWithPath: folder + "/b.csv"))
        source.test = .file(folder + "/b.csv")
      }
      change(&source)
      return try DatasetSource.csv(source).load(directory: nil)
    }
  }

  func load(
    _ text: String, label: String = "kind", test: String? = nil,
    _ change: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try load(Array(text.utf8), label: label, test: test, change)
  }

  func refusal(
    _ text: String, label: String = "kind", test: String? = nil,
    _ change: (inout CSVSource) -> Void = { _ in }
  ) -> String {
    refusal(Array(text.utf8), label: label, test: test, change)
  }

  func refusal(
    _ bytes: [UInt8], label: String = "kind", test: String? = nil,
    _ change: (inout CSVSource) -> Void = { _ in }
  ) -> String {
    "\(#expect(throws: DatasetError.self) { try load(bytes, label: label, test: test, change) }.map { "\($0)" } ?? "")"
  }

  /// All rows, of whichever part, by their first feature.
  func rows(_ data: Dataset) -> [[Float]] {
    [data.train, data.test].flatMap { samples in
      (0..<samples.count).map {
        Array(samples.features[$0 * data.featureCount..<($0 + 1) * data.featureCount])
      }
    }.sorted { $0[0] < $1[0] }
  }

  // MARK: Separators and header

  static let wine = "x,y,kind\n1,2.5,a\n2,3,b\n3,4,a\n"

  @Test(arguments: [";", "\t", "|", "  ", " \t ", ","])
  func `the separator shows in the lines`(separator: String) throws {
    let text = Self.wine.replacing(",", with: separator)
    #expect(rows(try load(text)) == [[1, 2.5], [2, 3], [3, 4]])
    let quoted = "\"x\",\"y\",\"kind\"\n1,2.5,\"a\"\n2,3,\"b\"\n3,4,\"a\"\n"
    #expect(
      rows(try load(quoted.replacing(",", with: separator))) == [[1, 2.5], [2, 3], [3, 4]])
  }

  @Test func `a separator may be any character, and spaces around rows are none`() throws {
    let text = Self.wine.replacing(",", with: "~")
    let data = try load(text) {
      $0.separator = SeparatorWord(parameterValue: .choice("~"))
    }
    #expect(rows(data) == [[1, 2.5], [2, 3], [3, 4]])
    let padded = Self.wine.split(separator: "\n").map { "   \($0.replacing(",", with: "   "))  " }
    #expect(rows(try load(padded.joined(separator: "\r\n"))) == [[1, 2.5], [2, 3], [3, 4]])
  }

  @Test func `a header with another separator in a name is read by what all rows have`() throws {
    let text = "\"x, mm\";y, mm;kind\n1;2.5;a\n2;3;b\n3;4;a\n"
    #expect(rows(try load(text)) == [[1, 2.5], [2, 3], [3, 4]])
    let unclear = refusal("x,y;kind\n1,2;a\n3,4;b\n")
    #expect(unclear.contains("'separator'") && unclear.contains("';'"), "\(unclear)")
  }

  @Test func `numbers may have a decimal comma`() throws {
    let text = "x;y;kind\n1;2,5;a\n2;-3,25e1;b\n3;4;a\n"
    #expect(refusal(text).contains("decimal: comma"))
    #expect(rows(try load(text) { $0.decimal = .comma }) == [[1, 2.5], [2, -32.5], [3, 4]])
    // Without a whole number among them, they are no categories either.
    #expect(refusal("x;y;kind\n1;2,5;a\n2;3,5;b\n3;2,5;a\n").contains("decimal: comma"))
    #expect(refusal("x,y,kind\n1,5%,a\n2,12%,b\n3,5%,a\n").contains("'5%'"))
    #expect(refusal("x;y;kind\n1;1.234,5;a\n") { $0.decimal = .comma }.contains("'1.234,5'"))
  }

  @Test(arguments: [
    "4.6,3.1,1\n6.3,2.5,2\n6.6,2.2,3\n", "5.1,3.5,setosa\n4.9,3.0,setosa\n",
    "39,State-gov,77516\n50,Private,83311\n", "vhigh,vhigh,2,2,unacc\nlow,med,4,4,acc\n",
  ])
  func `a first line that looks like a sample is refused with what to do`(text: String) {
    let refused = refusal(text, label: "1")
    #expect(refused.contains("a.csv:1:") && refused.contains("header: false"), "\(refused)")
  }

  @Test func `without a header columns have numbers`() throws {
    let text = "4.6,3.1,1\n6.3,2.5,2\n6.6,2.2,1\n"
    for label in ["3", "-1"] {
      let data = try load(text, label: label) { $0.header = false }
      #expect(rows(data) == [[4.6, 3.1], [6.3, 2.5], [6.6, 2.2]] && data.classCount == 2)
    }
    // Years are names if the scenario says so; counts are, as programs write them.
    let years = "1990,1991,kind\n1,2,a\n2,3,b\n3,4,a\n"
    #expect(refusal(years).contains("header: true"))
    #expect(try load(years) { $0.header = true }.featureCount == 2)
    #expect(try load("0,1,2,kind\n1,2,3,a\n2,3,4,b\n3,4,5,a\n").featureCount == 3)
  }

  // MARK: Columns

  static let wide = "id,w1,w2,place,kind\n7,1,2,5,a\n9,2,3,5,b\n8,3,4,6,a\n"

  @Test(
    arguments: [
      (["w1", "w2"], [[1, 2], [2, 3], [3, 4]]), (["w*"], [[1, 2], [2, 3], [3, 4]]),
      (["2-3"], [[1, 2], [2, 3], [3, 4]]), (["3", "2"], [[1, 2], [2, 3], [3, 4]]),
      (["w?", "kind"], [[1, 2], [2, 3], [3, 4]]), (["-2", "w1"], [[1, 5], [2, 5], [3, 6]]),
    ] as [([String], [[Float]])])
  func `columns are chosen by name, number, range or pattern, in the table's order`(
    columns: [String], expected: [[Float]]
  ) throws {
    #expect(rows(try load(Self.wide) { $0.columns = ColumnChoice(columns) }) == expected)
  }

  @Test func `columns are left out likewise, and mistakes name what there is`() throws {
    let data = try load(Self.wide) { $0.without = ColumnChoice(["id", "pl*"]) }
    #expect(rows(data) == [[1, 2], [2, 3], [3, 4]])
    for wrong in ["w3", "9", "0", "4-9", "v*"] {
      let refused = refusal(Self.wide) { $0.columns = ColumnChoice([wrong]) }
      #expect(refused.contains("no column '\(wrong)'"), "\(refused)")
    }
    #expect(refusal(Self.wide) { $0.without = ColumnChoice(["1-4"]) }.contains("beside the labels"))
  }

  @Test func `an index without a name is left out with a note; a named one is named`() throws {
    let pandas = ",x,kind\n0,5,a\n1,6,b\n2,7,a\n"
    let data = try load(pandas)
    #expect(rows(data) == [[5], [6], [7]])
    #expect(data.warnings.contains { $0.contains("'Unnamed: 0'") && $0.contains("left out") })
    // After a shuffle, and as R writes names of rows.
    #expect(try load("Unnamed: 0,x,kind\n17,5,a\n4,6,b\n9,7,a\n").featureCount == 1)
    #expect(
      try load("\"x\",\"kind\"\n\"1\",5,\"a\"\n\"2\",6,\"b\"\n\"3\",7,\"a\"\n").featureCount == 1)
    let kept = try load(pandas) { $0.columns = ColumnChoice(["Unnamed: 0", "x"]) }
    #expect(kept.featureCount == 1)
    let named = "id,x,kind\n" + (0..<12).map { "\($0),\($0 * $0),\($0 % 2)\n" }.joined()
    #expect(
      try load(named).warnings.contains { $0.contains("'id'") && $0.contains("without: [id]") })
  }

  @Test func `words become an input for each category, in order`() throws {
    let text = "x,place,kind\n1,up,a\n2,down,b\n3,up,a\n4,aside,b\n"
    let data = try load(text)
    #expect(
      rows(data) == [[1, 0, 0, 1], [2, 0, 1, 0], [3, 0, 0, 1], [4, 1, 0, 0]])
    #expect(data.warnings.contains { $0.contains("'place'") })
    let codes = "x,place,kind\n1,1,a\n2,20,b\n3,1.0,a\n4,01,b\n"
    let forced = try load(codes) { $0.categories = ColumnChoice(["place"]) }
    #expect(rows(forced) == [[1, 1, 0], [2, 0, 1], [3, 1, 0], [4, 1, 0]])
    let names = "x,name,kind\n" + (0..<30).map { "\($0),n\($0),\($0 % 2)\n" }.joined()
    let refused = refusal(names)
    #expect(refused.contains("30 different words") && refused.contains("without: [name]"))
  }

  @Test func `a test table has the categories of the training table`() throws {
    let text = "x,place,kind\n1,up,a\n2,down,b\n3,up,a\n"
    let data = try load(text, test: "x,place,kind\n9,down,b\n")
    #expect(data.test.features == [9, 1, 0])
    let refused = refusal(text, test: "x,place,kind\n9,aside,b\n")
    #expect(refused.contains("b.csv:2:") && refused.contains("down, up"), "\(refused)")
  }

  // MARK: Gaps

  @Test(arguments: ["?", "NA", "", "NaN", "n/a", "NULL"])
  func `a missing value is refused, dropped or the mean of the training samples`(
    mark: String
  ) throws {
    let text = "x,y,kind\n1,10,a\n2,\(mark),b\n3,30,a\n4,50,b\n"
    let refused = refusal(text)
    #expect(refused.contains("a.csv:3:") && refused.contains("'missing'"), "\(refused)")
    #expect(refused.contains("without: [y]"))
    let dropped = try load(text) { $0.missing = .drop }
    #expect(rows(dropped) == [[1, 10], [3, 30], [4, 50]])
    #expect(dropped.warnings.contains { $0.contains("1 of 4 rows") })
    var preparation = DataPreparation()
    preparation.normalization = .none
    let filled = try load(text, test: "x,y,kind\n7,\(mark),b\n8,100,a\n") { $0.missing = .mean }
    let prepared = try filled.prepared(preparation)
    #expect(rows(prepared) == [[1, 10], [2, 30], [3, 30], [4, 50], [7, 30], [8, 100]])
    #expect(filled.warnings.contains { $0.contains("1 in column 'y'") })
  }

  @Test func `a missing label is refused or its row dropped, but None may be a class`() throws {
    let text = "x,kind\n1,a\n2,?\n3,b\n4,None\n"
    #expect(refusal(text).contains("a.csv:3: a label in column 'kind' ('missing: drop'"))
    #expect(refusal(text) { $0.missing = .mean }.contains("a.csv:3:"))
    let data = try load(text) { $0.missing = .drop }
    #expect(data.classCount == 3 && rows(data) == [[1], [3], [4]])
  }

  @Test func `a missing word has the share of each category`() throws {
    let text = "x,place,kind\n1,up,a\n2,?,b\n3,up,a\n4,down,b\n"
    let data = try load(text, test: "x,place,kind\n9,up,b\n") { $0.missing = .mean }
    var preparation = DataPreparation()
    preparation.normalization = .none
    let third = Float(1) / 3
    #expect(rows(try data.prepared(preparation))[1] == [2, third, 2 * third])
  }

  @Test func `words among numbers are refused at the word`() {
    let late = refusal("x,kind\n1,a\n2,b\nhigh,a\n")
    #expect(late.contains("a.csv:4:") && late.contains("'high'") && late.contains("categories"))
    let early = refusal("x,kind\nhigh,a\n2,b\n3,a\n")
    #expect(early.contains("a.csv:2:") && early.contains("'high'"))
  }
}
