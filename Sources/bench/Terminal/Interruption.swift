import Foundation
import Reporting
import Running
import Synchronization

/// Ctrl-C, SIGTERM and a closed terminal.
///
/// They end the process at once, with status 130, until a command holds them back to keep what was finished. From then on
/// the first one is a flag that the work looks at, and ends the process if the work does not within a second.
final class Interruption: Sendable {
  static let shared = Interruption()

  /// Whether to stop.
  let flag = CancellationFlag()
  private let signals = Atomic(0)
  private let patience = Atomic(0)
  /// Milliseconds, while a command works and once it has stopped and writes what is left, such as the tables.
  private static let workPatience = 800
  private static let closingPatience = 2_000
  private static let shortestSecond = 200

  private init() {}

  /// Begins to listen. Another thread does: the others may be inside a library that waits for memory.
  func start() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var former = sigaction()
      // nohup is asked for; a shell also makes what runs in the background ignore Ctrl-C, but then somebody sent it on purpose.
      if number == SIGHUP, sigaction(number, nil, &former) == 0,
        unsafeBitCast(former.__sigaction_handler.sa_handler, to: Int.self) == 1
      {
        continue
      }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        Interruption.shared.signals.add(1, ordering: .relaxed)
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
    Thread.detachNewThread { [self] in listen() }
  }

  /// From now on the work looks at the flag.
  func held() -> CancellationFlag {
    patience.store(Self.workPatience, ordering: .relaxed)
    return flag
  }

  /// The work that looked at the flag is done.
  func release() { patience.store(0, ordering: .relaxed) }

  /// The work has stopped; what must still be written may take a while.
  func heard() { patience.store(Self.closingPatience, ordering: .relaxed) }

  private func listen() {
    let interval = 20
    var waited = 0
    var seen = 0
    while true {
      usleep(UInt32(interval) * 1000)
      let count = signals.load(ordering: .relaxed)
      guard count > 0 else { continue }
      if !flag.isSet {
        flag.set()
        // A picture that is not finished is not kept, and gnuplot may hang.
        if patience.load(ordering: .relaxed) > 0 { Gnuplot.killAll() }
      }
      waited += interval
      // 'timeout' sends every signal twice; a person needs longer for a second one.
      if waited <= Self.shortestSecond { seen = count }
      if count > seen || waited > patience.load(ordering: .relaxed) { end() }
    }
  }

  private func end() -> Never {
    Gnuplot.killAll()
    TemporaryFolder.removeAll()
    // Whoever reads the messages may have stopped reading.
    var stream = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&stream, 1, 0) > 0 {
      if StandardError.isTerminal { StandardError.redraw("") }
      StandardError.write("interrupted")
    }
    // Without the exit handlers of libraries, which may wait for threads that never end.
    _exit(ExitStatus.interrupted.rawValue)
  }
}
