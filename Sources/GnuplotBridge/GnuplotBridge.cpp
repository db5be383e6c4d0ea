#include "GnuplotBridge.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

#include <gnuplot-iostream.h>

#include "SignalGuard.h"

extern char **environ;

namespace {

using bench::SignalGuard;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  int get() const { return value_; }
  void reset(int value = -1) {
    if (value_ >= 0) close(value_);
    value_ = value;
  }
  int release() {
    int value = value_;
    value_ = -1;
    return value;
  }

 private:
  int value_;
};

void report(bench_gnuplot_result *result, bench_gnuplot_outcome outcome, int code) {
  result->outcome = outcome;
  result->code = code;
}

/// Starts the program with the script's pipe as its input; 0 or an errno.
int spawn(const char *program, const char *folder, int input, int output, pid_t *process) {
  posix_spawn_file_actions_t actions;
  if (int error = posix_spawn_file_actions_init(&actions)) return error;
  posix_spawnattr_t attributes;
  if (int error = posix_spawnattr_init(&attributes)) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  // gnuplot must not inherit what we block, nor that somebody above us ignores what should end it.
  sigset_t none;
  sigemptyset(&none);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGTERM);
  sigaddset(&defaults, SIGINT);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  posix_spawn_file_actions_addchdir_np(&actions, folder);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  // What other threads have open at this moment, a file being written or a lock, is no business of gnuplot's.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

  // -d: settings of the user's own initialization files must not change the picture.
  char name[] = "gnuplot", option[] = "-d";
  char *arguments[] = {name, option, nullptr};
  int error = posix_spawnp(process, program, &actions, &attributes, arguments, environ);
  // A program that was written a moment ago is busy while a child forked meanwhile still holds its file.
  for (int attempt = 0; error == ETXTBSY && attempt < 50; attempt++) {
    usleep(10'000);
    error = posix_spawnp(process, program, &actions, &attributes, arguments, environ);
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Whether the whole script went through the pipe. The stream takes and closes `output`.
bool stream_script(int output, const char *script, size_t length) {
  FILE *file = fdopen(output, "w");
  if (file == nullptr) {
    close(output);
    return false;
  }
  Gnuplot gnuplot(file);
  gnuplot.write(script, static_cast<std::streamsize>(length));
  gnuplot.flush();
  return gnuplot.good();
}

/// Kills a process that is still there after a while.
///
/// While it lives the process must not be reaped, or its number could be another's.
class Watchdog {
 public:
  Watchdog(pid_t process, double seconds)
      : thread_([this, process, seconds] {
          std::unique_lock<std::mutex> lock(mutex_);
          auto limit = std::chrono::duration<double>(seconds);
          if (ended_.wait_for(lock, limit, [this] { return has_ended_; })) return;
          has_barked_ = true;
          kill(process, SIGKILL);
        }) {}

  ~Watchdog() {
    if (thread_.joinable()) stop();
  }

  /// Whether it had to kill.
  bool stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      has_ended_ = true;
    }
    ended_.notify_one();
    thread_.join();
    return has_barked_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  bool has_barked_ = false;
  std::thread thread_;
};

/// Waits for the end and leaves the process to be reaped.
void wait_without_reaping(pid_t process) {
  siginfo_t information;
  while (waitid(P_PID, process, &information, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
}

int reap(pid_t process, int *status) {
  while (waitpid(process, status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

/// The processes that run, so that all of them can be killed.
class Running {
 public:
  explicit Running(pid_t process) : process_(process) {
    std::lock_guard<std::mutex> lock(mutex_);
    processes_.insert(process);
    if (ending_) kill(process, SIGKILL);
  }

  ~Running() { end(); }

  /// Before the process is reaped: then its number could be another's.
  void end() {
    std::lock_guard<std::mutex> lock(mutex_);
    processes_.erase(process_);
  }

  static void kill_all() {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
    for (pid_t process : processes_) kill(process, SIGKILL);
  }

 private:
  pid_t process_;
  static std::mutex mutex_;
  static std::set<pid_t> processes_;
  static bool ending_;
};

std::mutex Running::mutex_;
std::set<pid_t> Running::processes_;
bool Running::ending_ = false;

void read_message(int file, bench_gnuplot_result *result) {
  // The end, because that is where the reason stands; before it gnuplot repeats the script.
  const off_t capacity = sizeof result->message - 1;
  off_t length = lseek(file, 0, SEEK_END);
  ssize_t count =
      pread(file, result->message, capacity, length > capacity ? length - capacity : 0);
  result->message[count > 0 ? count : 0] = '\0';
}

void run(const char *program, const char *folder, const char *script, size_t length,
         double seconds, bench_gnuplot_result *result) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return report(result, BENCH_GNUPLOT_NOT_STARTED, errno);
  Descriptor input(ends[0]), output(ends[1]);
  // In memory, so that gnuplot's complaint about a full disk still reaches us.
  Descriptor messages(memfd_create("gnuplot", MFD_CLOEXEC));
  if (messages.get() < 0) return report(result, BENCH_GNUPLOT_NOT_STARTED, errno);

  SignalGuard guard(SIGPIPE);
  pid_t process = 0;
  int error = spawn(program, folder, input.get(), messages.get(), &process);
  if (error != 0) {
    bool missing = error == ENOENT || error == EACCES || error == ENOEXEC || error == ENOTDIR;
    return report(result, missing ? BENCH_GNUPLOT_MISSING : BENCH_GNUPLOT_NOT_STARTED, error);
  }
  input.reset();
  Running running(process);

  bool complete = false;
  Watchdog watchdog(process, seconds);
  try {
    complete = stream_script(output.release(), script, length);
  } catch (const std::exception &) {
    // What matters is how gnuplot ended, which comes next.
  }
  int status = 0;
  wait_without_reaping(process);
  bool timed_out = watchdog.stop();
  running.end();
  error = reap(process, &status);
  read_message(messages.get(), result);

  if (error != 0) {
    report(result, BENCH_GNUPLOT_NOT_STARTED, error);
  } else if (timed_out) {
    report(result, BENCH_GNUPLOT_TIMED_OUT, 0);
  } else if (WIFSIGNALED(status)) {
    report(result, BENCH_GNUPLOT_KILLED, WTERMSIG(status));
  } else if (WEXITSTATUS(status) != 0) {
    report(result, BENCH_GNUPLOT_FAILED, WEXITSTATUS(status));
  } else {
    report(result, complete ? BENCH_GNUPLOT_DONE : BENCH_GNUPLOT_STOPPED_READING, 0);
  }
}

}  // namespace

extern "C" void bench_gnuplot_kill_all(void) { Running::kill_all(); }

extern "C" void bench_gnuplot_run(const char *program, const char *folder, const char *script,
                                  size_t script_length, double seconds,
                                  struct bench_gnuplot_result *result) {
  result->message[0] = '\0';
  try {
    run(program, folder, script, script_length, seconds, result);
  } catch (...) {
    report(result, BENCH_GNUPLOT_NOT_STARTED, ENOMEM);
  }
}
