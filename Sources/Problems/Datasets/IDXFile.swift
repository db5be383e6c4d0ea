/// A file of bytes with dimensions, as MNIST comes in.
///
/// Big-endian header: two zero bytes, the type (8 for unsigned bytes), the number of dimensions, each dimension in
/// 32 bits; then the data (LeCun, Cortes and Burges 1998, "The MNIST database of handwritten digits").
struct IDXFile {
  let path: String
  let dimensions: [Int]
  /// The whole file, header included.
  let bytes: [UInt8]

  var headerLength: Int { 4 + 4 * dimensions.count }
  /// Numbers per entry of the first dimension.
  var stride: Int { dimensions.dropFirst().reduce(1, *) }

  /// Checks `bytes` against the header they begin with; nothing is allocated on the header's word.
  init(path: String, bytes: [UInt8], dimensionCount: Int) throws(DatasetError) {
    self.path = path
    self.bytes = bytes
    func word(_ index: Int) -> UInt32 {
      bytes[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let headerLength = 4 + 4 * dimensionCount
    guard bytes.count >= 4 else {
      throw .truncated(path: path, expected: headerLength, found: bytes.count)
    }
    let magic = 0x0800 | UInt32(dimensionCount)
    guard word(0) == magic else {
      throw .wrongMagic(path: path, expected: magic, found: word(0))
    }
    guard bytes.count >= headerLength else {
      throw .truncated(path: path, expected: headerLength, found: bytes.count)
    }
    let dimensions = (1...dimensionCount).map { Int(word($0)) }
    self.dimensions = dimensions
    guard !dimensions.contains(0) else { throw .empty(path: path, dimensions: dimensions) }
    var length = 1
    for dimension in dimensions {
      let (product, overflow) = length.multipliedReportingOverflow(by: dimension)
      // 2⁴⁰ bytes: far above any data set, far below an overflow.
      guard !overflow, product <= 1 << 40 else {
        throw .implausibleHeader(path: path, dimensions: dimensions)
      }
      length = product
    }
    let expected = headerLength + length
    guard bytes.count >= expected else {
      throw .truncated(path: path, expected: expected, found: bytes.count)
    }
    guard bytes.count == expected else {
      throw .trailingBytes(path: path, expected: expected, found: bytes.count)
    }
  }
}
