import Foundation

/// Python, as a reader that shares no code with the project. `scripts/setup --tests` installs it.
package enum Python {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// - Returns: What a script prints.
  /// - Throws: ``Failure`` with what it says on standard error, also if there is no Python.
  package static func output(of script: String, arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let folder = try TemporaryFolder()
    // A file, because a full pipe would block the script while the other one is read.
    let errors = try folder.write("", to: "errors")
    process.standardError = FileHandle(forWritingAtPath: errors)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let reason =
        process.terminationStatus == 127
        ? "tests need python3: scripts/setup --tests" : try folder.text("errors")
      throw Failure(description: "exit status \(process.terminationStatus): \(reason)")
    }
    return text
  }
}
