import Foundation
import TestSupport
import Testing

/// scripts/setup on systems of other kinds, whose programs stand in for the real ones.
@Suite struct SetupTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["swift", "gnuplot"] { _ = try folder.program("exit 0", named: name) }
    _ = try folder.program("echo 0", named: "id")
    _ = try folder.program("echo apt-get \"$@\" >>'\(folder.file("log"))'", named: "apt-get")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("env"), withDestinationPath: "/usr/bin/env")
  }

  /// What was asked of apt-get, and what was said.
  private func setup(_ arguments: String...) throws -> (
    status: Int32, installed: String, errors: String
  ) {
    let root = URL(fileURLWithPath: BenchProcess.scenarios).deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [root.appendingPathComponent("scripts/setup").path] + arguments
    process.environment = ["PATH": folder.path]
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let errors = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, (try? folder.text("log")) ?? "",
      String(decoding: errors, as: UTF8.self)
    )
  }

  private func packages(installed: String, known: String) throws {
    _ = try folder.program(
      "for last; do :; done; case $last in \(installed)) printf installed;; *) exit 1;; esac",
      named: "dpkg-query")
    _ = try folder.program("case $2 in \(known)) exit 0;; *) exit 1;; esac", named: "apt-cache")
  }

  @Test func `what is missing is installed`() throws {
    try packages(installed: "zlib1g-dev", known: "*")
    let result = try setup("--tests")
    #expect(result.status == 0, "\(result.errors)")
    let install = result.installed.split(separator: "\n").last ?? ""
    #expect(install.contains("install") && install.contains(" libopenblas-dev"))
    #expect(install.contains(" chromium") && !install.contains("zlib1g-dev"))
    #expect(install.contains(" python3"))
  }

  @Test func `any Python will do`() throws {
    try packages(installed: "zlib1g-dev", known: "*")
    _ = try folder.program("exit 0", named: "python3")
    let result = try setup("--tests")
    #expect(result.status == 0 && result.installed.contains(" libopenblas-dev"))
    #expect(!result.installed.contains("python3"))
  }

  @Test func `a browser and Python are asked for by tests alone`() throws {
    try packages(installed: "zlib1g-dev", known: "*")
    let result = try setup()
    #expect(result.status == 0 && result.installed.contains(" libopenblas-dev"))
    #expect(!result.installed.contains("chromium") && !result.installed.contains("python3"))
  }

  @Test func `without a package of the browser all else is installed`() throws {
    try packages(installed: "zlib1g-dev", known: "zlib1g-dev|libopenblas-dev")
    let result = try setup("--tests")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.installed.contains(" libopenblas-dev"))
    #expect(!result.installed.contains("chromium"))
    #expect(result.errors.contains("no package chromium"))
  }

  @Test func `a browser that cannot be installed is not asked for again and again`() throws {
    try packages(
      installed: "[a-bd-z]*|chromiumless", known: "zlib1g-dev")
    let result = try setup("--tests")
    #expect(result.status == 0 && result.installed.isEmpty && result.errors.isEmpty)
  }
}
