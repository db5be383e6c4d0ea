/// A file of bytes with dimensions, as MNIST comes in (LeCun, Cortes and Burges 1998, "The MNIST database of
/// handwritten digits").
struct IDXFile {
  let path: String
  let header: IDXHeader
  /// The whole file, header included.
  let bytes: [UInt8]

  var dimensions: [Int] { header.dimensions }
  /// Numbers per entry of the first dimension.
  var stride: Int { dimensions.dropFirst().reduce(1, *) }

  /// Up to this size a file is simply decompressed, which distinguishes damage from a wrong header.
  private static let harmless = 1 << 24

  /// Reads a file, gzip or plain, and checks it against the header that it begins with.
  ///
  /// Of a large file the header comes first: nothing is decompressed or allocated on the word of a size that the
  /// header contradicts, or that this machine has no memory for.
  /// - Parameter memoryLimit: bytes that the file and its samples as `Float` may take.
  init(
    path: String, remedy: String, dimensionCount: Int, memoryLimit: Int = MemoryLimit.bytes
  ) throws(DatasetError) {
    let headerLength = IDXHeader.length(dimensionCount: dimensionCount)
    let head = try FileBytes.head(path, count: headerLength, remedy: remedy)
    func check(size: Int, header: () throws(DatasetError) -> IDXHeader) throws(DatasetError) {
      guard size > Self.harmless else { return }
      let header = try header()
      try header.check(found: size)
      // Each byte becomes a Float beside it.
      let needed = 5 * header.fileLength
      guard needed <= memoryLimit else {
        throw .tooLarge(path: path, bytes: needed, limit: memoryLimit)
      }
    }
    if Gzip.isGzip(head.bytes) {
      guard head.fileSize <= memoryLimit else {
        throw .tooLarge(path: path, bytes: head.fileSize, limit: memoryLimit)
      }
      let gzip = try Gzip(FileBytes.read(path, remedy: remedy), path: path)
      try check(size: gzip.promisedCount) { () throws(DatasetError) in
        try IDXHeader(
          path: path, bytes: gzip.prefix(headerLength), dimensionCount: dimensionCount)
      }
      bytes = try gzip.decompressed()
    } else {
      try check(size: head.fileSize) { () throws(DatasetError) in
        try IDXHeader(path: path, bytes: head.bytes, dimensionCount: dimensionCount)
      }
      bytes = try FileBytes.read(path, remedy: remedy)
    }
    self.path = path
    header = try IDXHeader(path: path, bytes: bytes, dimensionCount: dimensionCount)
    try header.check(found: bytes.count)
  }
}

/// What an IDX file begins with: two zero bytes, the type (8 for unsigned bytes), the number of dimensions, each
/// dimension in 32 bits; big-endian. The data follow.
struct IDXHeader {
  let path: String
  let dimensions: [Int]
  /// Bytes of the whole file, header included.
  let fileLength: Int

  var length: Int { Self.length(dimensionCount: dimensions.count) }

  static func length(dimensionCount: Int) -> Int { 4 + 4 * dimensionCount }

  /// - Parameter bytes: at least the header; what follows is not looked at.
  init(path: String, bytes: [UInt8], dimensionCount: Int) throws(DatasetError) {
    func word(_ index: Int) -> UInt32 {
      bytes[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let headerLength = Self.length(dimensionCount: dimensionCount)
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
    guard !dimensions.contains(0) else { throw .empty(path: path, dimensions: dimensions) }
    var count = 1
    for dimension in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      // 2⁴⁰ bytes: far above any data set, far below an overflow.
      guard !overflow, product <= 1 << 40 else {
        throw .implausibleHeader(path: path, dimensions: dimensions)
      }
      count = product
    }
    self.path = path
    self.dimensions = dimensions
    fileLength = headerLength + count
  }

  /// - Parameter found: bytes of the whole file.
  func check(found: Int) throws(DatasetError) {
    guard found >= fileLength else {
      throw .truncated(path: path, expected: fileLength, found: found)
    }
    guard found == fileLength else {
      throw .trailingBytes(path: path, expected: fileLength, found: found)
    }
  }
}
