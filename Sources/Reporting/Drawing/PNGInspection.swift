import CZlib
import Foundation

/// Check of a PNG file written by gnuplot (Portable Network Graphics, third edition, W3C 2025, sections 5 and 9).
///
/// A full disk, or a process that crashes late, leaves a file that is not a complete picture.
package enum PNGInspection {
  /// Fault of the file; `nil` for a complete picture with the given size that is not blank.
  package static func fault(in path: String, width: Int, height: Int) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else {
      return "no picture was written"
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
    guard isComplete, header.count == 13 else { return "the picture is incomplete" }
    let size = (width: integer(header[0..<4]), height: integer(header[4..<8]))
    guard size == (width, height) else {
      return "the picture measures \(size.width)×\(size.height) instead of \(width)×\(height)"
    }
    // Color types: 0 gray, 2 RGB, 3 indexed, 4 gray and alpha, 6 RGB and alpha.
    guard let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(header[9])] else {
      return "the picture has an unknown color type"
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

  /// Whether all pixels have the same color, for any filter that the encoder chose.
  ///
  /// Each filter predicts a pixel from its neighbors, so the residuals of a uniform picture are zero except for pixels
  /// without a neighbor: the left column, and with no filter all pixels.
  private static func isBlank(_ rows: [UInt8], rowLength: Int, pixel: Int) -> Bool {
    for start in stride(from: 0, to: rows.count, by: rowLength) {
      let filter = rows[start]
      for index in (start + 1 + pixel)..<(start + rowLength) {
        let expected = filter == 0 ? rows[start + 1 + (index - start - 1) % pixel] : 0
        // The average filter predicts half of the color in the first row; later rows decide.
        if rows[index] != expected && !(filter == 3 && start == 0) { return false }
      }
    }
    return true
  }
}
