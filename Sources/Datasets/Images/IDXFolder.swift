import Foundation

/// A folder with a data set in four IDX files, gzip or plain.
package struct IDXFolder {
  /// What the files are called, for messages.
  static let files = "{train,t10k}-{images-idx3,labels-idx1}-ubyte, gzip or plain"

  let path: String
  /// Of the files' names, where the folder has several sets.
  let prefix: String?
  /// How to get the files, for the message when they are missing.
  let remedy: String
  /// Bytes that a file and its samples may take.
  let memoryLimit: Int

  package init(
    path: String, prefix: String? = nil, remedy: String, memoryLimit: Int = MemoryLimit.bytes
  ) {
    self.path = path
    self.prefix = prefix
    self.remedy = remedy
    self.memoryLimit = memoryLimit
  }

  /// What the bytes of pixels are divided by.
  static let largestPixel: Float = 255

  /// What a folder holds.
  package struct Content: Sendable {
    package var train: Samples
    package var test: Samples
    package var classCount: Int
    /// `nil` for rows of numbers.
    package var image: ImageSize?
    package var notes: [String]
  }

  /// Both splits, pixels divided by 255.
  ///
  /// - Parameter classCount: `nil` for as many as the training labels say.
  package func load(classCount: Int?) throws(DatasetError) -> Content {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(path: path, remedy: remedy)
    }
    let names = try IDXNames(folder: path, prefix: prefix, remedy: remedy)
    let trainImages = try open(names, .trainImages)
    let trainLabels = try open(names, .trainLabels)
    let testImages = try open(names, .testImages)
    let testLabels = try open(names, .testLabels)
    let trainSize = Array(trainImages.dimensions.dropFirst())
    let testSize = Array(testImages.dimensions.dropFirst())
    guard trainSize == testSize else {
      throw .imageSizeMismatch(
        train: trainImages.path, trainSize: trainSize, test: testImages.path, testSize: testSize)
    }
    let labels = try IDXLabels(train: trainLabels, test: testLabels, classCount: classCount)
    return Content(
      train: try samples(trainImages, trainLabels, labels.train),
      test: try samples(testImages, testLabels, labels.test), classCount: labels.classCount,
      image: trainImages.header.imageSize, notes: labels.notes)
  }

  /// The size of an image and the numbers in it, from the header alone.
  func size() throws(DatasetError) -> (featureCount: Int, image: ImageSize?) {
    let names = try IDXNames(folder: path, prefix: prefix, remedy: remedy)
    let file = try names.path(of: .trainImages)
    let head = try FileBytes.head(file, count: IDXHeader.longest, remedy: remedy).bytes
    let bytes =
      Gzip.isGzip(head)
      ? try Gzip(FileBytes.read(file, remedy: remedy), path: file).prefix(IDXHeader.longest) : head
    let header = try IDXHeader(path: file, bytes: bytes, kind: .images)
    return (header.dimensions.dropFirst().reduce(1, *), header.imageSize)
  }

  private func open(_ names: IDXNames, _ part: IDXNames.Part) throws(DatasetError) -> IDXFile {
    let isImages = part == .trainImages || part == .testImages
    return try IDXFile(
      path: names.path(of: part), remedy: remedy, kind: isImages ? .images : .labels,
      memoryLimit: memoryLimit)
  }

  private func samples(
    _ images: IDXFile, _ labels: IDXFile, _ classes: [Int32]
  ) throws(DatasetError) -> Samples {
    guard images.dimensions[0] == labels.dimensions[0] else {
      throw .countMismatch(
        images: images.path, imageCount: images.dimensions[0], labels: labels.path,
        labelCount: labels.dimensions[0])
    }
    let begin = images.header.length
    let count = images.bytes.count - begin
    let channels = images.header.hasChannelsLast ? images.dimensions[3] : 1
    let plane = images.stride / channels
    let features = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      images.bytes.withUnsafeBufferPointer { bytes in
        if channels == 1 {
          for index in 0..<count { buffer[index] = Float(bytes[begin + index]) / Self.largestPixel }
        } else {
          // Networks take a channel after the other.
          for index in 0..<count {
            let (sample, rest) = index.quotientAndRemainder(dividingBy: channels * plane)
            let (channel, pixel) = rest.quotientAndRemainder(dividingBy: plane)
            let source = begin + (sample * plane + pixel) * channels + channel
            buffer[index] = Float(bytes[source]) / Self.largestPixel
          }
        }
      }
      initialized = count
    }
    return Samples(featureCount: images.stride, features: features, labels: classes)
  }
}

extension IDXHeader {
  /// Numbers of channels that pictures have: gray, gray with opacity, colors, colors with opacity.
  private static let usualChannels = 1...4

  /// Whether the channels of a pixel are beside each other.
  var hasChannelsLast: Bool {
    dimensions.count == 4 && !Self.usualChannels.contains(dimensions[1])
      && Self.usualChannels.contains(dimensions[3])
  }

  /// Rows and columns as the header says, and channels in the second or last of four dimensions; `nil` for rows of numbers.
  var imageSize: ImageSize? {
    switch dimensions.count {
    case 3: ImageSize(height: dimensions[1], width: dimensions[2])
    case 4 where hasChannelsLast:
      ImageSize(channels: dimensions[3], height: dimensions[1], width: dimensions[2])
    case 4: ImageSize(channels: dimensions[1], height: dimensions[2], width: dimensions[3])
    default: nil
    }
  }
}
