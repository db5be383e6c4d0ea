import Foundation
import Networks
import Optimizers
package import Records

extension RunEnvironment {
  /// This machine and this program.
  package static func current(packageVersion: String) -> RunEnvironment {
    RunEnvironment(
      processor: processorName, cores: ProcessInfo.processInfo.activeProcessorCount,
      operatingSystem: operatingSystemName, swiftVersion: compilerVersion,
      blas: OpenBLAS.version, blasKernels: OpenBLAS.coreName, buildFlags: flags,
      revision: revision(above: CommandLine.arguments[0]), packageVersion: packageVersion)
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last?
      .trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  private static var operatingSystemName: String {
    let text = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
    let name = line?.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
    let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
    return "\(name ?? "unknown"), Linux \(kernel.trimmingCharacters(in: .whitespacesAndNewlines))"
  }

  private static var compilerVersion: String {
    #if compiler(>=6.4)
      "6.4 or newer"
    #elseif compiler(>=6.3.2)
      "6.3.2 or newer"
    #elseif compiler(>=6.3.1)
      "6.3.1"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var flags: String {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    #if arch(x86_64)
      let architecture = "x86-64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "other"
    #endif
    return "\(configuration), \(architecture), vectors of \(InstructionLevel.vectorBits) bits"
  }

  /// Read from git's own files, because git need not be installed where the program runs.
  static func revision(above path: String) -> String {
    var folder = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let git = folder.appendingPathComponent(".git").path
      if let head = text("\(git)/HEAD") {
        guard head.hasPrefix("ref: ") else { return head }
        let name = String(head.dropFirst("ref: ".count))
        if let commit = text("\(git)/\(name)") { return commit }
        let packed = (text("\(git)/packed-refs") ?? "").split(separator: "\n")
        return packed.first { $0.hasSuffix(" \(name)") }?.split(separator: " ").first
          .map(String.init) ?? "unknown"
      }
    }
    return "unknown"
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
