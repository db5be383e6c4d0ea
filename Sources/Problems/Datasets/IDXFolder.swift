import Foundation

/// A folder with MNIST's four files, gzip or plain.
struct IDXFolder {
  let path: String
  /// How to get the files, for the message when they are missing.
  let remedy: String

  /// Both splits, pixels divided by 255.
  func load(classCount: Int) throws(DatasetError) -> (train: Samples, test: Samples) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(path: path, remedy: remedy)
    }
    let trainImages = try open("train-images-idx3-ubyte", dimensionCount: 3)
    let trainLabels = try open("train-labels-idx1-ubyte", dimensionCount: 1)
    let testImages = try open("t10k-images-idx3-ubyte", dimensionCount: 3)
    let testLabels = try open("t10k-labels-idx1-ubyte", dimensionCount: 1)
    let trainSize = Array(trainImages.dimensions.dropFirst())
    let testSize = Array(testImages.dimensions.dropFirst())
    guard trainSize == testSize else {
      throw .imageSizeMismatch(
        train: trainImages.path, trainSize: trainSize, test: testImages.path, testSize: testSize)
    }
    return (
      try samples(trainImages, trainLabels, classCount: classCount),
      try samples(testImages, testLabels, classCount: classCount)
    )
  }

  private func open(_ name: String, dimensionCount: Int) throws(DatasetError) -> IDXFile {
    let plain = path + "/" + name
    let file = FileManager.default.fileExists(atPath: plain) ? plain : plain + ".gz"
    return try IDXFile(
      path: file, bytes: FileBytes.readDecompressed(file, remedy: remedy),
      dimensionCount: dimensionCount)
  }

  private func samples(
    _ images: IDXFile, _ labels: IDXFile, classCount: Int
  ) throws(DatasetError) -> Samples {
    guard images.dimensions[0] == labels.dimensions[0] else {
      throw .countMismatch(
        images: images.path, imageCount: images.dimensions[0], labels: labels.path,
        labelCount: labels.dimensions[0])
    }
    let classes = labels.bytes.dropFirst(labels.headerLength).map(Int32.init)
    if let sample = classes.firstIndex(where: { $0 >= classCount }) {
      throw .labelOutOfRange(
        path: labels.path, sample: sample, label: Int(classes[sample]), classCount: classCount)
    }
    let count = images.bytes.count - images.headerLength
    let features = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      images.bytes.withUnsafeBufferPointer { bytes in
        for index in 0..<count { buffer[index] = Float(bytes[images.headerLength + index]) / 255 }
      }
      initialized = count
    }
    return Samples(featureCount: images.stride, features: features, labels: classes)
  }
}
