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

  @Test func `every entry of the catalogue says what loading gives`() throws {
    let found = DatasetCatalogue.entries.filter { $0.isEmbedded || $0.defaultDirectory != nil }
    #expect(found.map(\.name) == ["digits", "fashion-mnist"])
    for entry in found {
      if let folder = entry.defaultDirectory {
        try #require(
          FileManager.default.fileExists(atPath: folder), "scripts/setup installs \(entry.name)")
      }
      let data = try DatasetCatalogue.load(entry.name, directory: nil)
      #expect(data.name == entry.name && data.title == entry.title)
      #expect(data.featureCount == entry.featureCount && data.classCount == entry.classCount)
      #expect(data.train.count == entry.trainCount && data.test.count == entry.testCount)
      for samples in [data.train, data.test] {
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
