import Foundation
import TestSupport
import Testing

/// The mechanism behind the snapshots.
@Suite struct SnapshotFolderTests {
  private let folder: TemporaryFolder
  private var recording: SnapshotFolder { SnapshotFolder(path: folder.path, isRecording: true) }
  private var comparing: SnapshotFolder { SnapshotFolder(path: folder.path, isRecording: false) }

  init() throws { folder = try TemporaryFolder() }

  @Test func `a run that records fails, also when nothing changes, and the next run compares`()
    throws
  {
    let first = try #require(try recording.fault(of: "a\nb", named: "help/run.txt"))
    #expect(first.contains("recorded") && first.contains("without BENCH_RECORD_SNAPSHOTS"))
    let second = try #require(try recording.fault(of: "a\nb", named: "help/run.txt"))
    #expect(second.contains("unchanged") && second.contains("without BENCH_RECORD_SNAPSHOTS"))
    #expect(try comparing.fault(of: "a\nb", named: "help/run.txt") == nil)
    #expect(try comparing.fault(of: "a\nb\n", named: "help/run.txt") == nil)
  }

  @Test func `a missing snapshot and an empty text are faults`() throws {
    let missing = try #require(try comparing.fault(of: "a", named: "none.txt"))
    #expect(missing.contains("no such snapshot") && missing.contains("BENCH_RECORD_SNAPSHOTS=1"))
    #expect(folder.contents.isEmpty)
    for snapshots in [comparing, recording] {
      #expect(try snapshots.fault(of: "", named: "none.txt") != nil)
    }
    #expect(folder.contents.isEmpty)
  }

  @Test func `a mismatch shows the first differing lines and leaves the snapshot`() throws {
    let old = (1...100).map { "line \($0)" }
    _ = try recording.fault(of: old.joined(separator: "\n"), named: "a.txt")
    var new = old
    new[49] = "other"
    new.insert("added", at: 52)
    let before = try folder.text("a.txt")
    let fault = try #require(try comparing.fault(of: new.joined(separator: "\n"), named: "a.txt"))
    #expect(
      fault.contains(
        """
        from line 50:
          line 47
          line 48
          line 49
        - line 50
        + other
          line 51
          line 52
        + added
          line 53
          line 54
          line 55

        """), "\(fault)")
    #expect(!fault.contains("line 46") && !fault.contains("line 56"))
    #expect(try folder.text("a.txt") == before)
  }

  @Test(arguments: [
    ("a", "a\nb"), ("a\nb", "a"), ("a\nb\n", "a\nb"), ("", "a"), ("x\nx\nx", "x\nx"), ("a", "b"),
  ])
  func `any difference is shown`(old: String, new: String) throws {
    let difference = try #require(LineDifference(from: old, to: new)).description
    #expect(difference.contains("\n- ") || difference.contains("\n+ "), "\(difference)")
    #expect(LineDifference(from: old, to: old) == nil)
  }

  @Test func `texts that differ everywhere are cut short`() throws {
    let old = (1...5000).map { "old \($0)" }.joined(separator: "\n")
    let new = (1...5000).map { "new \($0)" }.joined(separator: "\n")
    let lines = try #require(LineDifference(from: old, to: new)).description.split(separator: "\n")
    #expect(lines.count < 50 && lines.last == "… (more lines differ)")
  }

  @Test func `a snapshot that no test uses is a fault, and recording deletes it`() throws {
    for name in ["a.txt", "list/b.json"] { _ = try recording.fault(of: "a", named: name) }
    #expect(comparing.names == ["a.txt", "list/b.json"])
    #expect(try comparing.fault(ofUnusedBy: ["a.txt", "list/b.json", "c"]) == nil)
    let fault = try #require(try comparing.fault(ofUnusedBy: ["a.txt"]))
    #expect(fault.contains("list/b.json") && !fault.contains("a.txt"))
    let deleted = try #require(try recording.fault(ofUnusedBy: ["a.txt"]))
    #expect(deleted.contains("list/b.json") && deleted.contains("without BENCH_RECORD_SNAPSHOTS"))
    #expect(comparing.names == ["a.txt"])
    #expect(try recording.fault(ofUnusedBy: ["a.txt"]) != nil)
  }
}
