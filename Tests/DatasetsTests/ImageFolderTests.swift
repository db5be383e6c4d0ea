import Datasets
import Foundation
import Testing

/// Image sets as people have them.
@Suite struct ImageFolderTests {
  typealias Folder = SmallIDXFolder

  private func load(
    _ files: [String: [UInt8]], _ change: (inout IDXSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withTemporaryFolder { path in
      var folder = Folder()
      folder.files = files
      try folder.write(to: path)
      var source = IDXSource()
      source.folder = path
      change(&source)
      return try DatasetSource.idx(source).load(directory: nil)
    }
  }

  private func renamed(_ change: (String) -> String) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: Folder().files.map { (change($0.key), $0.value) })
  }

  @Test(arguments: [
    ("-idx", ".idx"), ("t10k", "test"), ("train-", "emnist-letters-train-"),
    ("train-", "QMNIST-train-"), ("-", "_"), ("-idx3-ubyte", ""), ("ubyte", "UBYTE"),
  ])
  func `names are found as archives spell them`(old: String, new: String) throws {
    let files = renamed { name in
      let name = name.replacing(old, with: new)
      // A prefix is before all four.
      guard new.hasSuffix("-train-"), name.hasPrefix("t10k") else { return name }
      return name.replacing("t10k", with: new.dropLast(6) + "test")
    }
    for data in [try load(files), try load(files.mapKeys { $0 + ".gz" }.mapValues(gzip))] {
      #expect(data.train.count == 3 && data.test.labels == [1, 2])
    }
  }

  @Test func `a missing file is reported with what the folder has`() throws {
    var files = renamed { $0 }
    files["train-pictures-idx3-ubyte"] = files.removeValue(forKey: Folder.trainImages)
    let error = #expect(throws: DatasetError.self) { try load(files) }
    #expect(error?.isMissing == true)
    #expect(error?.description.contains(Folder.trainImages) == true)
    #expect(error?.description.contains("the folder has t10k-images") == true, "\(error!)")
  }

  @Test func `one of several sets in a folder is named by its prefix`() throws {
    var files = renamed { "emnist-letters-" + $0.replacing("t10k", with: "test") }
    files.merge(renamed { "emnist-digits-" + $0.replacing("t10k", with: "test") }) { $1 }
    let error = #expect(throws: DatasetError.self) { try load(files) }
    #expect(error?.description.contains("emnist-digits, emnist-letters") == true)
    #expect(try load(files) { $0.prefix = "emnist-letters" }.train.count == 3)
    let wrong = #expect(throws: DatasetError.self) { try load(files) { $0.prefix = "emnist" } }
    #expect(wrong?.description.contains("emnist-digits, emnist-letters") == true)
    // MNIST's own names need none.
    #expect(try load(files.merging(Folder().files) { $1 }).train.count == 3)
  }

  @Test func `rows and columns are those of the header`() throws {
    var files = Folder().files
    files[Folder.trainImages] = idx([3, 1, 4], Array(0..<12))
    files[Folder.testImages] = idx([2, 1, 4], Array(100..<108))
    let data = try load(files)
    #expect(data.image == ImageSize(height: 1, width: 4) && data.form.image == data.image)
    #expect(try data.prepared(DataPreparation()).image == data.image)
    var preparation = DataPreparation()
    preparation.normalization = .standard
    preparation.validation = .count(1)
    #expect(try data.prepared(preparation).image == data.image)
  }

  @Test func `channels are second or last, and one after the other in memory`() throws {
    // Three images of 5×2 pixels in three colors.
    func value(_ image: Int, _ channel: Int, _ pixel: Int) -> UInt8 {
      UInt8(80 * image + 10 * channel + pixel)
    }
    var (first, last): ([UInt8], [UInt8]) = ([], [])
    for image in 0..<3 {
      for channel in 0..<3 { first += (0..<10).map { value(image, channel, $0) } }
      for pixel in 0..<10 { last += (0..<3).map { value(image, $0, pixel) } }
    }
    let layouts: [([UInt32], [UInt8])] = [([3, 5, 2], first), ([5, 2, 3], last)]
    for (dimensions, bytes) in layouts {
      var files = Folder().files
      files[Folder.trainImages] = idx([3] + dimensions, bytes)
      files[Folder.testImages] = idx([2] + dimensions, bytes.prefix(60).map { $0 + 1 })
      let data = try load(files)
      #expect(data.image == ImageSize(channels: 3, height: 5, width: 2))
      #expect(data.train.features == first.map { Float($0) / 255 })
    }
  }

  @Test func `rows of numbers are no images`() throws {
    var files = Folder().files
    files[Folder.trainImages] = idx([3, 4], Array(0..<12))
    files[Folder.testImages] = idx([2, 4], Array(100..<108))
    let data = try load(files)
    #expect(data.image == nil && data.featureCount == 4)
  }

  /// QMNIST's labels: eight 32-bit numbers a sample, the class first.
  @Test func `labels may be the first of several whole numbers`() throws {
    func labels(_ classes: [UInt8]) -> [UInt8] {
      let header: [UInt8] = [0, 0, 0x0C, 2, 0, 0, 0, UInt8(classes.count), 0, 0, 0, 8]
      return header + classes.flatMap { [0, 0, 0, $0] + [UInt8](repeating: 1, count: 28) }
    }
    var files = Folder().files
    files[Folder.trainLabels] = nil
    files[Folder.testLabels] = nil
    files["qmnist-train-labels-idx2-int"] = labels([0, 9, 5])
    files["qmnist-test-labels-idx2-int"] = labels([1, 2])
    files["qmnist-train-images-idx3-ubyte"] = files.removeValue(forKey: Folder.trainImages)
    files["qmnist-test-images-idx3-ubyte"] = files.removeValue(forKey: Folder.testImages)
    let data = try load(files)
    #expect(data.train.labels == [0, 9, 5] && data.test.labels == [1, 2])
    #expect(data.classCount == 10)
  }

  /// As EMNIST's letters, 1 to 26.
  @Test func `labels from 1 are classes from 0, with a note`() throws {
    var files = Folder().files
    files[Folder.trainLabels] = idx([3], [1, 26, 3])
    files[Folder.testLabels] = idx([2], [2, 1])
    let data = try load(files)
    #expect(
      data.classCount == 26 && data.train.labels == [0, 25, 2] && data.test.labels == [1, 0])
    #expect(data.warnings.contains { $0.contains("labels begin at 1") })
    #expect(try load(files) { $0.classes = 26 }.train.labels == [0, 25, 2])
    // More classes than the labels need leave them as they are.
    #expect(try load(files) { $0.classes = 27 }.train.labels == [1, 26, 3])
    files[Folder.testLabels] = idx([2], [0, 1])
    #expect(try load(files).train.labels == [1, 26, 3])
    files[Folder.testLabels] = idx([2], [27, 1])
    let error = #expect(throws: DatasetError.self) { try load(files) }
    #expect(error?.description.contains("label 27 of sample 0") == true)
  }

  @Test func `a folder whose test files are the training files is refused`() throws {
    var files = Folder().files
    files[Folder.testImages] = files[Folder.trainImages]
    files[Folder.testLabels] = files[Folder.trainLabels]
    let error = #expect(throws: DatasetError.self) { try load(files) }
    #expect(error?.description.contains("same samples as the training set") == true)
  }

  @Test func `a class for each of many images is refused`() throws {
    var files = Folder().files
    files[Folder.trainImages] = idx([30, 2, 3], (0..<180).map { UInt8($0) })
    files[Folder.trainLabels] = idx([30], (0..<30).map { UInt8($0) })
    let error = #expect(throws: DatasetError.self) { try load(files) }
    #expect(error?.description.contains("30 classes in 30 training samples") == true)
  }
}

extension Dictionary {
  fileprivate func mapKeys(_ change: (Key) -> Key) -> Self {
    Dictionary(uniqueKeysWithValues: map { (change($0.key), $0.value) })
  }
}
