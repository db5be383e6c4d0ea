/// What can be wrong with a folder of baselines.
package enum BaselineError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String)
  case malformed(path: String, line: Int, reason: String)
  case cannotWrite(path: String, reason: String)

  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no baselines here; name their folder with --baseline, or write them with 'bench check --update'"
    case .unreadable(let path): "\(path): cannot be read"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
