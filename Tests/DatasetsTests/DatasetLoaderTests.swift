import Datasets
import Foundation
import Testing

@Suite struct DatasetsLoaderTests {
  typealias Folder = SmallIDXFolder

  @Test(arguments: [false, true])
  func `four small files load with pixels in 0 to 1`(compressed: Bool) throws {
    var source = Folder()
    if compressed {
      source.files = Dictionary(
        uniqueKeysWithValues: source.files.map { ($0.key + ".gz", gzip($0.value)) })
    }
    let data = try withTemporaryFolder { folder in
      try source.write(to: folder)
      return try DatasetCatalogue.load("mnist", directory: folder)
    }
    #expect(data.featureCount == 6 && data.classCount == 10 && data.name == "mnist")
    #expect(data.train.count == 3 && data.test.count == 2)
    #expect(data.train.labels == [0, 9, 5] && data.test.labels == [1, 2])
    let pixels = Array(0..<17) + [255]
    #expect(data.train.features == pixels.map { Float($0) / 255 })
    #expect(data.test.features.last == Float(111) / 255)
  }

  @Test func `a folder named for the data set inside the given one is preferred`() throws {
    try withTemporaryFolder { folder in
      let own = folder + "/mnist"
      try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
      try Folder().write(to: own)
      #expect(try DatasetCatalogue.load("mnist", directory: folder).train.count == 3)
    }
  }

  @Test func `a missing folder is missing input and names the folder`() throws {
    let error = #expect(throws: DatasetError.self) {
      try DatasetCatalogue.load("fashion-mnist", directory: "/nowhere/at-all")
    }
    #expect(error?.isMissing == true)
    #expect(error?.description.contains("/nowhere/at-all") == true)
  }

  @Test func `a missing file is missing input and names the file`() throws {
    var source = Folder()
    source.files[Folder.testLabels] = nil
    let error = try #require(try source.failure())
    #expect(error.isMissing)
    #expect(error.description.contains(Folder.testLabels))
  }

  @Test func `a folder in place of a file cannot be read`() throws {
    try withTemporaryFolder { folder in
      var source = Folder()
      source.files[Folder.testLabels] = nil
      try source.write(to: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/" + Folder.testLabels, withIntermediateDirectories: true)
      let error = #expect(throws: DatasetError.self) {
        try DatasetCatalogue.load("mnist", directory: folder)
      }
      #expect(error?.isMissing == true)
      #expect(error?.description.contains("not a regular file") == true)
    }
  }

  @Test func `a data set without a usual place asks for a folder`() {
    let error = #expect(throws: DatasetError.self) {
      try DatasetCatalogue.load("mnist", directory: nil)
    }
    #expect(error?.isMissing == true)
    #expect(error?.description.contains("--data-dir") == true)
  }

  @Test func `an unknown name lists the known ones`() {
    #expect(
      throws: DatasetError.unknownDataset("mnits", known: DatasetCatalogue.entries.map(\.name))
    ) { try DatasetCatalogue.load("mnits", directory: nil) }
  }

  /// A spoilt file, and the words that its refusal must have beside the file's name.
  struct Spoilt: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    let bytes: [UInt8]
    let words: [String]
  }

  static let spoilt: [Spoilt] = [
    Spoilt(
      testDescription: "truncated images", file: Folder.trainImages,
      bytes: idx([3, 2, 3], Array(0..<17)), words: ["truncated", "34", "33"]),
    Spoilt(
      testDescription: "header cut short", file: Folder.trainImages,
      bytes: Array(idx([3, 2, 3], []).prefix(9)), words: ["truncated", "16", "9"]),
    Spoilt(
      testDescription: "no bytes at all", file: Folder.trainLabels, bytes: [],
      words: ["truncated", "8", "0"]),
    Spoilt(
      testDescription: "labels where images belong", file: Folder.testImages,
      bytes: idx([2], [1, 2]), words: ["0x00000801", "0x00000803"]),
    Spoilt(
      testDescription: "trailing bytes", file: Folder.trainLabels,
      bytes: idx([3], [0, 9, 5, 5]), words: ["11", "12"]),
    Spoilt(
      testDescription: "more labels than images", file: Folder.trainLabels,
      bytes: idx([4], [0, 9, 5, 5]), words: ["3 images", "4 labels", Folder.trainImages]),
    Spoilt(
      testDescription: "label out of range", file: Folder.testLabels,
      bytes: idx([2], [1, 10]), words: ["label 10", "sample 1", "0 to 9"]),
    Spoilt(
      testDescription: "test images of another size", file: Folder.testImages,
      bytes: idx([2, 3, 2], Array(0..<12)), words: ["2×3", "3×2", Folder.trainImages]),
    Spoilt(
      testDescription: "counts whose product overflows", file: Folder.trainImages,
      bytes: idx([.max, .max, .max], [1]), words: ["implausible", "4294967295×"]),
    Spoilt(
      testDescription: "huge counts that a machine could still multiply", file: Folder.trainImages,
      bytes: idx([.max, 1, 4], [1]), words: ["truncated", "17179869196"]),
    Spoilt(
      testDescription: "no images", file: Folder.trainImages,
      bytes: idx([0, 2, 3], []), words: ["no data", "0×2×3"]),
    Spoilt(
      testDescription: "images without pixels", file: Folder.trainImages,
      bytes: idx([3, 0, 3], []), words: ["no data", "3×0×3"]),
  ]

  @Test(arguments: spoilt)
  func `a spoilt file is refused by name, plain or compressed`(spoilt: Spoilt) throws {
    for compressed in [false, true] {
      var source = Folder()
      source.files[spoilt.file] = nil
      source.files[spoilt.file + (compressed ? ".gz" : "")] =
        compressed ? gzip(spoilt.bytes) : spoilt.bytes
      let error = try #require(try source.failure())
      #expect(!error.isMissing)
      for word in spoilt.words + [spoilt.file] {
        #expect(error.description.contains(word), "\(error)")
      }
    }
  }

  @Test func `gzip damage anywhere is refused`() throws {
    let good = gzip(idx([3, 2, 3], Array(0..<17) + [255]))
    // What follows the end is refused even if it ends in the right length.
    var bad: [[UInt8]] = [
      good + [1], good + [0, 1], good + Array(good.suffix(4)), good + good.prefix(20),
      Array(good.prefix(10)), [0x1F, 0x8B],
    ]
    bad += (10..<good.count).map { Array(good.prefix($0)) }
    // Everything after the fixed header is covered by deflate's structure, the checksum or the length.
    for index in 10..<good.count {
      var flipped = good
      flipped[index] ^= 0x55
      bad.append(flipped)
    }
    for bytes in bad {
      var source = Folder()
      source.files[Folder.trainImages] = nil
      source.files[Folder.trainImages + ".gz"] = bytes
      let error = try #require(try source.failure())
      guard case .damagedGzip(let path, _) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(path.hasSuffix(Folder.trainImages + ".gz"))
    }
  }

  /// RFC 1952, section 2.2: parallel compressors and `cat a.gz b.gz` write several members; tapes and blocks are filled up with
  /// zero bytes.
  @Test func `members one after the other are one file, with zero bytes after them or not`() throws
  {
    let plain = idx([3, 2, 3], Array(0..<17) + [255])
    let members: [[UInt8]] = [
      gzip(Array(plain.prefix(5))) + gzip(Array(plain.dropFirst(5))),
      gzip(plain) + [UInt8](repeating: 0, count: 700),
      plain.reduce(into: []) { $0 += gzip([$1]) } + [0],
      gzip([]) + gzip(plain) + gzip([]),
    ]
    for bytes in members {
      var source = Folder()
      source.files[Folder.trainImages] = nil
      source.files[Folder.trainImages + ".gz"] = bytes
      let data = try withTemporaryFolder { folder in
        try source.write(to: folder)
        return try DatasetCatalogue.load("mnist", directory: folder)
      }
      #expect(data.train.features.last == 1 && data.train.count == 3)
    }
    var twice = Folder()
    twice.files[Folder.trainImages] = nil
    twice.files[Folder.trainImages + ".gz"] = gzip(plain) + gzip(plain)
    #expect(try twice.failure()?.description.contains("34 bytes expected, 68 found") == true)
  }

  @Test func `a gzip trailer that promises gigabytes allocates nothing`() throws {
    var bytes = gzip(idx([3], [0, 9, 5]))
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0xFF, 0xFF, 0xFF, 0xFF])
    var source = Folder()
    source.files[Folder.trainLabels] = nil
    source.files[Folder.trainLabels + ".gz"] = bytes
    #expect(try source.failure()?.description.contains("trailer") == true)
  }
}
