import Foundation
import Running

/// Turns Ctrl-C and SIGTERM into a flag, so that what was finished stays readable. A second one ends at once.
final class Interruption {
  let flag = CancellationFlag()
  private let sources: [any DispatchSourceSignal]

  init() {
    let flag = flag
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if flag.isSet {
          signal(number, SIG_DFL)
          kill(getpid(), number)
        }
        flag.set()
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }
}
