import Foundation

/// A folder with MNIST's four files, gzip or plain.
package struct IDXFolder {
  /// What the files are called, for messages.
  static let files = "{train,t10k}-{images-idx3,labels-idx1}-ubyte, gzip or plain"

  let path: String
  /// How to get the files, for the message when they are missing.
  let remedy: String
  /// Bytes that a file and its samples may take.
  let memoryLimit: Int

  package init(path: String, remedy: String, memoryLimit: Int = MemoryLimit.bytes) {
    self.path = path
    self.remedy = remedy
    self.memoryLimit = memoryLimit
  }

  /// What the bytes of pixels are divided by.
  static let largestPixel: Float = 255

  /// Both splits, pixels divided by 255.
  ///
  /// - Parameter classCount: `nil` for as many as the largest training label says.
  package func load(
    classCount: Int?
  ) throws(DatasetError) -> (train: Samples, test: Samples, classCount: Int) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(path: path, remedy: remedy)
    }
    let trainImages = try open(Self.trainImages, dimensionCount: 3)
    let trainLabels = try open("train-labels-idx1-ubyte", dimensionCount: 1)
    let testImages = try open("t10k-images-idx3-ubyte", dimensionCount: 3)
    let testLabels = try open("t10k-labels-idx1-ubyte", dimensionCount: 1)
    let trainSize = Array(trainImages.dimensions.dropFirst())
    let testSize = Array(testImages.dimensions.dropFirst())
    guard trainSize == testSize else {
      throw .imageSizeMismatch(
        train: trainImages.path, trainSize: trainSize, test: testImages.path, testSize: testSize)
    }
    let classes =
      classCount
      ?? trainLabels.bytes.dropFirst(trainLabels.header.length).reduce(0) {
        max($0, Int($1) + 1)
      }
    return (
      try samples(trainImages, trainLabels, classCount: classes),
      try samples(testImages, testLabels, classCount: classes), classes
    )
  }

  /// Pixels of an image, from the header alone.
  func featureCount() throws(DatasetError) -> Int {
    let file = place(of: Self.trainImages)
    let length = IDXHeader.length(dimensionCount: 3)
    let head = try FileBytes.head(file, count: length, remedy: remedy).bytes
    let bytes =
      Gzip.isGzip(head)
      ? try Gzip(FileBytes.read(file, remedy: remedy), path: file).prefix(length) : head
    return try IDXHeader(path: file, bytes: bytes, dimensionCount: 3).dimensions.dropFirst()
      .reduce(1, *)
  }

  private static let trainImages = "train-images-idx3-ubyte"

  private func place(of name: String) -> String {
    let plain = path + "/" + name
    return FileManager.default.fileExists(atPath: plain) ? plain : plain + ".gz"
  }

  private func open(_ name: String, dimensionCount: Int) throws(DatasetError) -> IDXFile {
    try IDXFile(
      path: place(of: name), remedy: remedy, dimensionCount: dimensionCount,
      memoryLimit: memoryLimit)
  }

  private func samples(
    _ images: IDXFile, _ labels: IDXFile, classCount: Int
  ) throws(DatasetError) -> Samples {
    guard images.dimensions[0] == labels.dimensions[0] else {
      throw .countMismatch(
        images: images.path, imageCount: images.dimensions[0], labels: labels.path,
        labelCount: labels.dimensions[0])
    }
    let classes = labels.bytes.dropFirst(labels.header.length).map(Int32.init)
    if let sample = classes.firstIndex(where: { $0 >= classCount }) {
      throw .labelOutOfRange(
        path: labels.path, sample: sample, label: Int(classes[sample]), classCount: classCount)
    }
    let begin = images.header.length
    let count = images.bytes.count - begin
    let features = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      images.bytes.withUnsafeBufferPointer { bytes in
        for index in 0..<count { buffer[index] = Float(bytes[begin + index]) / Self.largestPixel }
      }
      initialized = count
    }
    return Samples(featureCount: images.stride, features: features, labels: classes)
  }
}
