import Yams

/// Collects the mistakes of a file, so that all of them are reported at once.
final class IssueList {
  let path: String
  private(set) var issues: [ScenarioIssue] = []
  private var known: Set<ScenarioIssue> = []
  /// The keys of each kind of mapping of the file, as far as it was read: what variants can change.
  private(set) var vocabulary: [String: [String]] = [:]
  /// Mistakes that the data would report anyway when they are loaded; reported here only beside others.
  private var deferred: [ScenarioIssue] = []

  /// More mistakes are counted, not shown.
  private static let shownLimit = 100
  /// Longer messages repeat much of a file.
  private static let lengthLimit = 4000

  init(path: String) { self.path = path }

  func contains(_ issue: ScenarioIssue) -> Bool { known.contains(issue) }

  func report(_ message: String, at node: Node?) {
    report(ScenarioIssue(path: path, line: node?.mark?.line, message: message))
  }

  func report(_ issue: ScenarioIssue) {
    var issue = issue
    if issue.message.utf8.count > Self.lengthLimit {
      issue.message = issue.message.prefix(Self.lengthLimit) + "…"
    }
    if known.insert(issue).inserted { issues.append(issue) }
  }

  /// Reports only if the file has other mistakes.
  func reportBesideOthers(_ message: String, at node: Node?) {
    deferred.append(ScenarioIssue(path: path, line: node?.mark?.line, message: message))
  }

  func note(known keys: [String], in mapping: String) {
    for key in keys where vocabulary[mapping]?.contains(key) != true {
      vocabulary[mapping, default: []].append(key)
    }
  }

  /// By line, in the order of reporting within one; of very many, the first ones and how many more there are.
  var sorted: [ScenarioIssue] {
    let all = issues.isEmpty ? [] : issues + deferred
    let sorted = all.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
    guard sorted.count > Self.shownLimit else { return sorted }
    let rest = ScenarioIssue(
      path: path, line: nil, message: "and \(sorted.count - Self.shownLimit) more mistakes")
    return sorted.prefix(Self.shownLimit) + [rest]
  }
}
