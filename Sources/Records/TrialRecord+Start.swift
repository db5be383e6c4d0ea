import Foundation

extension TrialRecord {
  /// Where it started, on a surface: read from what its key is the digest of.
  package var start: [Double]? {
    struct Content: Decodable { var start: [Double]? }
    return (try? JSONDecoder().decode(Content.self, from: Data(configuration.utf8)))?.start
  }
}
