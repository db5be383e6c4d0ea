import CZlib
import Datasets
import Foundation

/// A folder that is gone when the body is done.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("bench-tests-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// A small copy of MNIST's four files that a test can spoil.
struct SmallIDXFolder {
  static let trainImages = "train-images-idx3-ubyte"
  static let trainLabels = "train-labels-idx1-ubyte"
  static let testImages = "t10k-images-idx3-ubyte"
  static let testLabels = "t10k-labels-idx1-ubyte"

  /// Three training images of 2×3 pixels, two to test.
  var files: [String: [UInt8]] = [
    trainImages: idx([3, 2, 3], Array(0..<17) + [255]),
    trainLabels: idx([3], [0, 9, 5]),
    testImages: idx([2, 2, 3], Array(100..<112)),
    testLabels: idx([2], [1, 2]),
  ]

  func write(to folder: String) throws {
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }

  /// What loading the folder throws.
  func failure() throws -> DatasetError? {
    try withTemporaryFolder { folder in
      try write(to: folder)
      do throws(DatasetError) {
        _ = try DatasetCatalogue.load("mnist", directory: folder)
        return nil
      } catch {
        return error
      }
    }
  }
}

/// An IDX file of bytes.
func idx(_ dimensions: [UInt32], _ data: [UInt8]) -> [UInt8] {
  let header = [0x0800 | UInt32(dimensions.count)] + dimensions
  return header.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    + data
}

/// `bytes` as one gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let level = Z_DEFAULT_COMPRESSION
  deflateInit2_(
    &stream, level, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) {
    output, count in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      deflate(&stream, Z_FINISH)
    }
    count = output.count - Int(stream.avail_out)
  }
}
