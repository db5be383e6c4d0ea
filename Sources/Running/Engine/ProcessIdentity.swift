import Foundation

/// A process among all that may share a store: its number, when it began, and where that number means something.
package struct ProcessIdentity: Codable, Equatable {
  /// One boot of one machine, and one space of process numbers on it; empty where that cannot be known.
  package var machine: String
  package var process: Int32
  /// When it began, in ticks since the boot: numbers are used again, and this distinguishes the processes.
  package var start: String

  package static let current = ProcessIdentity(
    machine: machine, process: getpid(), start: status(of: getpid())?.start ?? "")

  private static var machine: String {
    guard
      let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
      let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    else { return "" }
    return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + space
  }

  /// Whether the process is certain to be gone. Of one on another machine nothing is certain.
  package var isGone: Bool {
    guard !machine.isEmpty, machine == Self.current.machine else { return false }
    if kill(process, 0) != 0 { return errno == ESRCH }
    guard let now = Self.status(of: process) else { return false }
    return now.start != start || now.isZombie
  }

  /// From `/proc`; `nil` where that cannot be read.
  private static func status(of process: Int32) -> (start: String, isZombie: Bool)? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      // The program's name, in parentheses, may hold anything.
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    // proc(5): the state is field 3, the time of the start field 22.
    guard fields.count > 19 else { return nil }
    return (String(fields[19]), fields[0] == "Z" || fields[0] == "X")
  }

  /// As a store keeps it.
  package var text: String {
    guard let data = try? JSONEncoder().encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  init(machine: String, process: Int32, start: String) {
    self.machine = machine
    self.process = process
    self.start = start
  }

  /// - Returns: `nil` for what another version wrote.
  package init?(text: String) {
    guard let identity = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else {
      return nil
    }
    self = identity
  }
}
