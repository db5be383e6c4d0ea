import CZlib
import Foundation

/// What is wrong with a PNG file that gnuplot left, if anything.
///
/// A full disk, or a process that dies late, leaves a file that only looks like a picture
/// (Portable Network Graphics, third edition, W3C 2025, sections 5 and 9).
package enum PNGInspection {
  /// `nil` for a whole picture of the size asked for that shows something.
  package static func fault(in path: String, width: Int, height: Int) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else {
      return "no picture was made"
    }
    let bytes = [UInt8](data)
    guard bytes.count > 8 else { return "the picture is empty" }
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      return "the picture is not a PNG file"
    }
    var position = 8
    var header: [UInt8] = []
    var compressed: [UInt8] = []
    var isComplete = false
    while position + 12 <= bytes.count, !isComplete {
      let length = integer(bytes[position..<(position + 4)])
      let name = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
      guard position + 12 + length <= bytes.count else { break }
      let body = bytes[(position + 8)..<(position + 8 + length)]
      switch name {
      case "IHDR": header = Array(body)
      case "IDAT": compressed += body
      case "IEND": isComplete = true
      default: break
      }
      position += 12 + length
    }
    guard isComplete, header.count == 13 else { return "the picture is cut off" }
    let size = (width: integer(header[0..<4]), height: integer(header[4..<8]))
    guard size == (width, height) else {
      return "the picture measures \(size.width)×\(size.height) instead of \(width)×\(height)"
    }
    // Colour types: 0 grey, 2 RGB, 3 indexed, 4 grey and alpha, 6 RGB and alpha.
    guard let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(header[9])] else {
      return "the picture has an unknown colour type"
    }
    let rowLength = 1 + (width * samples * Int(header[8]) + 7) / 8
    guard let pixels = inflated(compressed, count: rowLength * height) else {
      return "the picture is damaged"
    }
    return isBlank(pixels, rowLength: rowLength, pixel: max(1, samples * Int(header[8]) / 8))
      ? "the picture is blank" : nil
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private static func inflated(_ bytes: [UInt8], count: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: count)
    var length = uLong(count)
    guard uncompress(&output, &length, bytes, uLong(bytes.count)) == Z_OK, length == count else {
      return nil
    }
    return output
  }

  /// Whether every row is the first one, and that of one colour, whichever filter the encoder chose.
  ///
  /// Each filter predicts a pixel from its neighbours, so what a uniform picture leaves is zero but for the
  /// pixels without a neighbour: the left column, and with no filter everything.
  private static func isBlank(_ rows: [UInt8], rowLength: Int, pixel: Int) -> Bool {
    for start in stride(from: 0, to: rows.count, by: rowLength) {
      let filter = rows[start]
      for index in (start + 1 + pixel)..<(start + rowLength) {
        let expected = filter == 0 ? rows[start + 1 + (index - start - 1) % pixel] : 0
        // The average filter predicts half of a colour in the first row; the next rows tell.
        if rows[index] != expected && !(filter == 3 && start == 0) { return false }
      }
    }
    return true
  }
}
