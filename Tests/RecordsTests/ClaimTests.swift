import Foundation
import GRDB
import Records
import TestSupport
import Testing

/// Claims of trials as a store keeps them.
@Suite struct ClaimTests {
  private let support: StoreTests
  private let store: Store
  private let other: Store

  init() throws {
    support = try StoreTests()
    store = try Store(creatingAt: support.path)
    other = try Store(existingAt: support.path)
    try store.beat("a", process: "pa")
    try other.beat("b", process: "pb")
  }

  @Test func `a trial is granted to one worker, and to the next one once it is given back`() throws
  {
    #expect(try store.claim(["k"], limit: 1, for: "a") == [.granted])
    let held = Claim.held(by: Claimant(worker: "a", process: "pa", beat: 0))
    #expect(try other.claim(["k"], limit: 1, for: "b") == [held])
    // Only its holder can give it back.
    try other.release("k", of: "b")
    #expect(try other.claim(["k"], limit: 1, for: "b") == [held])
    try store.release("k", of: "a")
    #expect(try other.claim(["k"], limit: 1, for: "b") == [.granted])
  }

  @Test func `trials are granted in order and up to the limit, and what is done is passed over`()
    throws
  {
    try store.save(support.trial("k1"))
    try store.save(support.trial("k2", status: .diverged(step: 1)))
    try store.save(TrialRecord(key: "k3", configuration: "{}", without: .failed(reason: "r")))
    let keys = (0..<6).map { "k\($0)" }
    #expect(
      try store.claim(keys, limit: 3, for: "a") == [
        .granted, .done(diverged: false), .done(diverged: true), .granted, .granted,
      ])
    let rest = try other.claim(keys, limit: 9, for: "b")
    #expect(rest.count == 6 && rest.count { $0 == .granted } == 1 && rest[5] == .granted)
  }

  @Test func `a saved result ends the claim, whoever holds it, and a failure does not`() throws {
    #expect(try store.claim(["k", "l"], limit: 2, for: "a") == [.granted, .granted])
    try other.save(support.trial("k"))
    try other.save(TrialRecord(key: "l", configuration: "{}", without: .interrupted))
    let claims = try DatabaseQueue(path: support.path).read {
      try String.fetchAll($0, sql: "SELECT trial FROM claim")
    }
    #expect(claims == ["l"])
  }

  @Test func `a worker with a newer beat is not retired, and one that was comes back`() throws {
    #expect(try store.claim(["k"], limit: 1, for: "a") == [.granted])
    try store.beat("a", process: "pa")
    try other.retire("a", at: 0)
    #expect(
      try other.claim(["k"], limit: 1, for: "b")
        == [.held(by: Claimant(worker: "a", process: "pa", beat: 1))])
    try other.retire("a", at: 1)
    #expect(try other.claim(["k"], limit: 1, for: "b") == [.granted])
    // It was only slow.
    #expect(try store.claim(["l"], limit: 1, for: "a") == [.granted])
    try store.beat("a", process: "pa")
    #expect(
      try other.claim(["l"], limit: 1, for: "b")
        == [.held(by: Claimant(worker: "a", process: "pa", beat: 1))])
  }

  @Test func `a claim without its worker is none`() throws {
    #expect(try store.claim(["k"], limit: 1, for: "a") == [.granted])
    try DatabaseQueue(path: support.path).write { try $0.execute(sql: "DELETE FROM worker") }
    #expect(try other.claim(["k"], limit: 1, for: "b") == [.granted])
  }

  @Test func `results from before a revision do not count`() throws {
    try store.save(support.trial("k"))
    let revision = try store.revision()
    #expect(try store.claim(["k"], limit: 1, for: "a", after: revision) == [.granted])
    try store.save(support.trial("k"))
    #expect(try store.claim(["k"], limit: 1, for: "a", after: revision) == [.done(diverged: false)])
  }

  @Test func `many workers claim each trial once`() async throws {
    let keys = (0..<200).map { "k\($0)" }
    let path = support.path
    let granted = try await withThrowingTaskGroup(of: [String].self) { group in
      for worker in 0..<6 {
        group.addTask {
          let store = try Store(existingAt: path)
          try store.beat("w\(worker)", process: "")
          var own: [String] = []
          while true {
            let claims = try store.claim(
              keys.filter { !own.contains($0) }, limit: 3, for: "w\(worker)")
            let new = zip(keys.filter { !own.contains($0) }, claims).filter { $1 == .granted }
            guard !new.isEmpty else { return own }
            own += new.map(\.0)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(granted.count == 200 && Set(granted).count == 200)
  }
}
