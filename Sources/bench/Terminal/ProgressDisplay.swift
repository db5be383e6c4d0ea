import Foundation
import Records
import Running
import Scenarios
import Synchronization
import Text

/// Shows the progress of a run: a bar with the time left on a terminal, plain lines otherwise.
final class ProgressDisplay: EngineObserver {
  enum Style: Sendable { case bar, lines, none }

  private struct State {
    var trials: [Trial] = []
    /// Share of each trial's work that is done.
    var shares: [Double] = []
    /// Trials left, and how many diverged, by scenario.
    var open: [String: Int] = [:]
    var diverged: [String: Int] = [:]
    var finished = 0
    /// Trials that other processes did.
    var elsewhere = 0
    var latest = ""
    var begin = ContinuousClock.now
    var lastLine = ContinuousClock.now
  }

  private let style: Style
  private let state = Mutex(State())
  /// Dispatch sources may be used from any thread; on Linux they do not say so.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// Between redraws of the bar, and between lines without one, in seconds.
  private static let barInterval = 0.1
  private static let lineInterval = 10.0

  init(style: Style) {
    self.style = style
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "progress"))
    timer.schedule(deadline: .now() + Self.barInterval, repeating: Self.barInterval)
    timer.setEventHandler { [weak self] in self?.tick() }
    timer.activate()
  }

  deinit { timer.cancel() }

  func began(_ trials: [Trial], reused: Int) {
    state.withLock { state in
      state.trials = trials
      state.shares = Array(repeating: 0, count: trials.count)
      for trial in trials { state.open[trial.scenario, default: 0] += 1 }
      state.begin = .now
      state.lastLine = .now
    }
    guard style != .none else { return }
    if reused > 0 {
      let all = reused + trials.count
      StandardError.write(
        "\(reused) of \(counted(all, "trial")) \(all == 1 ? "is" : "are") in the store already")
    }
    if style == .lines, !trials.isEmpty {
      StandardError.write("\(counted(trials.count, "trial")) to run")
    }
  }

  func progressed(_ index: Int, share: Double) {
    guard style != .none else { return }
    state.withLock { $0.shares[index] = share }
  }

  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {
    finish(index, trial, diverged: record.status.divergedStep != nil, elsewhere: false)
  }

  func finishedElsewhere(_ index: Int, _ trial: Trial, diverged: Bool) {
    finish(index, trial, diverged: diverged, elsewhere: true)
  }

  private func finish(_ index: Int, _ trial: Trial, diverged: Bool, elsewhere: Bool) {
    guard style != .none else { return }
    let line: String? = state.withLock { state in
      state.shares[index] = 1
      if elsewhere { state.elsewhere += 1 } else { state.finished += 1 }
      state.latest = "\(trial.scenario) \(trial.entrant.label)"
      if diverged { state.diverged[trial.scenario, default: 0] += 1 }
      state.open[trial.scenario, default: 1] -= 1
      guard style == .lines, state.open[trial.scenario] == 0 else { return nil }
      state.lastLine = .now
      let diverged = state.diverged[trial.scenario].map { ", \($0) diverged" } ?? ""
      return "\(trial.scenario): done\(diverged) (\(Self.counts(of: state)))"
    }
    if let line { StandardError.write(line) }
  }

  /// Such as `190/400 trials, 210 by other runs`.
  private static func counts(of state: State) -> String {
    "\(state.finished)/\(counted(state.trials.count, "trial"))"
      + (state.elsewhere == 0 ? "" : ", \(state.elsewhere) by other runs")
  }

  func ended() {
    timer.cancel()
    guard style == .bar else { return }
    // Taking the lock waits for a bar that is being drawn.
    state.withLock { _ in StandardError.redraw("") }
  }

  private func tick() {
    guard style != .none else { return }
    state.withLock { state in
      guard !state.trials.isEmpty, !timer.isCancelled else { return }
      let now = ContinuousClock.now
      let status = Self.status(of: state, at: now)
      switch style {
      case .bar: StandardError.redraw(status.bar)
      case .lines:
        guard (now - state.lastLine) > .seconds(Self.lineInterval) else { return }
        state.lastLine = now
        StandardError.write(status.line)
      case .none: break
      }
    }
  }

  private static func status(of state: State, at now: ContinuousClock.Instant) -> (
    bar: String, line: String
  ) {
    let total = state.trials.reduce(0) { $0 + $1.cost }
    let done = zip(state.trials, state.shares).reduce(0) { $0 + $1.0.cost * $1.1 }
    let share = total > 0 ? min(1, done / total) : 1
    let elapsed = now - state.begin
    let left =
      share > 0.01 && elapsed > .seconds(0.5)
      ? ", " + clock(elapsed * ((1 - share) / share)) + " left" : ""
    let percent = Int(share * 100)
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let counts = counts(of: state)
    return (
      "\(bar) \(percent) %, \(counts)\(left)  \(state.latest)", "\(percent) %, \(counts)\(left)"
    )
  }

  private static func clock(_ duration: Duration) -> String {
    let seconds = Int(duration.components.seconds)
    return "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
  }
}
