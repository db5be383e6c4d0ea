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

  static func integers(_ data: Data) -> [Int] {
    data.withUnsafeBytes { bytes in
      if bytes.count == 20 {
        let first = Int(Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)))
        let distance = Int(
          Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int64.self)))
        let count = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        return (0..<Int(count)).map { first &+ distance &* $0 }
      }
      return (0..<(bytes.count / 8)).map {
        Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
      }
    }
  }

  static func doubles(_ data: Data) -> [Double] {
    data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 8)).map {
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }
}
