import Foundation

/// The three streams that every process begins with.
enum StandardStreams {
  /// Makes a closed pipe an error of writing, not the end of the process, and takes the numbers of closed streams, which
  /// the store or a table would get otherwise, and with it whatever is printed.
  static func secure() {
    signal(SIGPIPE, SIG_IGN)
    for (number, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR),
    ] where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is this one. The mode makes reading or writing results fail as before; messages may get lost.
      _ = open("/dev/null", mode)
    }
  }
}
