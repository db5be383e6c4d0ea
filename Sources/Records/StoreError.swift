/// What can be wrong with a store; descriptions name the file.
package enum StoreError: Error, Equatable {
  case cannotOpen(path: String, reason: String)
  case newer(path: String, version: String)
  case damaged(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case noResults(path: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "\(path): cannot be opened: \(reason)"
    case .newer(let path, let version):
      "\(path): written by a newer version of bench (schema \(version)); update bench or use another --out"
    case .damaged(let path, let reason):
      "\(path): not a store of results, or damaged: \(reason); move it away to start afresh"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .noResults(let path): "\(path): no results here yet; 'bench run' makes some"
    }
  }
}
