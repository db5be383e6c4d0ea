import CZlib
import Foundation

/// Whole files as bytes, decompressed where they are gzip.
enum FileBytes {
  /// The bytes of the file at `path`.
  static func read(_ path: String, remedy: String) throws(DatasetError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno, remedy: remedy) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno, remedy: remedy) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "not a regular file")
    }
    let size = Int(status.st_size)
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Foundation.read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failed = errno }
        if got <= 0 { return }
        count += got
      }
    }
    guard failed == 0 else { throw failure(path, failed, remedy: remedy) }
    return bytes
  }

  /// The bytes of the file at `path`, decompressed if it begins like gzip.
  static func readDecompressed(_ path: String, remedy: String) throws(DatasetError) -> [UInt8] {
    let bytes = try read(path, remedy: remedy)
    return bytes.starts(with: [0x1F, 0x8B]) ? try inflateGzip(bytes, path: path) : bytes
  }

  /// Decompresses one gzip member (RFC 1952), whose trailer says how long the result is.
  private static func inflateGzip(_ bytes: [UInt8], path: String) throws(DatasetError) -> [UInt8] {
    guard bytes.count >= 18 else {
      throw .damagedGzip(path: path, reason: "it ends within its header")
    }
    let promised = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // Deflate makes at most 1,032 bytes of one (zlib technical notes), so a wild trailer allocates nothing.
    guard promised <= bytes.count * 1032 else {
      throw .damagedGzip(path: path, reason: "it ends early, or its trailer is not one")
    }
    var stream = z_stream()
    // 16 asks for a gzip header and trailer, 15 for the largest window.
    guard
      inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damagedGzip(path: path, reason: "zlib does not start") }
    defer { inflateEnd(&stream) }
    var result: Int32 = Z_OK
    var unused = 0
    let output = [UInt8](unsafeUninitializedCapacity: max(promised, 1)) { buffer, count in
      bytes.withUnsafeBufferPointer { input in
        // zlib does not write through `next_in`; its declaration only lacks the const.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(clamping: promised)
        result = inflate(&stream, Z_FINISH)
        unused = Int(stream.avail_in)
      }
      count = promised - Int(stream.avail_out)
    }
    guard result == Z_STREAM_END else {
      throw .damagedGzip(
        path: path,
        reason: stream.msg.map { String(cString: $0) } ?? "it ends early, or its trailer is not one"
      )
    }
    guard unused == 0 else {
      throw .damagedGzip(path: path, reason: "\(unused) bytes follow its end")
    }
    return output
  }

  private static func failure(_ path: String, _ code: Int32, remedy: String) -> DatasetError {
    code == ENOENT || code == ENOTDIR
      ? .missing(path: path, remedy: remedy)
      : .unreadable(path: path, reason: String(cString: strerror(code)))
  }
}
