import Foundation

/// Processor time that the calling thread has used, in seconds; a trial computes on one thread.
enum ThreadClock {
  static var seconds: Double {
    var time = timespec()
    guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .nan }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
