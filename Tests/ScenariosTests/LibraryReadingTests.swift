import Foundation
import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Files as files, and many of them.
@Suite struct LibraryReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  @Test func `a folder is reported as such, with what to do`() throws {
    let folder = desk.folder.path
    for path in [folder, folder + "/"] {
      let error = #expect(throws: ScenarioError.self) { try desk.library.load([path]) }
      #expect(error?.description.contains("is a folder; give a file in it") == true)
      #expect(error?.description.contains("--all --scenarios") == true)
    }
  }

  @Test func `a file that is no text, or too large to be meant, is refused`() throws {
    let binary = desk.folder.file("binary.yaml")
    try Data([0x74, 0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: binary))
    try desk.folder.write(String(repeating: "# padding\n", count: 200_000), to: "huge.yaml")
    let library = desk.library
    for name in ["binary", "huge"] {
      #expect(throws: ScenarioError.self) { try library.load([name]) }
    }
  }

  @Test func `an unknown scenario name is answered with the nearest one`() throws {
    try desk.folder.write(ScenarioDesk.good, to: "rosenbrock.yaml")
    let library = desk.library
    #expect(
      throws: ScenarioError.notFound(
        "no scenario 'rosenbrok' in \(desk.folder.path) (did you mean 'rosenbrock'?)")
    ) { try library.load(["rosenbrok"]) }
  }

  @Test func `mistakes of all files are reported together`() throws {
    try desk.folder.write(ScenarioDesk.good.replacing("- sgd", with: "- sgdd"), to: "a.yaml")
    try desk.folder.write(ScenarioDesk.good.replacing("- sgd", with: "- adamm"), to: "b.yaml")
    do {
      _ = try desk.library.all()
      Issue.record("both files are bad")
    } catch {
      guard case .invalid(let issues) = error else { throw error }
      #expect(issues.map(\.path) == [desk.folder.file("a.yaml"), desk.folder.file("b.yaml")])
    }
  }

  @Test func `a byte order mark is no part of a scenario, a control character is refused`() throws {
    #expect(try desk.read("\u{FEFF}" + ScenarioDesk.good).title == "Good")
    let found = try desk.issues(ScenarioDesk.good.replacing("quick adam", with: "\"quick\\tadam\""))
    #expect(found == ["11: 'label' must be a text of one line, not 'quick\tadam'"])
  }

  @Test(arguments: ["", "# only a comment\n", "- a\n- list\n", "just text"])
  func `a file without keys says what a scenario has`(text: String) throws {
    let found = try desk.issues(text)
    #expect(found.count == 1 && found[0].contains("'title', 'problem', 'budget' and 'optimizers'"))
  }

  @Test func `a link that leads nowhere is named with its target, and hides no other file`() throws
  {
    try desk.folder.write(ScenarioDesk.good, to: "a.yaml")
    let link = desk.folder.file("gone.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "nothing-here.yaml")
    let loop = desk.folder.file("loop.yaml")
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: "loop.yaml")
    for name in ["gone", link] {
      let error = #expect(throws: ScenarioError.self) { try desk.library.load([name]) }
      #expect(
        error?.description
          == "\(link): leads nowhere: it is a link to nothing-here.yaml, which is not there")
    }
    let error = #expect(throws: ScenarioError.self) { try desk.library.load(["loop"]) }
    #expect(error?.description.hasPrefix("\(loop): cannot be read: ") == true)
    let found = try desk.library.readable()
    #expect(found.scenarios.map(\.name) == ["a"])
    #expect(found.issues.map(\.path) == [link, loop])
  }

  @Test func `two files of one name hide no other file`() throws {
    for name in ["a.yaml", "b.yaml", "b.yml"] {
      try desk.folder.write(ScenarioDesk.good, to: name)
    }
    let found = try desk.library.readable()
    #expect(found.scenarios.map(\.name) == ["a"] && found.issues.count == 1)
    #expect(throws: ScenarioError.self) { try desk.library.load(["b"]) }
    #expect(try desk.library.load([desk.folder.file("b.yml")]).count == 1)
  }

  @Test func `a device without an end is refused`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: desk.folder.file("endless.yaml"), withDestinationPath: "/dev/zero")
    let error = #expect(throws: ScenarioError.self) { try desk.library.load(["endless"]) }
    #expect(error?.description.hasSuffix("larger than 1 MiB; not a scenario") == true)
  }
}
