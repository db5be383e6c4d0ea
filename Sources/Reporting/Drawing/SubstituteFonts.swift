import Foundation
import Synchronization

/// Installed fonts for characters that the font of the charts does not have.
enum SubstituteFonts {
  private static let known = Mutex<[UInt32: Bool]>([:])

  /// Whether a font has an outline of the character and none has a colored bitmap, which the font system might choose and
  /// which would cover the picture.
  static func haveOutline(of scalar: Unicode.Scalar) -> Bool {
    if let answer = known.withLock({ $0[scalar.value] }) { return answer }
    let code = String(scalar.value, radix: 16)
    let answer =
      isThere(":charset=\(code):outline=true:color=false")
      && !isThere(":charset=\(code):color=true") && !isThere(":charset=\(code):outline=false")
    known.withLock { $0[scalar.value] = answer }
    return answer
  }

  /// Queries fontconfig, which is installed with gnuplot; false without it.
  private static func isThere(_ pattern: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/fc-list")
    process.arguments = [pattern, "family"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    let found = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return !found.isEmpty
  }
}
