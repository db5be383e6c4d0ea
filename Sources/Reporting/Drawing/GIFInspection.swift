import Foundation

/// Check of an animated GIF written by gnuplot (CompuServe 1990, "Graphics Interchange Format", version 89a).
package enum GIFInspection {
  /// Fault of the file; `nil` for a complete animation with the given size and number of frames.
  package static func fault(in path: String, width: Int, height: Int, frames: Int) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else {
      return "no picture was written"
    }
    let bytes = [UInt8](data)
    guard !bytes.isEmpty else { return "the picture is empty" }
    guard bytes.count > 13, bytes.starts(with: Array("GIF89a".utf8)) else {
      return "the picture is not a GIF file"
    }
    let size = (Int(bytes[6]) | Int(bytes[7]) << 8, Int(bytes[8]) | Int(bytes[9]) << 8)
    guard size == (width, height) else {
      return "the picture measures \(size.0)×\(size.1) instead of \(width)×\(height)"
    }
    guard let found = count(bytes) else { return "the picture is incomplete" }
    return found == frames ? nil : "the animation has \(found) frames instead of \(frames)"
  }

  /// Number of frames up to the trailer; `nil` without a trailer.
  private static func count(_ bytes: [UInt8]) -> Int? {
    func tableLength(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
    var position = 13 + tableLength(bytes[10])
    var count = 0
    while position < bytes.count {
      switch bytes[position] {
      case 0x3B: return count
      case 0x21: position += 2
      case 0x2C:
        guard position + 9 < bytes.count else { return nil }
        count += 1
        position += 11 + tableLength(bytes[position + 9])
      default: return nil
      }
      // Data blocks, each after its length, up to an empty one.
      while position < bytes.count, bytes[position] != 0 { position += Int(bytes[position]) + 1 }
      position += 1
    }
    return nil
  }
}
