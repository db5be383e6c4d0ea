#ifndef BENCH_SIGNAL_GUARD_H
#define BENCH_SIGNAL_GUARD_H

#include <csignal>
#include <ctime>

namespace bench {

/// Holds one signal back from the calling thread, and swallows what of it arose meanwhile.
///
/// Disposition is process-wide and not ours to change; the mask is the thread's own.
class SignalGuard {
 public:
  explicit SignalGuard(int signal) {
    sigemptyset(&guarded_);
    sigaddset(&guarded_, signal);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, signal) == 1;
    pthread_sigmask(SIG_BLOCK, &guarded_, &original_);
  }

  ~SignalGuard() {
    if (!was_pending_) {
      timespec at_once = {0, 0};
      while (sigtimedwait(&guarded_, nullptr, &at_once) > 0) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &original_, nullptr);
  }

  SignalGuard(const SignalGuard &) = delete;
  SignalGuard &operator=(const SignalGuard &) = delete;

 private:
  sigset_t guarded_, original_;
  bool was_pending_;
};

}  // namespace bench

#endif
