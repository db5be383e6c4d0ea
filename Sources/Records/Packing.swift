import Foundation

/// Arrays as little-endian bytes, 8 per number; whole numbers that are evenly spaced, as steps mostly are, as their first one, their
/// distance and, in 4 bytes, their count. Nothing else has a length of 20 bytes.
enum Packing {
  static func pack(_ numbers: [Int]) -> Data {
    if let progression = progression(numbers) { return progression }
    let words = numbers.map { Int64($0).littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  private static func progression(_ numbers: [Int]) -> Data? {
    guard numbers.count >= 3, let count = UInt32(exactly: numbers.count) else { return nil }
    let distance = numbers[1] - numbers[0]
    for index in 2..<numbers.count where numbers[index] - numbers[index - 1] != distance {
      return nil
    }
    var data = Data()
    for number in [numbers[0], distance] {
      withUnsafeBytes(of: Int64(number).littleEndian) { data.append(contentsOf: $0) }
    }
    withUnsafeBytes(of: count.littleEndian) { data.append(contentsOf: $0) }
    return data
  }

  static func pack(_ numbers: [Double]) -> Data {
    let words = numbers.map { $0.bitPattern.littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  /// - Parameter count: Of the values that the numbers belong to. No memory is taken for any other count, whatever the data claim.
  /// - Returns: `nil` unless `data` are that many numbers that are not negative and do not descend, as steps and epochs are.
  static func steps(_ data: Data, count: Int) -> [Int]? {
    data.withUnsafeBytes { bytes in
      func word(_ index: Int) -> Int {
        Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: Int64.self)))
      }
      if bytes.count == 20 {
        let claimed = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        let (first, distance) = (word(0), word(1))
        let (width, overflows) = distance.multipliedReportingOverflow(by: max(0, count - 1))
        guard Int(claimed) == count, first >= 0, distance >= 0, !overflows,
          !first.addingReportingOverflow(width).overflow
        else { return nil }
        return (0..<count).map { first + distance * $0 }
      }
      guard bytes.count == 8 * count else { return nil }
      var numbers: [Int] = []
      numbers.reserveCapacity(count)
      var former = 0
      for index in 0..<count {
        let number = word(index)
        guard number >= former else { return nil }
        numbers.append(number)
        former = number
      }
      return numbers
    }
  }

  /// - Returns: `nil` for data that are no whole number of numbers.
  static func doubles(_ data: Data) -> [Double]? {
    guard data.count.isMultiple(of: 8) else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 8)).map {
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }
}
