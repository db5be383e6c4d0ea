#ifndef BENCH_GNUPLOT_BRIDGE_H
#define BENCH_GNUPLOT_BRIDGE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a gnuplot process ended.
enum bench_gnuplot_outcome {
  /// Exit status 0, and it read the whole script.
  BENCH_GNUPLOT_DONE = 0,
  /// There is no such program, or it must not be run; `code` is the errno.
  BENCH_GNUPLOT_MISSING = 1,
  /// A pipe, a file or a process could not be made; `code` is the errno.
  BENCH_GNUPLOT_NOT_STARTED = 2,
  /// It exited with the status `code`, as it does at an error in the script.
  BENCH_GNUPLOT_FAILED = 3,
  /// The signal `code` ended it.
  BENCH_GNUPLOT_KILLED = 4,
  /// It exited with status 0 without reading the whole script.
  BENCH_GNUPLOT_STOPPED_READING = 5,
  /// It was killed because it took longer than it may; `code` is 0.
  BENCH_GNUPLOT_TIMED_OUT = 6,
};

struct bench_gnuplot_result {
  enum bench_gnuplot_outcome outcome;
  int code;
  /// What gnuplot wrote to its standard output and error, or the end of that; always terminated.
  char message[2048];
};

/// Runs `program`, searched for on PATH, in `folder`, streams the script to it and waits for its end.
///
/// After `seconds` the process is killed; what it started itself is not.
/// Safe to call from several threads at once. Signal dispositions and the current folder of this process
/// stay as they are; a broken pipe is an outcome, not a signal.
void bench_gnuplot_run(const char *program, const char *folder, const char *script,
                       size_t script_length, double seconds, struct bench_gnuplot_result *result);

/// Kills every process that `bench_gnuplot_run` waits for; later ones are killed as they start.
void bench_gnuplot_kill_all(void);

#ifdef __cplusplus
}
#endif

#endif
