import Foundation

/// Arrays as little-endian bytes: 4 per step, 8 per value.
enum Packing {
  static func pack(_ numbers: [Int]) -> Data {
    let words = numbers.map { Int32(clamping: $0).littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  static func pack(_ numbers: [Double]) -> Data {
    let words = numbers.map { $0.bitPattern.littleEndian }
    return words.withUnsafeBytes { Data($0) }
  }

  static func integers(_ data: Data) -> [Int] {
    data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 4)).map {
        Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)))
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
