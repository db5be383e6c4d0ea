import Foundation

/// How much memory this process may use.
package enum MemoryLimit {
  /// Bytes: the machine's, or what its control group allows where that is less.
  package static let bytes: Int = {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    guard let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8),
      let granted = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), granted > 0
    else { return physical }
    return min(physical, granted)
  }()

  /// `1.5 GiB`, as messages have it.
  package static func text(_ bytes: Int) -> String {
    let units: [(Double, String)] = [(0x1p40, "TiB"), (0x1p30, "GiB"), (0x1p20, "MiB")]
    let unit = units.first { Double(bytes) >= $0.0 } ?? (0x1p10, "KiB")
    let tenths = Int((Double(bytes) / unit.0 * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(unit.1)"
  }
}
