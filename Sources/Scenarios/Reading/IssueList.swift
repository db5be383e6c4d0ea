import Yams

/// Collects what is wrong with a file, so that all of it is told at once.
final class IssueList {
  let path: String
  private(set) var issues: [ScenarioIssue] = []
  /// The keys that each kind of mapping of the file may have, as far as it was read: what variants can change.
  private(set) var vocabulary: [String: [String]] = [:]

  init(path: String) { self.path = path }

  func report(_ message: String, at node: Node?) {
    issues.append(ScenarioIssue(path: path, line: node?.mark?.line, message: message))
  }

  func report(_ issue: ScenarioIssue) { issues.append(issue) }

  func note(known keys: [String], in mapping: String) {
    for key in keys where vocabulary[mapping]?.contains(key) != true {
      vocabulary[mapping, default: []].append(key)
    }
  }

  /// By line, in the order of reporting within one.
  var sorted: [ScenarioIssue] {
    issues.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
  }
}
