import CZlib

/// A gzip file (RFC 1952) in memory: one member or several, with zero bytes after the last one or none.
struct Gzip {
  let path: String
  private let bytes: [UInt8]
  /// Decompressed bytes of the last member, as its trailer says: at most 4 GiB, and no more than these bytes can make.
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

  /// All members, each against its checksum; more than `limit` bytes end it early, and then there is one byte more.
  func decompressed(atMost limit: Int) throws(DatasetError) -> [UInt8] {
    try inflated(atMost: limit < .max ? limit + 1 : limit, isChecked: true)
  }

  /// The first `count` bytes, or fewer if there are no more; unchecked, since the checksum is that of all.
  func prefix(_ count: Int) throws(DatasetError) -> [UInt8] {
    try inflated(atMost: count, isChecked: false)
  }

  /// What is decompressed at a time.
  private static let chunk = 1 << 20

  private func inflated(atMost limit: Int, isChecked: Bool) throws(DatasetError) -> [UInt8] {
    var stream = z_stream()
    // 16 asks for a gzip header and trailer, 15 for the largest window.
    guard
      inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damagedGzip(path: path, reason: "zlib does not start") }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var place = 0
    var chunk = [UInt8](repeating: 0, count: min(Self.chunk, max(limit, 1)))
    while output.count < limit {
      let room = min(chunk.count, limit - output.count)
      let (result, read, made) = step(&stream, from: place, into: &chunk, room: room)
      place += read
      output += chunk[..<made]
      switch result {
      case Z_STREAM_END:
        let rest = bytes[place...]
        if rest.allSatisfy({ $0 == 0 }) { return output }
        guard Self.isGzip(Array(rest.prefix(2))), inflateReset(&stream) == Z_OK else {
          throw .damagedGzip(path: path, reason: "\(rest.count) bytes follow its end")
        }
      case Z_OK where read > 0 || made > 0: continue
      case Z_OK, Z_BUF_ERROR:
        guard isChecked else { return output }
        throw .damagedGzip(path: path, reason: "it ends early, or its trailer is not one")
      default:
        let reason = stream.msg.map { String(cString: $0) }
        throw .damagedGzip(path: path, reason: reason ?? "it cannot be decompressed")
      }
    }
    return output
  }

  private func step(
    _ stream: inout z_stream, from place: Int, into chunk: inout [UInt8], room: Int
  ) -> (result: Int32, read: Int, made: Int) {
    let available = UInt32(clamping: bytes.count - place)
    let result = bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { buffer in
        // zlib does not write through `next_in`; its declaration only lacks the const.
        stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + place) }
        stream.avail_in = available
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(room)
        return inflate(&stream, Z_NO_FLUSH)
      }
    }
    return (result, Int(available - stream.avail_in), room - Int(stream.avail_out))
  }
}
