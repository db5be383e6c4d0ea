import Foundation

/// Processor time, in seconds.
enum ProcessorClock {
  /// - Parameter ofAllThreads: of the whole process, for a trial that has it to itself; else of the calling thread, where trials
  ///   run side by side on one thread each.
  static func seconds(ofAllThreads: Bool) -> Double {
    var time = timespec()
    let clock = ofAllThreads ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID
    guard clock_gettime(clock, &time) == 0 else { return .nan }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
