import Datasets
import Foundation
import Testing

@Suite struct DatasetsShippedTests {
  @Test func `digits load without a folder`() throws {
    let digits = try DatasetCatalogue.load("digits", directory: "/nowhere/at-all")
    #expect(digits.train.count == 1437 && digits.test.count == 360)
    #expect(digits.featureCount == 64 && digits.classCount == 10)
    #expect(digits.train.features.allSatisfy { (0...1).contains($0) })
    // The first row of the file: a zero, whose third pixel is 5 of 16.
    #expect(digits.train.labels[0] == 0 && digits.train.features[2] == 5.0 / 16)
    // UCI's table of the 1,797 test samples per class.
    let perClass = (0..<10).map { digit in
      (digits.train.labels + digits.test.labels).filter { $0 == digit }.count
    }
    #expect(perClass == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  /// Every sheet of the file has the same digits in the same order, so that the labels show where one begins.
  @Test func `of the test digits 108 are from a sheet whose first 22 are trained on`() throws {
    let digits = try DatasetCatalogue.load("digits", directory: nil)
    let labels = digits.train.labels + digits.test.labels
    let sheet = Array(labels[0..<130])
    // The last digits of a sheet, and the first of the next one.
    for begin in [1287, 1415, 1545, 1667] {
      #expect(
        Array(labels[begin - 4..<begin]) == [0, 8, 9, 8]
          || Array(labels[begin - 4..<begin]) == [4, 9, 0, 8])
      #expect(Array(labels[begin..<begin + 16]) == Array(sheet[0..<16]))
    }
    let trained = 1415..<digits.train.count
    #expect(trained.count == 22 && (digits.train.count..<1545).count == 108)
    #expect(Array(labels[trained]) == Array(sheet[0..<22]))
  }

  /// Digests of NumPy's output: `make_dataset(get_dataset_args())` of mnist1d 0.0.2.post1 with NumPy 2.4.6 and SciPy 1.17.1, the
  /// features as `float32`, the labels as `int32`, by FNV-1a in 64 bits.
  @Test func `MNIST-1D is as its package makes it, bit for bit`() throws {
    func digest<Number: BitwiseCopyable>(_ numbers: [Number]) -> UInt64 {
      numbers.withUnsafeBytes { bytes in
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      }
    }
    let data = try DatasetCatalogue.load("mnist-1d", directory: nil)
    #expect(data.train.features.prefix(4) == [-0.33200568, -0.47191036, -0.7786971, -1.0097408])
    #expect(data.test.features.suffix(2) == [0.87773436, 1.1931518])
    #expect(digest(data.train.features) == 0xC987_3036_B822_B139)
    #expect(digest(data.test.features) == 0x728D_42B4_EC14_ADA5)
    #expect(digest(data.train.labels) == 0x7CE1_52A7_BCA3_8B71)
    #expect(digest(data.test.labels) == 0x68E5_3DA2_C28D_E181)
  }

  /// UCI's and the paper's tables: 212 malignant and 357 benign samples; progression from 25 to 346 with mean 152.13.
  @Test func `the tables are whole`() throws {
    let cells = try DatasetCatalogue.load("breast-cancer", directory: nil)
    let classes = cells.train.labels + cells.test.labels
    // In alphabetic order: benign, malignant.
    #expect(classes.count { $0 == 0 } == 357 && classes.count { $0 == 1 } == 212)
    let diabetes = try DatasetCatalogue.load("diabetes", directory: nil)
    let values = try #require(diabetes.train.values) + #require(diabetes.test.values)
    #expect(values.min() == 25 && values.max() == 346)
    #expect(abs(values.reduce(0, +) / 442 - 152.1335) < 1e-3)
  }

  @Test func `every entry of the catalogue says what loading gives`() throws {
    let found = DatasetCatalogue.entries.filter { $0.isEmbedded || $0.defaultDirectory != nil }
    #expect(
      found.map(\.name) == ["digits", "mnist-1d", "breast-cancer", "diabetes", "fashion-mnist"])
    for entry in found {
      if let folder = entry.defaultDirectory {
        try #require(
          FileManager.default.fileExists(atPath: folder), "scripts/setup installs \(entry.name)")
      }
      let data = try DatasetCatalogue.load(entry.name, directory: nil)
      #expect(data.name == entry.name && data.title == entry.title)
      #expect(data.featureCount == entry.featureCount && data.classCount == entry.classCount)
      #expect(data.train.count == entry.trainCount && data.test.count == entry.testCount)
      #expect(data.predictsValues == entry.form.predictsValues)
      for samples in [data.train, data.test] where data.storedScale != nil {
        #expect(samples.features.max() == 1 && samples.features.min() == 0)
      }
      if entry.name == "fashion-mnist" {
        // Xiao et al. 2017: the classes are of equal size.
        for digit in 0..<10 {
          #expect(data.train.labels.count { $0 == digit } == 6000)
          #expect(data.test.labels.count { $0 == digit } == 1000)
        }
      }
    }
  }

  @Test func `a table of digits with a bad row is refused with its line`() {
    let row = Array(repeating: "0", count: 64).joined(separator: ",") + ",3\n"
    let bad: [(String, String)] = [
      (row + "1,2,3\n", "d.csv:2: 65 fields expected, found 3"),
      (row.replacing("0,0,0,3", with: "0,17,0,3"), "d.csv:1: an integer from 0 to 16"),
      (row.replacing(",3\n", with: ",x\n"), "d.csv:1: an integer from 0 to 9"),
      (row.replacing(",3\n", with: ",10\n"), "found '10'"),
      (row, "1797 rows expected, found 1"), ("", "1797 rows"),
    ]
    for (text, words) in bad {
      let error = #expect(throws: DatasetError.self) {
        try Digits.parse(Array(text.utf8), path: "d.csv")
      }
      #expect(error?.description.contains(words) == true, "\(error.map(String.init) ?? "none")")
    }
  }

  @Test func `four years of temperatures load`() throws {
    let temperature = try DailyTemperature.load()
    #expect(temperature.dates.count == 1461 && temperature.celsius.count == 1461)
    #expect(temperature.dates.first == "2012-01-01" && temperature.dates.last == "2015-12-31")
    #expect(temperature.dates == temperature.dates.sorted())
    #expect(temperature.celsius.first == 12.8)
    // Seattle's records are −18 and 42 °C.
    #expect(temperature.celsius.allSatisfy { (-18...42).contains($0) })
  }

  @Test(arguments: [
    "date,c\n2012-01-01\n", "date,c\n2012-01-01,warm\n", "date,c\n2012-01-01,nan\n", "date,c\n", "",
  ])
  func `a bad table of temperatures is refused`(text: String) {
    let error = #expect(throws: DatasetError.self) {
      try DailyTemperature.parse(Array(text.utf8), path: "t.csv")
    }
    #expect(error?.description.hasPrefix("t.csv:2: ") == true)
    #expect(error?.isMissing == false)
  }
}
