import Text

/// Handwritten digits of 8×8 pixels, the data set that always works.
///
/// The test part of "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak 1998, UCI Machine
/// Learning Repository, CC BY 4.0).
package enum Digits {
  /// The first 1,437 rows, and the last 360.
  ///
  /// The file names no writers. It goes sheet by sheet, each with the same digits in the same order: one begins at row 1,415,
  /// another at 1,545. So 108 of the test samples are from a sheet whose first 22 samples are trained on, and the other
  /// 252 from two sheets that no training sample is from.
  static let trainCount = 1437
  static let testCount = 360
  static let pixelCount = 64
  static let classCount = 10
  /// Pixels are counts of set points in 4×4 blocks.
  static let largestPixel = 16

  static func load() throws(DatasetError) -> (train: Samples, test: Samples) {
    try parse(ResourceFile.read("digits-8x8.csv"), path: "digits-8x8.csv")
  }

  /// Rows of 64 pixels and a label.
  package static func parse(
    _ bytes: [UInt8], path: String
  ) throws(DatasetError) -> (train: Samples, test: Samples) {
    var features: [Float] = []
    var labels: [Int32] = []
    features.reserveCapacity((trainCount + testCount) * pixelCount)
    var reader = CSVReader(bytes)
    while try reader.nextRow(of: path) {
      let line = reader.line
      let fields = reader.texts
      guard fields.count == pixelCount + 1 else {
        throw .malformedTable(
          path: path, line: line, expected: "\(pixelCount + 1) fields", found: "\(fields.count)")
      }
      for field in fields.dropLast() {
        features.append(
          Float(try integer(field, below: largestPixel + 1, path: path, line: line))
            / Float(largestPixel))
      }
      labels.append(
        Int32(try integer(fields[pixelCount], below: classCount, path: path, line: line)))
    }
    guard labels.count == trainCount + testCount else {
      throw .malformedTable(
        path: path, line: labels.count, expected: "\(trainCount + testCount) rows",
        found: "\(labels.count)")
    }
    return (
      Samples(
        featureCount: pixelCount, features: Array(features.prefix(trainCount * pixelCount)),
        labels: Array(labels.prefix(trainCount))),
      Samples(
        featureCount: pixelCount, features: Array(features.dropFirst(trainCount * pixelCount)),
        labels: Array(labels.dropFirst(trainCount)))
    )
  }

  private static func integer(
    _ text: String, below bound: Int, path: String, line: Int
  ) throws(DatasetError) -> Int {
    guard let value = Int(text), (0..<bound).contains(value) else {
      throw .malformedTable(
        path: path, line: line, expected: "an integer from 0 to \(bound - 1)", found: "'\(text)'")
    }
    return value
  }
}
