import CZlib

/// One gzip member (RFC 1952) in memory.
struct Gzip {
  let path: String
  private let bytes: [UInt8]
  /// Decompressed bytes, as the trailer says: at most 4 GiB, and no more than these bytes can make.
  let promisedCount: Int

  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    guard bytes.count >= 18 else {
      throw .damagedGzip(path: path, reason: "it ends within its header")
    }
    let promised = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // Deflate makes at most 1,032 bytes of one (zlib technical notes), so a wild trailer allocates nothing.
    guard promised <= bytes.count * 1032 else {
      throw .damagedGzip(path: path, reason: "it ends early, or its trailer is not one")
    }
    self.path = path
    self.bytes = bytes
    promisedCount = promised
  }

  /// All of it, against its checksum.
  func decompressed() throws(DatasetError) -> [UInt8] {
    let (output, result, unused, message) = try inflated(atMost: promisedCount, flush: Z_FINISH)
    guard result == Z_STREAM_END else {
      throw .damagedGzip(
        path: path, reason: message ?? "it ends early, or its trailer is not one")
    }
    guard unused == 0 else {
      throw .damagedGzip(path: path, reason: "\(unused) bytes follow its end")
    }
    return output
  }

  /// The first `count` bytes, or fewer if there are no more; unchecked, since the checksum is that of all.
  func prefix(_ count: Int) throws(DatasetError) -> [UInt8] {
    let (output, result, _, message) = try inflated(atMost: count, flush: Z_SYNC_FLUSH)
    guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(result) else {
      throw .damagedGzip(path: path, reason: message ?? "it cannot be decompressed")
    }
    return output
  }

  private func inflated(
    atMost limit: Int, flush: Int32
  ) throws(DatasetError) -> (output: [UInt8], result: Int32, unused: Int, message: String?) {
    var stream = z_stream()
    // 16 asks for a gzip header and trailer, 15 for the largest window.
    guard
      inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damagedGzip(path: path, reason: "zlib does not start") }
    defer { inflateEnd(&stream) }
    var result: Int32 = Z_OK
    var unused = 0
    let output = [UInt8](unsafeUninitializedCapacity: max(limit, 1)) { buffer, count in
      bytes.withUnsafeBufferPointer { input in
        // zlib does not write through `next_in`; its declaration only lacks the const.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(clamping: limit)
        result = inflate(&stream, flush)
        unused = Int(stream.avail_in)
      }
      count = limit - Int(stream.avail_out)
    }
    return (output, result, unused, stream.msg.map { String(cString: $0) })
  }
}
