import Foundation

/// Arrays as little-endian bytes, 8 per number.
enum Packing {
  static func pack(_ numbers: [Int]) -> Data {
    let words = numbers.map { Int64($0).littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  static func pack(_ numbers: [Double]) -> Data {
    let words = numbers.map { $0.bitPattern.littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  static func integers(_ data: Data) -> [Int] {
    data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 8)).map {
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
