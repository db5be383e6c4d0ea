import Optimizers
import Parameters
import Yams

/// Finds the keys of one scenario by the names that variants and `--set` use: full paths such as
/// `problem.network.batch_size`, or short ones such as `batch_size` and `adam.learning_rate`.
struct ScenarioPaths {
  /// The scenario without `variants`.
  let base: Node
  /// The keys that each kind of mapping of the file may have.
  let vocabulary: [String: [String]]
  /// The parts of a scenario that may be changed as a whole.
  var roots = Self.variedParts

  static let variedParts = ["problem", "budget", "optimizers", "early_stopping", "convergence"]

  /// Why a name leads nowhere.
  enum Failure: Error {
    case malformed
    case unknown(String, known: [String])
    case ambiguous(String, places: [[String]])
    case unusable(String)

    var reason: String {
      switch self {
      case .malformed: "a key must be a name, or names with dots between"
      case .unknown(let key, let known)
      where known.count > 12 && NearestName.nearest(to: key, among: known) == nil:
        "no key '\(key)' in the scenario; 'bench list keys' lists all keys"
      case .unknown(let key, let known):
        "no key '\(key)'\(NearestName.hint(for: key, among: known))"
      case .ambiguous(let key, let places):
        "'\(key)' is ambiguous: write \(places.map { $0.joined(separator: ".") }.joined(separator: " or "))"
      case .unusable(let reason): reason
      }
    }
  }

  /// The path from the root of the file.
  func path(_ name: String) throws(Failure) -> [String] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, !parts.contains("") else { throw .malformed }
    if roots.contains(first) { return parts }
    if parts.count > 1, OptimizerCatalogue.names.contains(first), !optimizerNames.contains(first) {
      throw .unusable(
        "there is no optimizer '\(first)' in the scenario (it has: \(optimizerNames.joined(separator: ", ")))"
      )
    }
    if let optimizers, parts.count > 1, ScenarioOverride.isName(first, in: optimizers) {
      return ["optimizers"] + parts
    }
    let places = places(of: first)
    guard let place = places.first else {
      if optimizerNames.contains(first) { return ["optimizers", first] }
      var known = roots
      for name in contexts.flatMap({ vocabulary[$0.mapping] ?? [] })
      where name != "label" && !known.contains(name) {
        known.append(name)
      }
      throw .unknown(first, known: known + optimizerNames.filter { !known.contains($0) })
    }
    guard places.count == 1 else { throw .ambiguous(first, places: places) }
    return place + parts.dropFirst()
  }

  /// Checks that the file's reader knows the key at the path, as far as it is known without reading.
  func check(_ path: [String], value: Node) throws(Failure) {
    guard path.count > 1 else { return }
    var known: [String]
    var key = path[1]
    switch path[0] {
    case "optimizers":
      let named = optimizers.map { ScenarioOverride.rules(called: path[1], in: $0) } ?? []
      let rules = named.isEmpty || path.count == 2 ? ruleNames : named
      known = rules.flatMap { vocabulary[$0] ?? [] }
      if !named.isEmpty {
        if path.count == 2, value.mapping != nil { return }
        if path.count == 2, !known.contains(key) {
          throw .unusable("name a hyperparameter too, such as \(key).learning_rate")
        }
        if path.count > 2 { key = path[2] }
      } else if path.count > 2 {
        known += optimizerNames
      }
    case "problem" where path[1] == "network" && path.count > 2 && isNetwork:
      known = vocabulary["network"] ?? []
      key = path[2]
    case "problem" where isNetwork: known = ["network"]
    case "problem", "budget": known = vocabulary[path[0]] ?? []
    default: return
    }
    guard !known.isEmpty, !known.contains(key) else { return }
    throw .unknown(
      key, known: known.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// The same path for each optimizer that knows the key, where it is a key of all optimizers.
  func spread(_ path: [String], _ value: Node) -> [[String]] {
    guard path.count > 1, path[0] == "optimizers", let optimizers else { return [path] }
    if ScenarioOverride.isName(path[1], in: optimizers), path.count > 2 || value.mapping != nil {
      return [path]
    }
    let rules = ruleNames.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return rules.filter { vocabulary[$0]?.contains(path[1]) == true }
      .map { ["optimizers", $0] + path.dropFirst() }
  }

  /// What setting the value changes. A mapping for a part of the file is taken key by key; every other value replaces the former one.
  func overrides(_ path: [String], _ value: Node, issues: IssueList) -> [ScenarioOverride] {
    let isPart =
      [["problem"], ["problem", "network"], ["budget"], ["optimizers"]].contains(path)
      || path.count == 2 && path[0] == "optimizers"
        && (optimizers.map { ScenarioOverride.isName(path[1], in: $0) } ?? false)
    guard isPart, let mapping = value.mapping else {
      return [ScenarioOverride(path: path, value: value)]
    }
    return mapping.flatMap { key, value -> [ScenarioOverride] in
      guard let name = key.scalar?.string else {
        issues.report("keys of \(path.joined(separator: ".")) must be names", at: key)
        return []
      }
      return overrides(path + [name], value, issues: issues)
    }
  }

  /// Rules or labels of the optimizers that `overrides` name; `nil` if they change anything else.
  func optimizers(changedBy overrides: [ScenarioOverride]) -> Set<String>? {
    guard let optimizers else { return nil }
    var names: Set<String> = []
    for path in overrides.map(\.path) {
      guard path.count > 1, path[0] == "optimizers",
        ScenarioOverride.isName(path[1], in: optimizers)
      else { return nil }
      names.insert(path[1])
    }
    return names
  }

  // MARK: The file

  private var optimizers: Node.Sequence? { base.mapping?["optimizers"]?.sequence }

  private var isNetwork: Bool { base.mapping?["problem"]?.mapping?["network"] != nil }

  private var ruleNames: [String] {
    (optimizers ?? []).compactMap { $0.scalar?.string ?? $0.mapping?.first?.key.scalar?.string }
  }

  /// Rules and labels.
  private var optimizerNames: [String] { (optimizers ?? []).flatMap(ScenarioOverride.names) }

  private func places(of key: String) -> [[String]] {
    var places: [[String]] = []
    for context in contexts where vocabulary[context.mapping]?.contains(key) == true {
      let place = context.path + [key]
      if !places.contains(place) { places.append(place) }
    }
    return places
  }

  /// Kinds of mappings whose keys may be named without the path to them. The keys of 'problem' next to 'network' belong to surfaces.
  private var contexts: [(mapping: String, path: [String])] {
    [(mapping: "network", path: ["problem", "network"])]
      + (isNetwork ? [] : [(mapping: "problem", path: ["problem"])])
      + [(mapping: "budget", path: ["budget"])]
      + ruleNames.map { (mapping: $0, path: ["optimizers"]) }
  }
}
