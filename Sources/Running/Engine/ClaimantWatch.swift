package import Records

/// Distinguishes dead workers from those that are alive, without comparing clocks of different machines.
///
/// A worker is dead if its process is gone from this machine, or if its beat stays the same for a long time on our clock.
package struct ClaimantWatch: Sendable {
  /// Between two beats of a worker that is alive.
  static let interval = Duration.seconds(1)
  /// Many beats: a busy machine or disk may delay one.
  private let patience: Duration
  /// Looks at the same beat that are needed, too: after a pause of our own, one look proves nothing.
  private static let looks = 5

  private struct Sight {
    var beat: Int
    /// This clock does not go on while the machine is suspended, when no beat can come.
    var since: SuspendingClock.Instant
    var looks: Int
  }
  private var sights: [String: Sight] = [:]

  package init(patience: Duration = .seconds(10)) { self.patience = patience }

  package mutating func isDead(
    _ claimant: Claimant, now: SuspendingClock.Instant = .now
  ) -> Bool {
    if let process = ProcessIdentity(text: claimant.process), process.isGone { return true }
    guard var sight = sights[claimant.worker], sight.beat == claimant.beat else {
      sights[claimant.worker] = Sight(beat: claimant.beat, since: now, looks: 1)
      return false
    }
    sight.looks += 1
    sights[claimant.worker] = sight
    return sight.looks > Self.looks && now - sight.since > patience
  }
}
