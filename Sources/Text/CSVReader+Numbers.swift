import Foundation

/// Numbers of the current row.
extension CSVReader {
  /// The finite number in a field; `nil` for anything else: an empty field, a name such as `nan`, a number outside the range of `Double`.
  package func number(_ field: Int) -> Double? {
    let range = fields[field].range
    guard !range.isEmpty, range.count <= 64 else { return nil }
    var whole = 0
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9, range.count <= 15 else {
        return hasDecimalComma ? withPoint(range) : decimal(range)
      }
      whole = 10 * whole + Int(digit)
    }
    return Double(whole)
  }

  private func withPoint(_ range: Range<Int>) -> Double? {
    guard !bytes[range].contains(UInt8(ascii: ".")) else { return nil }
    let text = bytes[range].map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    return CSVReader(text + [UInt8(ascii: "\n")]).decimal(0..<text.count)
  }

  private func decimal(_ range: Range<Int>) -> Double? {
    // No names such as nan and inf and no hexadecimal numbers, which the library would accept.
    let isDecimal = bytes[range].allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal else { return nil }
    return bytes.withUnsafeBytes { raw in
      guard let base = raw.bindMemory(to: CChar.self).baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(base + range.lowerBound, &end)
      guard let end, UnsafePointer(end) == base + range.upperBound, value.isFinite else {
        return nil
      }
      return value
    }
  }
}
