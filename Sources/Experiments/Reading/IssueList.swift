import Yams

/// Collects what is wrong with a file, so that all of it is told at once.
final class IssueList {
  let path: String
  private(set) var issues: [ScenarioIssue] = []

  init(path: String) { self.path = path }

  func report(_ message: String, at node: Node?) {
    issues.append(ScenarioIssue(path: path, line: node?.mark?.line, message: message))
  }

  /// By line, in the order of reporting within one.
  var sorted: [ScenarioIssue] {
    issues.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
  }
}
