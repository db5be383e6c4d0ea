import Datasets
import Foundation
import Networks

/// The address space that this process may still map, which `ulimit -v` and `ulimit -d` limit.
package enum AddressSpace {
  /// Bytes; `nil` without a limit.
  package static var left: Int? {
    // Pages: all that is mapped first, private writable memory sixth (proc(5), statm).
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let pages = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard pages.count > 5 else { return nil }
    let size = sysconf(Int32(_SC_PAGESIZE))
    let limits = [(RLIMIT_AS, pages[0]), (RLIMIT_DATA, pages[5])].compactMap { kind, used in
      limit(kind).map { max(0, $0 - used * size) }
    }
    return limits.min()
  }

  /// What is missing for matrix products on that many threads; `nil` if nothing is.
  package static func shortage(threads: Int) -> String? {
    let needed = OpenBLAS.bytesPerThread * threads
    guard let left, left < needed else { return nil }
    return
      "OpenBLAS takes \(MemoryLimit.text(needed)) of address space, and the process may map \(MemoryLimit.text(left)) more; a larger 'ulimit -v' is needed"
  }

  private static func limit(_ kind: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(kind.rawValue), &limit) == 0, limit.rlim_cur < Int.max
    else { return nil }
    return Int(limit.rlim_cur)
  }
}
