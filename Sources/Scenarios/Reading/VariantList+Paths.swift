import Parameters
import Yams

extension VariantList {
  /// The parts of a scenario that variants may change as a whole.
  private static let roots = ["problem", "budget", "optimizers", "early_stopping", "convergence"]

  /// The place of a key in the file: `batch_size` is `problem.network.batch_size`.
  func path(_ name: String, at node: Node) -> [String]? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, !parts.contains("") else {
      issues.report("a key of a variant must be a name, or names with dots between", at: node)
      return nil
    }
    if Self.roots.contains(first) { return parts }
    let places = places(of: first)
    guard let place = places.first else {
      var known = Self.roots
      for name in contexts.flatMap({ issues.vocabulary[$0.mapping] ?? [] })
      where name != "label" && !known.contains(name) {
        known.append(name)
      }
      issues.report(
        "variants cannot change '\(first)'\(NearestName.hint(for: first, among: known))", at: node)
      return nil
    }
    guard places.count == 1 else {
      let texts = places.map { $0.joined(separator: ".") }
      issues.report(
        "'\(first)' is ambiguous: write \(texts.joined(separator: " or "))", at: node)
      return nil
    }
    return place + parts.dropFirst()
  }

  private func places(of key: String) -> [[String]] {
    var places: [[String]] = []
    for context in contexts where issues.vocabulary[context.mapping]?.contains(key) == true {
      let place = context.path + [key]
      if !places.contains(place) { places.append(place) }
    }
    return places
  }

  /// Kinds of mappings whose keys may be written without the path to them.
  private var contexts: [(mapping: String, path: [String])] {
    var contexts = [
      (mapping: "network", path: ["problem", "network"]), (mapping: "problem", path: ["problem"]),
      (mapping: "budget", path: ["budget"]),
    ]
    let network = base.mapping?["problem"]?.mapping?["network"]
    // The keys of 'problem' beside 'network' are a surface's.
    if network != nil { contexts.remove(at: 1) }
    for item in base.mapping?["optimizers"]?.sequence ?? [] {
      if let name = item.scalar?.string ?? item.mapping?.first?.key.scalar?.string {
        contexts.append((mapping: name, path: ["optimizers"]))
      }
    }
    return contexts
  }

  /// Mappings that stand for parts of the file are taken key by key; every other value replaces the former as a whole.
  func flattened(_ path: [String], _ value: Node) -> [ScenarioOverride] {
    let optimizers = base.mapping?["optimizers"]?.sequence
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
      return flattened(path + [name], value)
    }
  }
}
