/// A file of numbers with dimensions, as MNIST comes in (LeCun, Cortes and Burges 1998, "The MNIST database of
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
    path: String, remedy: String, kind: IDXKind, memoryLimit: Int = MemoryLimit.bytes
  ) throws(DatasetError) {
    let head = try FileBytes.head(path, count: IDXHeader.longest, remedy: remedy)
    func check(_ header: IDXHeader) throws(DatasetError) {
      // Each byte becomes a Float beside it.
      let needed = 5 * header.fileLength
      guard header.fileLength <= Self.harmless || needed <= memoryLimit else {
        throw .tooLarge(path: path, bytes: needed, limit: memoryLimit)
      }
    }
    if Gzip.isGzip(head.bytes) {
      guard head.fileSize <= memoryLimit else {
        throw .tooLarge(path: path, bytes: head.fileSize, limit: memoryLimit)
      }
      let gzip = try Gzip(FileBytes.read(path, remedy: remedy), path: path)
      bytes = try Self.decompressed(gzip, kind: kind, check: check)
    } else {
      if head.fileSize > Self.harmless {
        let header = try IDXHeader(path: path, bytes: head.bytes, kind: kind)
        try header.check(found: head.fileSize)
        try check(header)
      }
      bytes = try FileBytes.read(path, remedy: remedy)
    }
    self.path = path
    header = try IDXHeader(path: path, bytes: bytes, kind: kind)
    try header.check(found: bytes.count)
  }

  private static func decompressed(
    _ gzip: Gzip, kind: IDXKind, check: (IDXHeader) throws(DatasetError) -> Void
  ) throws(DatasetError) -> [UInt8] {
    if gzip.promisedCount <= harmless {
      let bytes = try gzip.decompressed(atMost: harmless)
      if bytes.count <= harmless { return bytes }
    }
    let header = try IDXHeader(
      path: gzip.path, bytes: gzip.prefix(IDXHeader.longest), kind: kind)
    // The last of several members is no larger than all of them.
    if gzip.promisedCount > header.fileLength { try header.check(found: gzip.promisedCount) }
    try check(header)
    return try gzip.decompressed(atMost: header.fileLength)
  }
}

/// What a file of a set is for, and with it the headers that it may have.
enum IDXKind {
  case images
  case labels

  /// Rows of numbers, images, and images of several channels; labels alone, or first among other numbers.
  var dimensionCounts: ClosedRange<Int> { self == .images ? 2...4 : 1...2 }

  /// Codes of number types, with their bytes: QMNIST's labels are 32-bit integers.
  var types: [UInt32: Int] { self == .images ? [0x08: 1] : [0x08: 1, 0x0C: 4] }

  /// The four bytes that such a file usually begins with.
  var magic: UInt32 { self == .images ? 0x0803 : 0x0801 }
}

/// What an IDX file begins with: two zero bytes, the type (8 for unsigned bytes, 12 for 32-bit integers), the number of
/// dimensions, each dimension in 32 bits; big-endian. The data follow.
struct IDXHeader {
  let path: String
  let dimensions: [Int]
  /// Bytes of a number.
  let width: Int
  /// Bytes of the whole file, header included.
  let fileLength: Int

  var length: Int { 4 + 4 * dimensions.count }

  /// Bytes of the longest header.
  static let longest = 20

  /// - Parameter bytes: at least the header; what follows is not looked at.
  init(path: String, bytes: [UInt8], kind: IDXKind) throws(DatasetError) {
    func word(_ index: Int) -> UInt32 {
      bytes[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    let usual = 4 + 4 * Int(kind.magic & 0xFF)
    guard bytes.count >= 4 else {
      throw .truncated(path: path, expected: usual, found: bytes.count)
    }
    let magic = word(0)
    let dimensionCount = Int(magic & 0xFF)
    guard magic >> 16 == 0, kind.dimensionCounts.contains(dimensionCount),
      let width = kind.types[magic >> 8]
    else { throw .wrongMagic(path: path, expected: kind.magic, found: magic) }
    let headerLength = 4 + 4 * dimensionCount
    guard bytes.count >= headerLength else {
      throw .truncated(path: path, expected: headerLength, found: bytes.count)
    }
    let dimensions = (1...dimensionCount).map { Int(word($0)) }
    guard !dimensions.contains(0) else { throw .empty(path: path, dimensions: dimensions) }
    var count = width
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
    self.width = width
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
